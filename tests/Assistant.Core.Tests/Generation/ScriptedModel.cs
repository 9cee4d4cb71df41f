using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Assistant.Core.Answering;
using Assistant.Core.Generation;

namespace Assistant.Core.Tests.Generation;

/// <summary>A model that writes what a test tells it: in a text, <c>{beginning}</c> stands for the id of the sentence that begins so.</summary>
internal sealed partial class ScriptedModel : IAnswerGenerator, IQuestionRewriter
{
    private readonly Queue<string> texts;

    public ScriptedModel(params string[] texts) => this.texts = new Queue<string>(texts);

    /// <summary>What was asked of it.</summary>
    public List<WritingTask> Tasks { get; } = [];

    /// <summary>Thrown when a text is written to its end.</summary>
    public Exception? Failure { get; init; }

    /// <summary>Characters of a piece.</summary>
    public int PieceLength { get; init; } = 7;

    /// <summary>What a follow-up question becomes; null fails.</summary>
    public string? Rewritten { get; init; }

    public LanguageModel Model => new("scripted-1", this, this);

    public async IAsyncEnumerable<string> WriteAsync(WritingTask task, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Tasks.Add(task);
        var sentences = task.Passages.SelectMany(passage => passage.Sentences).ToList();
        var text = Beginning().Replace(texts.Count > 0 ? texts.Dequeue() : "", match =>
            sentences.First(sentence => sentence.Text.StartsWith(match.Groups[1].Value, StringComparison.Ordinal)).Id);
        for (var i = 0; i < text.Length; i += PieceLength)
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            yield return text[i..Math.Min(text.Length, i + PieceLength)];
        }

        if (Failure is not null)
        {
            throw Failure;
        }
    }

    public Task<string> RewriteAsync(Question question, CancellationToken cancellationToken) =>
        Rewritten is null ? throw new LanguageModelException("The language model is not there.") : Task.FromResult(Rewritten);

    [GeneratedRegex(@"\{([^}]+)\}")]
    private static partial Regex Beginning();
}

using Assistant.Core.Documents;
using Assistant.Core.Embeddings;
using Assistant.Core.Text;

namespace Assistant.Core.Retrieval;

/// <summary>A content word of a question.</summary>
/// <param name="Term">The term that is searched.</param>
/// <param name="Surface">The word as asked.</param>
/// <param name="Focus">1 for a word of the question itself, less for one that only its conversation brings.</param>
/// <param name="IsName">Whether it is written like a name or holds a digit, so that nothing else can stand for it.</param>
internal sealed record QuestionTerm(string Term, string Surface, double Focus, bool IsName)
{
    /// <summary>How often the question, or its conversation where only that has it, says it.</summary>
    public int Count { get; init; } = 1;
}

/// <summary>What a question asks, word by word.</summary>
internal sealed class QuestionAnalysis
{
    /// <summary>Weight of the words that only the conversation brings.</summary>
    private const double ContextFocus = 0.4;

    /// <summary>The question.</summary>
    public required StandaloneQuestion Question { get; init; }

    /// <summary>Language that its words were analysed in.</summary>
    public required string? Language { get; init; }

    /// <summary>Its content words, distinct by term, in order.</summary>
    public required IReadOnlyList<QuestionTerm> Terms { get; init; }

    /// <summary>What kind of answer it expects.</summary>
    public required AnswerType AnswerType { get; init; }

    /// <summary>How well words stand for its words: one for the question's passages and their sentences, which share most of them. Used by one caller at a time.</summary>
    public TermAffinity Affinity => field ??= new TermAffinity(this);

    /// <summary>What it means, by <see cref="SentenceTable"/>, whatever embeds passages: sentences are too many for a service.</summary>
    public float[] Vector => field ??= SentenceTable.Shared.Embed(Question.Display);

    public static QuestionAnalysis Of(StandaloneQuestion question, string? language)
    {
        var terms = new Dictionary<string, QuestionTerm>(StringComparer.Ordinal);
        Add(question.Text, 1);
        if (question.Context is not null)
        {
            Add(question.Context, ContextFocus);
        }

        return new QuestionAnalysis
        {
            Question = question,
            Language = language,
            Terms = [.. terms.Values],
            AnswerType = AnswerTypes.Of(question.Text, language),
        };

        void Add(string text, double focus)
        {
            foreach (var word in TextAnalyzer.Words(text, language))
            {
                if (!word.IsStopword && !AnswerTypes.IsQuestionWord(word.Term, language))
                {
                    if (!terms.TryGetValue(word.Term, out var known))
                    {
                        terms.Add(word.Term, new QuestionTerm(word.Term, word.Span.Of(text), focus, IsName(text, word.Span, language)));
                    }
                    else if (known.Focus == focus)
                    {
                        terms[word.Term] = known with { Count = known.Count + 1 };
                    }
                }
            }
        }
    }

    /// <summary>A word with a digit, or with a large letter where the grammar of the sentence asks for none; German gives one to every noun.</summary>
    private static bool IsName(string text, TextSpan word, string? language)
    {
        var surface = word.In(text);
        return surface.ContainsAnyInRange('0', '9')
            || (language != "de" && char.IsUpper(surface[0]) && word.Start > 0 && text.AsSpan(0, word.Start).TrimEnd() is { IsEmpty: false } before && !".?!:\"“„«".Contains(before[^1]));
    }
}

/// <summary>A question that can be understood without its conversation.</summary>
/// <param name="Text">The question itself.</param>
/// <param name="Context">Earlier questions that it leans on; null when it stands alone.</param>
public sealed record StandaloneQuestion(string Text, string? Context = null)
{
    /// <summary>The last answer, which a question that leans on it asks beyond; null when it stands alone.</summary>
    public string? Answered { get; init; }

    /// <summary>Whether what was answered is not wanted again at all: “And what about the others?”</summary>
    public bool WantsOthers { get; init; }

    /// <summary>The whole as people read it.</summary>
    public string Display => Context is null ? Text : $"{Context} {Text}";
}

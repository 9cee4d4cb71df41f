using System.Text;
using Assistant.Core.Answering;
using Assistant.Core.Generation;
using Microsoft.SemanticKernel;

namespace Assistant.Generation;

/// <summary>Makes follow-up questions stand alone.</summary>
internal sealed class QuestionRewriter(ChatClient client, ChatModelSettings settings) : IQuestionRewriter
{
    /// <summary>Turns that are looked back at.</summary>
    private const int MostTurns = 6;

    /// <summary>Characters of a turn: what a long answer is about shows at its beginning.</summary>
    private const int LongestTurn = 600;

    /// <summary>Tokens of a question; it is one line.</summary>
    private const int MostTokens = 120;

    private readonly KernelFunction prompt = PromptLibrary.Load("Rewrite");
    private readonly TokenBudget tokens = new(settings.Model);

    public async Task<string> RewriteAsync(Question question, CancellationToken cancellationToken)
    {
        var arguments = new KernelArguments
        {
            ["history"] = PromptText.Clean(History(question)),
            ["question"] = PromptText.Clean(question.Text),
        };
        var rewritten = new StringBuilder();
        await foreach (var piece in client.StreamAsync(prompt, arguments, MostTokens, cancellationToken))
        {
            rewritten.Append(piece);
        }

        return rewritten.ToString();
    }

    /// <summary>The last turns, as many as fit into half of the context.</summary>
    private string History(Question question)
    {
        var turns = question.History
            .Where(turn => turn.Role is ConversationTurn.User or ConversationTurn.Assistant)
            .TakeLast(MostTurns)
            .Select(turn => $"{(turn.Role == ConversationTurn.User ? "Person" : "Assistant")}: {Shorten(PromptText.OneLine(turn.Content))}")
            .ToList();
        while (turns.Count > 1 && tokens.Count(string.Join('\n', turns)) > settings.ContextTokens / 2)
        {
            turns.RemoveAt(0);
        }

        return string.Join('\n', turns);
    }

    private static string Shorten(string text) => text.Length <= LongestTurn ? text : text[..LongestTurn] + "…";
}

using System.Globalization;
using Assistant.ChatHost.Problems;
using Assistant.ChatHost.Protection;

namespace Assistant.ChatHost.Chat;

/// <summary>Refuses what is too long or cannot be meant.</summary>
internal static class RequestCheck
{
    /// <summary>Most documents that a question can be limited to.</summary>
    private const int MostDocuments = 1_000;

    /// <exception cref="RequestRefusedException">With the parameter at fault and the fix.</exception>
    public static void Check(ChatRequest request, HttpOptions limits)
    {
        CheckText("question", request.Question, limits.MaxQuestionCharacters);
        if (request.History is { } history)
        {
            Require(history.Count <= limits.MaxHistoryTurns, "history", $"has {history.Count} turns. Send the last {limits.MaxHistoryTurns} at most.");
            foreach (var turn in history)
            {
                Require(turn is not null, "history", $"holds null. Send turns with 'role' and 'content'.");
            }
        }

        if (request.DocumentIds is { } ids)
        {
            Require(ids.Count is > 0 and <= MostDocuments, "documentIds", $"has {ids.Count} entries. Name 1 to {MostDocuments} documents, or leave it out for all.");
            foreach (var id in ids)
            {
                Require(id is not null, "documentIds", $"holds null. Name documents as GET /api/documents does.");
            }
        }
    }

    /// <exception cref="RequestRefusedException">The text is blank, too long, or holds the character U+0000.</exception>
    public static void CheckText(string name, string text, int most)
    {
        Require(!string.IsNullOrWhiteSpace(text), name, $"is blank. Put some text there.");
        Require(text.Length <= most, name, $"has {text.Length} characters. Send {most} at most.");
        Require(!text.Contains('\0', StringComparison.Ordinal), name, $"holds the character U+0000. Send text without it.");
    }

    private static void Require(bool isRight, string name, FormattableString fault)
    {
        if (!isRight)
        {
            throw new RequestRefusedException($"'{name}' {fault.ToString(CultureInfo.InvariantCulture)}") { Parameter = name };
        }
    }
}

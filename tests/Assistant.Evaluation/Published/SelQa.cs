using System.Text.Json;

namespace Assistant.Evaluation.Published;

/// <summary>Questions about sections of Wikipedia with the sentences that answer, as SelQA is published: its development and test parts.</summary>
internal static class SelQa
{
    private static readonly string[] Files = ["selqa-ass-dev.json", "selqa-ass-test.json"];

    public static IReadOnlyList<PublicQuestion> Read(string folder) =>
    [
        .. Files.SelectMany(file => JsonSerializer.Deserialize<Asked[]>(File.ReadAllText(Path.Combine(folder, "ass", file)), JsonSerializerOptions.Web)!)
            .Where(question => question.Answers.Length > 0)
            .Select(question => new PublicQuestion(
                question.Question, question.Article, string.Join(' ', question.Candidates), [.. question.Answers.Select(answer => question.Candidates[answer])])),
    ];

    private sealed record Asked(string Question, string Article, string[] Candidates, int[] Answers);
}

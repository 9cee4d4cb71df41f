using System.Text.Json;

namespace Assistant.Evaluation.Published;

/// <summary>Questions of people to a search engine with a paragraph of Wikipedia, as QED is published: its development part.</summary>
internal static class Qed
{
    public static IReadOnlyList<PublicQuestion> Read(string folder) =>
    [
        .. DataSet.Lines<JsonElement>(Path.Combine(folder, "qed-dev.jsonlines"))
            .Select(question => new PublicQuestion(
                PublishedText.AsQuestion(question.GetProperty("question_text").GetString()!),
                PublishedText.Joined(question.GetProperty("title_text").GetString()!),
                PublishedText.Joined(question.GetProperty("paragraph_text").GetString()!),
                AnswersOf(question)))
            .Where(question => question.Answers.Length > 0),
    ];

    /// <summary>The sentence that was selected; where none was, what answers in the words of the paragraph.</summary>
    private static string[] AnswersOf(JsonElement question) =>
        question.GetProperty("annotation").TryGetProperty("selected_sentence", out var sentence)
            ? [Said(sentence)]
            : [.. question.GetProperty("original_nq_answers").EnumerateArray().SelectMany(answers => answers.EnumerateArray()).Select(Said).Distinct()];

    private static string Said(JsonElement part) => PublishedText.Joined(part.GetProperty("string").GetString()!);
}

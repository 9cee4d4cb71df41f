using System.Text.Json;
using System.Text.Json.Serialization;

namespace Assistant.Evaluation.Published;

/// <summary>Questions asked as those of SQuAD were, about other texts, as SQuADShifts is published.</summary>
internal static class SquadShifts
{
    /// <summary>Its sets, their files, and whether these say what a text is called.</summary>
    public static readonly IReadOnlyList<(string Set, string File, bool IsTitled)> Files =
    [
        ("new-wiki", "new_wiki_v1.0.json", true), ("reddit", "reddit_v1.0.json", false), ("amazon", "amazon_reviews_v1.0.json", false),
    ];

    /// <summary>Those questions whose answer stands in one sentence.</summary>
    public static IReadOnlyList<PublicQuestion> Read(string folder, string file, bool isTitled) =>
    [
        .. JsonSerializer.Deserialize<FileOfArticles>(File.ReadAllText(Path.Combine(folder, "datasets", file)), JsonSerializerOptions.Web)!.Data
            .SelectMany(article => article.Paragraphs.SelectMany(paragraph => Read(paragraph, isTitled ? Uri.UnescapeDataString(article.Title).Replace('_', ' ') : "")))
            .Where(question => question.Answers.Length > 0),
    ];

    private static IEnumerable<PublicQuestion> Read(Paragraph paragraph, string title)
    {
        var text = PublishedText.OneLine(paragraph.Context);
        var sentences = PublishedText.Sentences(text);
        return paragraph.Qas.Select(asked => new PublicQuestion(
            PublishedText.AsQuestion(asked.Question), title, text, [.. asked.Answers.Select(SentenceWith).OfType<string>().Distinct()]));

        string? SentenceWith(Answer answer)
        {
            // A letter behind what stands before it keeps the white space between them.
            var start = PublishedText.OneLine(paragraph.Context[..answer.AnswerStart] + "x").Length - 1;
            var end = start + PublishedText.OneLine(answer.Text).Length;
            return sentences.Where(sentence => sentence.Start <= start && end <= sentence.End).Select(sentence => sentence.In(text).ToString()).FirstOrDefault();
        }
    }

    private sealed record FileOfArticles(Article[] Data);

    private sealed record Article(string Title, Paragraph[] Paragraphs);

    private sealed record Paragraph(string Context, AskedQuestion[] Qas);

    private sealed record AskedQuestion(string Question, Answer[] Answers);

    private sealed record Answer(string Text, [property: JsonPropertyName("answer_start")] int AnswerStart);
}

using System.Text;
using System.Text.RegularExpressions;
using Assistant.Core.Documents;

namespace Assistant.Evaluation.Published;

/// <summary>
/// Questions about news in other words than its own, three about a paragraph, each article told in three ways, as OneStopQA is published: a file an
/// article, with what answers the first question of a paragraph between <c>&lt;A1&gt;</c> and <c>&lt;/A1&gt;</c>.
/// </summary>
internal static partial class OneStopQa
{
    /// <summary>How a paragraph is told, the hardest way first.</summary>
    public static readonly IReadOnlyList<string> Levels = ["Adv", "Int", "Ele"];

    /// <summary>The questions about all articles as they are told at a level.</summary>
    public static IReadOnlyList<PublicQuestion> Read(string folder, string level) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(folder, "annotations", "annotated_articles"), "*.txt").Order(StringComparer.Ordinal)
            .SelectMany(file => Article(File.ReadAllText(file), level)),
    ];

    private static IEnumerable<PublicQuestion> Article(string file, string level)
    {
        var parts = Heading().Split(file);
        var title = PublishedText.OneLine(parts[1]);
        foreach (var paragraph in parts.Skip(2))
        {
            var lines = paragraph.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            var (text, answers) = Unmarked(lines.Single(line => line.StartsWith(level + ":", StringComparison.Ordinal))[(level.Length + 1)..].Trim());
            foreach (var (question, asked) in lines.Where(line => Asked().IsMatch(line)).Index())
            {
                if (answers.TryGetValue(question + 1, out var answer))
                {
                    yield return new PublicQuestion(
                        PublishedText.AsQuestion(Asked().Replace(asked, "")),
                        title,
                        text,
                        [.. PublishedText.Sentences(text).Where(sentence => sentence.Start < answer.End && answer.Start < sentence.End).Select(sentence => sentence.In(text).ToString())]);
                }
            }
        }
    }

    /// <summary>A paragraph without its marks, and which part of it answers which question.</summary>
    private static (string Text, Dictionary<int, TextSpan> Answers) Unmarked(string marked)
    {
        var text = new StringBuilder();
        var (starts, answers) = (new Dictionary<int, int>(), new Dictionary<int, TextSpan>());
        var from = 0;
        foreach (Match mark in Mark().Matches(marked))
        {
            text.Append(marked, from, mark.Index - from);
            from = mark.Index + mark.Length;
            if (mark.Groups["kind"].Value == "A")
            {
                var question = mark.Groups["question"].Value[0] - '0';
                if (mark.Groups["end"].Length == 0)
                {
                    starts[question] = text.Length;
                }
                else if (starts.TryGetValue(question, out var start))
                {
                    answers[question] = new TextSpan(start, text.Length);
                }
            }
        }

        return (text.Append(marked, from, marked.Length - from).ToString(), answers);
    }

    [GeneratedRegex(@"^# (?:Title|Paragraph)\s*$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^Q\d?:\s*")]
    private static partial Regex Asked();

    [GeneratedRegex(@"<(?<end>/?)(?<kind>[AD])(?<question>\d)>")]
    private static partial Regex Mark();
}

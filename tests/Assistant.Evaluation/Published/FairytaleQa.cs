using Microsoft.VisualBasic.FileIO;

namespace Assistant.Evaluation.Published;

/// <summary>Questions of teachers about sections of fairy tales, as FairytaleQA is published.</summary>
internal static class FairytaleQa
{
    private const string StoryEnding = "-story.csv";

    private const string QuestionsEnding = "-questions.csv";

    /// <summary>Those whose answer one sentence of the section has word by word, and no other.</summary>
    public static IReadOnlyList<PublicQuestion> Read(string folder)
    {
        var root = Path.Combine(folder, "data-by-train-split");
        var stories = Files(Path.Combine(root, "section-stories", "all"), StoryEnding).ToDictionary(
            story => story.Name,
            story => Rows(story.File).DistinctBy(row => row["section"]).ToDictionary(row => row["section"], row => PublishedText.OneLine(row["text"]), StringComparer.Ordinal),
            StringComparer.Ordinal);
        return
        [
            .. Files(Path.Combine(root, "questions"), QuestionsEnding)
                .Where(asked => stories.ContainsKey(asked.Name))
                .SelectMany(asked => Rows(asked.File)
                    .Where(row => row["ex-or-im1"] == "explicit" && stories[asked.Name].ContainsKey(row["cor_section"]))
                    .Select(row => Read(row, PublishedText.First(asked.Name.Replace('-', ' ')), stories[asked.Name][row["cor_section"]])))
                .Where(question => question.Answers.Length == 1),
        ];
    }

    private static PublicQuestion Read(Dictionary<string, string> row, string title, string section)
    {
        var answer = PublishedText.OneLine(row["answer1"]).TrimEnd('.');
        return new PublicQuestion(
            PublishedText.AsQuestion(row["question"]),
            title,
            section,
            [.. PublishedText.Sentences(section).Select(sentence => sentence.In(section).ToString()).Where(sentence => answer.Length > 0 && sentence.Contains(answer, StringComparison.OrdinalIgnoreCase))]);
    }

    private static IEnumerable<(string Name, string File)> Files(string folder, string ending) =>
        Directory.EnumerateFiles(folder, "*" + ending, System.IO.SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => (Path.GetFileName(file)[..^ending.Length], file));

    /// <summary>The rows of a table by the names of its columns.</summary>
    private static IEnumerable<Dictionary<string, string>> Rows(string file)
    {
        using var parser = new TextFieldParser(file) { Delimiters = [","], HasFieldsEnclosedInQuotes = true, TrimWhiteSpace = true };
        var names = parser.ReadFields()!;
        while (parser.ReadFields() is { } fields)
        {
            yield return names.Zip(fields).DistinctBy(pair => pair.First).ToDictionary();
        }
    }
}

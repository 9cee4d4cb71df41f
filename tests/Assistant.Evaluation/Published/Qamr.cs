using System.Globalization;

namespace Assistant.Evaluation.Published;

/// <summary>Questions about single sentences, as QAMR is published: its development and test parts about Wikipedia.</summary>
internal static class Qamr
{
    /// <summary>Questions about a sentence that are taken: there are dozens.</summary>
    private const int QuestionsOfASentence = 6;

    /// <summary>Words of a question, its mark included, that is understood without its sentence more often than not.</summary>
    private const int FewestWords = 6;

    /// <summary>Where the question stands in a row.</summary>
    private const int QuestionColumn = 5;

    private static readonly string[] Files = ["dev.tsv", "test.tsv"];

    /// <summary>The questions, and the texts of all articles, those that nothing is asked about as well.</summary>
    public static (IReadOnlyList<PublicQuestion> Questions, IEnumerable<string> Articles) Read(string folder)
    {
        var sentences = Rows("wiki-sentences.tsv").ToDictionary(row => row[0], row => PublishedText.Joined(row[1]), StringComparer.Ordinal);
        // An identifier ends with the numbers of paragraph and sentence.
        var articles = sentences.Keys
            .GroupBy(ArticleOf, StringComparer.Ordinal)
            .ToDictionary(
                article => article.Key,
                article => string.Join(' ', article.OrderBy(id => NumberFromEnd(id, 2)).ThenBy(id => NumberFromEnd(id, 1)).Select(id => sentences[id])),
                StringComparer.Ordinal);
        var questions = Files.SelectMany(file => Rows(Path.Combine("filtered", file)))
            .Where(row => sentences.ContainsKey(row[0]) && row[QuestionColumn].Split(' ').Length >= FewestWords)
            .GroupBy(row => row[0], row => row[QuestionColumn], StringComparer.Ordinal)
            .SelectMany(asked => Spread([.. asked.Distinct().Order(StringComparer.Ordinal)])
                .Select(text => new PublicQuestion(PublishedText.AsQuestion(PublishedText.Joined(text)), "", articles[ArticleOf(asked.Key)], sentences[asked.Key])));
        return ([.. questions], articles.Values);

        IEnumerable<string[]> Rows(string file) => File.ReadLines(Path.Combine(folder, "data", file)).Select(line => line.Split('\t'));
    }

    private static string ArticleOf(string id) => string.Join(':', id.Split(':').SkipLast(2));

    private static int NumberFromEnd(string id, int place) => int.Parse(id.Split(':')[^place], CultureInfo.InvariantCulture);

    /// <summary>Some of many questions in their order: those that are alike stand beside each other.</summary>
    private static IEnumerable<string> Spread(string[] questions) =>
        questions.Length <= QuestionsOfASentence ? questions : Enumerable.Range(0, QuestionsOfASentence).Select(i => questions[i * questions.Length / QuestionsOfASentence]);
}

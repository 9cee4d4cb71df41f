using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Assistant.Evaluation;

/// <summary>
/// Makes retrieval sets with answers of public questions as their authors publish them: what the network, the odds and the confidence learn from beside
/// the golden questions. Each document is a few sentences that follow each other; an answer is a whole sentence.
/// </summary>
internal static partial class PublicQuestions
{
    /// <summary>Sentences that make a document where a source does not say where one ends.</summary>
    private const int SentencesOfADocument = 6;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the sets <c>nqg</c>, <c>selqa</c> and <c>qed</c> into a folder.</summary>
    /// <param name="nqg">Checkout of xinyadu/nqg: questions of SQuAD, in small letters.</param>
    /// <param name="selqa">Checkout of emorynlp/selqa.</param>
    /// <param name="qed">Checkout of google-research-datasets/QED.</param>
    /// <param name="output">The folder.</param>
    public static void Write(string nqg, string selqa, string qed, string output)
    {
        var sections = SelQa(selqa);
        var paragraphs = Qed(qed);
        WriteSet(Path.Combine(output, "selqa"), sections);
        WriteSet(Path.Combine(output, "qed"), paragraphs);
        var capitals = new Capitals(sections.Concat(paragraphs).Select(question => question.Document));
        WriteSet(Path.Combine(output, "nqg"), Nqg(nqg, capitals));
    }

    /// <summary>Text whose tokens stand apart, as it was written.</summary>
    public static string Joined(string tokens)
    {
        var text = tokens.Replace("-lrb-", "(", StringComparison.OrdinalIgnoreCase).Replace("-rrb-", ")", StringComparison.OrdinalIgnoreCase)
            .Replace("-lsb-", "[", StringComparison.OrdinalIgnoreCase).Replace("-rsb-", "]", StringComparison.OrdinalIgnoreCase)
            .Replace("``", "“", StringComparison.Ordinal).Replace("''", "”", StringComparison.Ordinal);
        text = Hyphen().Replace(Range().Replace(text, "–"), "-");
        text = BeforeClosing().Replace(AfterOpening().Replace(text, "$1"), "$1");
        return Spaces().Replace(text, " ").Trim();
    }

    private static List<PublicQuestion> Nqg(string folder, Capitals capitals)
    {
        var sentences = Restored("src-test.txt");
        var questions = Restored("tgt-test.txt");
        var documents = sentences.Distinct().Chunk(SentencesOfADocument)
            .SelectMany(document => document.Select(sentence => (sentence, Document: string.Join(' ', document))))
            .ToDictionary();
        return [.. sentences.Zip(questions, (sentence, question) => new PublicQuestion(question, "", documents[sentence], sentence))];

        List<string> Restored(string file) => [.. File.ReadLines(Path.Combine(folder, "data", "processed", file)).Select(line => capitals.Restore(Joined(line)))];
    }

    private static List<PublicQuestion> SelQa(string folder)
    {
        string[] files = ["selqa-ass-dev.json", "selqa-ass-test.json"];
        return
        [
            .. files.SelectMany(file => JsonSerializer.Deserialize<SelQaQuestion[]>(File.ReadAllText(Path.Combine(folder, "ass", file)), Json)!)
                .Where(question => question.Answers.Length > 0)
                .Select(question => new PublicQuestion(
                    question.Question, question.Article, string.Join(' ', question.Candidates), [.. question.Answers.Select(answer => question.Candidates[answer])])),
        ];
    }

    private static List<PublicQuestion> Qed(string folder) =>
    [
        .. DataSet.Lines<JsonElement>(Path.Combine(folder, "qed-dev.jsonlines"))
            .Select(question => new PublicQuestion(
                First(question.GetProperty("question_text").GetString()!) + "?",
                Joined(question.GetProperty("title_text").GetString()!),
                Joined(question.GetProperty("paragraph_text").GetString()!),
                AnswersOf(question)))
            .Where(question => question.Answers.Length > 0),
    ];

    /// <summary>The sentence that was selected; where none was, what answers in the words of the paragraph.</summary>
    private static string[] AnswersOf(JsonElement question) =>
        question.GetProperty("annotation").TryGetProperty("selected_sentence", out var sentence)
            ? [Said(sentence)]
            : [.. question.GetProperty("original_nq_answers").EnumerateArray().SelectMany(answers => answers.EnumerateArray()).Select(Said).Distinct()];

    private static string Said(JsonElement part) => Joined(part.GetProperty("string").GetString()!);

    private static void WriteSet(string folder, IReadOnlyList<PublicQuestion> questions)
    {
        Directory.CreateDirectory(folder);
        var documents = questions.Select(question => (question.Title, question.Document)).Distinct().Index().ToDictionary(pair => pair.Item, pair => $"d{pair.Index + 1}");
        Lines("docs.jsonl", documents.Select(pair => new { id = pair.Value, title = pair.Key.Title, text = pair.Key.Document }));
        Lines("queries.jsonl", questions.Select((question, i) => new { id = $"q{i + 1}", text = question.Text, answers = question.Answers }));
        File.WriteAllLines(Path.Combine(folder, "qrels.tsv"), questions.Select((question, i) => $"q{i + 1}\t{documents[(question.Title, question.Document)]}\t1"));

        void Lines<T>(string file, IEnumerable<T> lines) => File.WriteAllLines(Path.Combine(folder, file), lines.Select(line => JsonSerializer.Serialize(line, Json)));
    }

    private static string First(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    [GeneratedRegex(@"(?<=\w) (?:-|–) (?=\w)")]
    private static partial Regex Hyphen();

    [GeneratedRegex(@"(?<=\d) --? (?=\d)")]
    private static partial Regex Range();

    [GeneratedRegex(@"([(\[“$£€#]) ")]
    private static partial Regex AfterOpening();

    [GeneratedRegex(@" ([,.;:?!)\]”%]|'s\b|'(?= )|n't\b|'(?:re|ve|ll|d|m)\b)")]
    private static partial Regex BeforeClosing();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    /// <summary>How words are mostly written inside the sentences of some texts.</summary>
    private sealed partial class Capitals
    {
        private readonly Dictionary<string, string> written;

        public Capitals(IEnumerable<string> texts) => written = texts.Distinct()
            .SelectMany(text => InsideWords().Matches(text).Select(match => match.Value))
            .GroupBy(word => word.ToLowerInvariant(), StringComparer.Ordinal)
            .ToDictionary(word => word.Key, word => word.CountBy(form => form).MaxBy(form => form.Value).Key, StringComparer.Ordinal);

        public string Restore(string text) => First(Words().Replace(text, match => written.GetValueOrDefault(match.Value, match.Value)));

        [GeneratedRegex(@"(?<=[\p{L}\p{Nd},;)\]’'] )\p{L}[\p{L}\p{Nd}]*")]
        private static partial Regex InsideWords();

        [GeneratedRegex(@"(?<![\p{L}\p{Nd}'’])\p{L}[\p{L}\p{Nd}]*")]
        private static partial Regex Words();
    }

    private sealed record SelQaQuestion(string Question, string Article, string[] Candidates, int[] Answers);

    /// <summary>A question with the document that answers it.</summary>
    private sealed record PublicQuestion(string Text, string Title, string Document, params string[] Answers);
}

using System.Text.Encodings.Web;
using System.Text.Json;

namespace Assistant.Evaluation.Published;

/// <summary>
/// Makes retrieval sets with answers of public questions as their authors publish them: what the networks, the odds and the confidence learn from beside
/// the golden questions. Each document is a few sentences of one text; an answer is a whole sentence.
/// </summary>
internal static class PublicQuestions
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What the sets are made of.</summary>
    public static IReadOnlyList<PublicSource> Sources { get; } =
    [
        new("nqg", "xinyadu/nqg"),
        new("selqa", "emorynlp/selqa"),
        new("qed", "google-research-datasets/QED"),
        new("squadshifts", "modestyachts/squadshifts-website"),
        new("qamr", "uwnlp/qamr"),
        new("onestopqa", "berzak/onestop-qa"),
        new("fairytaleqa", "uci-soe/FairytaleQAData"),
    ];

    /// <summary>Writes the sets into a folder: one of each source, three of <c>squadshifts</c> and of <c>onestopqa</c>.</summary>
    /// <param name="checkout">Where a source of <see cref="Sources"/> is checked out.</param>
    /// <param name="output">The folder.</param>
    public static void Write(Func<string, string> checkout, string output)
    {
        var selqa = SelQa.Read(checkout("selqa"));
        var qed = Qed.Read(checkout("qed"));
        Set("selqa", selqa);
        Set("qed", qed);
        Set("nqg", Nqg.Read(checkout("nqg"), new Capitals(selqa.Concat(qed).Select(question => question.Document))));
        foreach (var (name, file, isTitled) in SquadShifts.Files)
        {
            Set(name, SquadShifts.Read(checkout("squadshifts"), file, isTitled));
        }

        var (questions, articles) = Qamr.Read(checkout("qamr"));
        Set("qamr", questions, articles);
        foreach (var level in OneStopQa.Levels)
        {
            Set($"onestop-{level.ToLowerInvariant()}", OneStopQa.Read(checkout("onestopqa"), level));
        }

        Set("fairytales", FairytaleQa.Read(checkout("fairytaleqa")));

        void Set(string name, IReadOnlyList<PublicQuestion> questions, IEnumerable<string>? others = null) => WriteSet(Path.Combine(output, name), questions, others ?? []);
    }

    private static void WriteSet(string folder, IReadOnlyList<PublicQuestion> questions, IEnumerable<string> others)
    {
        Directory.CreateDirectory(folder);
        var documents = questions.Select(question => (question.Title, question.Document)).Concat(others.Select(text => (Title: "", Document: text)))
            .Distinct().Index().ToDictionary(pair => pair.Item, pair => $"d{pair.Index + 1}");
        Lines("docs.jsonl", documents.Select(pair => new { id = pair.Value, title = pair.Key.Title, text = pair.Key.Document }));
        Lines("queries.jsonl", questions.Select((question, i) => new { id = $"q{i + 1}", text = question.Text, answers = question.Answers }));
        File.WriteAllLines(Path.Combine(folder, "qrels.tsv"), questions.Select((question, i) => $"q{i + 1}\t{documents[(question.Title, question.Document)]}\t1"));

        void Lines<T>(string file, IEnumerable<T> lines) => File.WriteAllLines(Path.Combine(folder, file), lines.Select(line => JsonSerializer.Serialize(line, Json)));
    }
}

/// <summary>A question with the document that answers it.</summary>
/// <param name="Text">The question.</param>
/// <param name="Title">The document's title; empty where it has none.</param>
/// <param name="Document">Its text, on one line.</param>
/// <param name="Answers">Sentences of it that answer.</param>
internal sealed record PublicQuestion(string Text, string Title, string Document, params string[] Answers);

/// <summary>Where published questions come from.</summary>
/// <param name="Name">What it is called here.</param>
/// <param name="Repository">Owner and name at GitHub.</param>
internal sealed record PublicSource(string Name, string Repository);

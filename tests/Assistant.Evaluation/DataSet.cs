using System.Text.Json;
using System.Text.Json.Serialization;
using Assistant.Core.Answering;
using Assistant.Core.Retrieval;

namespace Assistant.Evaluation;

/// <summary>A retrieval set in the BEIR layout: docs.jsonl, queries.jsonl, qrels.tsv.</summary>
internal sealed record DataSet(string Name, IReadOnlyList<DataDocument> Documents, IReadOnlyList<DataQuery> Queries, IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Grades)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static bool IsIn(string directory) => File.Exists(Path.Combine(directory, "docs.jsonl"));

    public static DataSet Load(string directory) => new(
        Path.GetFileName(Path.TrimEndingDirectorySeparator(directory)),
        Lines<DataDocument>(Path.Combine(directory, "docs.jsonl")),
        Lines<DataQuery>(Path.Combine(directory, "queries.jsonl")),
        File.ReadLines(Path.Combine(directory, "qrels.tsv"))
            .Select(line => line.Split('\t'))
            .Where(columns => columns.Length == 3)
            .GroupBy(columns => columns[0])
            .ToDictionary(
                group => group.Key,
                IReadOnlyDictionary<string, int> (group) => group.ToDictionary(columns => columns[1], columns => int.Parse(columns[2], System.Globalization.CultureInfo.InvariantCulture))));

    /// <summary>The last two parts of a set's path: enough to say which it is.</summary>
    public static string ShortName(string path) => string.Join('/', Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)).Split('/', '\\')[^2..]);

    /// <summary>Which sets these are, in one line: those of golden questions are named by the folder that they share.</summary>
    public static string Names(IEnumerable<string> paths) => string.Join(", ", paths
        .GroupBy(path => TrainingQuestions.IsGolden(path) ? ShortName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)))!) : path)
        .Select(group => TrainingQuestions.IsGolden(group.First()) ? $"{group.Key} ({group.Count()} sets)" : ShortName(group.Key)));

    public static IReadOnlyList<T> Lines<T>(string path) =>
        [.. File.ReadLines(path).Where(line => line.Length > 0).Select(line => JsonSerializer.Deserialize<T>(line, Options)!)];

    /// <summary>Writes every document as a Markdown file named by its id.</summary>
    public void WriteCorpus(string folder)
    {
        foreach (var document in Documents)
        {
            Markdown.Write(Path.Combine(folder, document.Id + ".md"), document.Title, document.Authors.Length > 0 ? [document.Authors, document.Text] : [document.Text]);
        }
    }
}

internal sealed record DataDocument(string Id, string Title, string Text)
{
    /// <summary>Who wrote it, where the set says so: people ask for that too.</summary>
    public string Authors { get; init; } = "";
}

internal sealed record DataQuery(string Id, string Text)
{
    public IReadOnlyList<string> Answers { get; init; } = [];

    public bool Answerable { get; init; } = true;
}

/// <summary>A question about a corpus of the project's own, with the sentences that answer it.</summary>
internal sealed record GoldenQuestion(string Id, string Kind, string Question, bool Answerable, string Need, IReadOnlyList<string> Gold)
{
    public IReadOnlyList<GoldenTurn> History { get; init; } = [];

    [JsonIgnore]
    public bool NeedsAll => Need == "all";

    /// <summary>The question with its conversation.</summary>
    public Question Asked() => new(Question) { History = [.. History.Select(turn => new ConversationTurn(turn.Role, turn.Content))] };

    /// <summary>The question as it is searched.</summary>
    public StandaloneQuestion Standalone() => ConversationContext.Resolve(Asked());
}

internal sealed record GoldenTurn(string Role, string Content);

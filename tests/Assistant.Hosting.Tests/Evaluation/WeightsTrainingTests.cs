using System.Globalization;
using Assistant.Core.Answering;
using Assistant.Evaluation;

namespace Assistant.Hosting.Tests.Evaluation;

/// <summary>The commands that fit weights, on sets small enough for a test: what comes out is a file of the product's, the same each time.</summary>
public sealed class WeightsTrainingTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("assistant-training-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task How_sure_an_answer_is_is_fitted_with_documents_left_out_and_all_corpora_together()
    {
        string[] sets = [Golden("bridges", "bridge"), Golden("mills", "mill"), Retrieval()];

        var file = await ConfidenceTraining.FitAsync(sets, "", Cancel);

        Assert.Equal(SignalNetwork.Rows(ConfidenceSignals.Names), RowsOf(file));
        Assert.Contains($"# {DataSet.ShortName(folder)} (2 sets), {DataSet.ShortName(sets[2])}.\n", file, StringComparison.Ordinal);
        Assert.Contains("#   direct: ", file, StringComparison.Ordinal);
        Assert.Contains("#   direct, about all corpora: ", file, StringComparison.Ordinal);
        Assert.Contains("#   direct, answer taken out: ", file, StringComparison.Ordinal);
        Assert.Equal(file, await ConfidenceTraining.FitAsync(sets, "", Cancel));
    }

    /// <summary>Every question of the set has its answer: one document of five is left out, and the questions about it stay.</summary>
    [Fact]
    public async Task A_public_set_in_which_all_is_answered_teaches_by_what_is_left_out()
    {
        var file = await ConfidenceTraining.FitAsync([Retrieval()], "", Cancel);

        Assert.True(OddsOf(file, covered: 1) > OddsOf(file, covered: 0));
    }

    [Fact]
    public async Task How_likely_a_sentence_answers_is_fitted_on_golden_and_public_questions()
    {
        string[] sets = [Golden("bridges", "bridge"), Golden("mills", "mill"), Retrieval()];

        var file = await OddsTraining.FitAsync(sets, "", Cancel);

        Assert.Equal(SignalNetwork.Rows(SentenceOdds.Names), RowsOf(file));
        Assert.Contains("# Golden questions whose answer is first", file, StringComparison.Ordinal);
        Assert.Equal(file, await OddsTraining.FitAsync(sets, "", Cancel));
    }

    private static double OddsOf(string file, double covered)
    {
        var rows = Rows(file).Select(row => row[1..].Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray()).ToList();
        var network = new SignalNetwork([.. rows[0].Select((_, column) => rows.Select(row => row[column]).ToArray())]);
        string[] ofWords = ["exact", "together", "inPassage", "covered"];
        return network.Odds([.. ConfidenceSignals.Names.Select(name => ofWords.Contains(name) ? covered : name == "english" ? 1 : 0.5)]);
    }

    private static IEnumerable<string> RowsOf(string file) => Rows(file).Select(row => row[0]);

    private static IEnumerable<string[]> Rows(string file) =>
        file.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith('#')).Select(line => line.Split(' '));

    private string Golden(string name, string thing)
    {
        Write($"{name}/corpus/{name}.md", $"# The {thing}\n\nThe {thing} was built in 1874 by Jonas Weir. It cost nine thousand florins.\n\n## Birds\n\nHerons nest beside the {thing} every spring.");
        Write($"{name}/golden.jsonl", $$"""
            {"id":"1","kind":"direct","question":"When was the {{thing}} built?","answerable":true,"need":"any","gold":["The {{thing}} was built in 1874 by Jonas Weir."]}
            {"id":"2","kind":"direct","question":"What did the {{thing}} cost?","answerable":true,"need":"any","gold":["It cost nine thousand florins."]}
            {"id":"3","kind":"none","question":"Which king opened the {{thing}}?","answerable":false,"need":"any","gold":[]}
            """);
        return Path.Combine(folder, name);
    }

    private string Retrieval()
    {
        string[] towns = ["Arlen", "Brandvik", "Corvo", "Dunmere", "Eskola", "Farrow", "Galt", "Hollin", "Istra", "Jorvik"];
        Write("towns/docs.jsonl", string.Join('\n', towns.Select((town, i) =>
            $$"""{"id":"{{town}}","title":"{{town}}","text":"The harbour of {{town}} was dredged in 19{{i}}1. Its lighthouse is {{20 + i}} metres high."}""")));
        Write("towns/queries.jsonl", string.Join('\n', towns.Select((town, i) =>
            $$"""{"id":"{{i}}","text":"When was the harbour of {{town}} dredged?","answers":["19{{i}}1"]}""")));
        Write("towns/qrels.tsv", string.Join('\n', towns.Select((town, i) => $"{i}\t{town}\t1")));
        return Path.Combine(folder, "towns");
    }

    private void Write(string path, string text)
    {
        var file = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}

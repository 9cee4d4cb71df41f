using System.Text;
using System.Text.Json.Nodes;
using Assistant.Evaluation;

namespace Assistant.Hosting.Tests.Evaluation;

/// <summary>Whole runs of the instrument on sets small enough to check by eye.</summary>
public sealed class RunTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("assistant-runs-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_retrieval_set_is_measured_and_measured_the_same_again()
    {
        Write("docs.jsonl", """
            {"id":"bridges","title":"Bridges","text":"The stone bridge over the Weir was opened in 1874. It has seven arches."}
            {"id":"mills","title":"Mills","text":"The wheel of the last mill is kept in the museum. Rye was ground in the valley until 1951."}
            {"id":"birds","title":"Birds","text":"Herons nest in the reeds every spring. They leave in October."}
            """);
        Write("queries.jsonl", """
            {"id":"1","text":"When was the stone bridge opened?","answers":["1874"],"answerable":true}
            {"id":"2","text":"Where is the wheel of the mill kept?","answers":["the museum"],"answerable":true}
            {"id":"3","text":"Which orchestra plays Stravinsky tonight?","answers":[],"answerable":false}
            """);
        Write("qrels.tsv", "1\tbridges\t1\n2\tmills\t1\n");

        var (summary, lines) = await MeasureAsync();
        var again = await MeasureAsync();

        Assert.Equal(1, (double)summary["nDCG@10"]!);
        Assert.Equal(1, (double)summary["hit@1"]!);
        Assert.Equal(1, (double)summary["first three citations contain"]!);
        Assert.Equal(1, (double)summary["unanswerable refused"]!);
        Assert.Equal(0, (double)summary["answerable refused"]!);
        Assert.Equal(1, (double)summary["abstention AUROC"]!);
        Assert.Equal((int)summary["citations"]!, (int)summary["citations exact"]!);
        Assert.Equal(summary.ToJsonString(), again.Summary.ToJsonString());
        Assert.Equal(lines, again.Lines);
        Assert.Equal(3, lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);

        async Task<(JsonObject Summary, string Lines)> MeasureAsync()
        {
            using var written = new StringWriter { NewLine = "\n" };
            var measured = await RetrievalRun.MeasureAsync(DataSet.Load(folder), new RunOptions { Lines = written }, TestContext.Current.CancellationToken);
            return (measured, written.ToString());
        }
    }

    [Fact]
    public async Task Sentences_are_selected_whatever_order_the_file_has_them_in()
    {
        string[] rows =
        [
            "When was the bridge opened?\tThe bridge over the Weir was opened in 1874.\t1\tQ1\tBridges",
            "When was the bridge opened?\tHerons nest in the reeds.\t0\tQ1\tBridges",
            "When was the bridge opened?\tThe mill ground rye for the whole valley.\t0\tQ1\tBridges",
        ];
        var forwards = await MeasureAsync(rows);
        var backwards = await MeasureAsync([.. rows.Reverse()]);

        Assert.Equal(1, (double)forwards["MAP"]!);
        Assert.Equal(1, (double)forwards["P@1"]!);
        Assert.Equal(forwards.ToJsonString(), backwards.ToJsonString());

        async Task<JsonObject> MeasureAsync(string[] order)
        {
            Write("sentences.tsv", "question\tsentence\tlabel\tqid\ttitle\n" + string.Join('\n', order));
            var set = SelectionSet.Load(Path.Combine(folder, "sentences.tsv"));
            return await SelectionRun.MeasureAsync(set, new RunOptions(), TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Similarity_is_measured_against_what_people_said()
    {
        Write("pairs.tsv", """
            score	sentence1	sentence2	genre
            5.000	A man rides a horse.	A man is riding a horse.	captions
            2.000	A man rides a horse.	A woman rides a bicycle.	captions
            0.000	A man rides a horse.	The minister signed the budget.	captions
            """);

        var measured = await SimilarityRun.MeasureAsync(
            SimilaritySet.Load(Path.Combine(folder, "pairs.tsv")), new RunOptions(), TestContext.Current.CancellationToken);

        Assert.Equal(3, (int)measured["pairs"]!);
        Assert.Equal(1, (double)measured["Spearman"]!);
        Assert.InRange((double)measured["Pearson"]!, 0.8, 1);
    }

    [Fact]
    public void Two_runs_are_compared_over_the_questions_that_both_have()
    {
        Write("before.jsonl", """
            {"set":"s","id":"1","metrics":{"hit@1":0}}
            {"set":"s","id":"2","metrics":{"hit@1":1}}
            {"set":"s","id":"3","metrics":{"hit@1":1}}
            """);
        Write("after.jsonl", """
            {"set":"s","id":"2","metrics":{"hit@1":1}}
            {"set":"s","id":"1","metrics":{"hit@1":1}}
            {"set":"t","id":"1","metrics":{"hit@1":1}}
            """);

        var comparison = Assert.Single(Comparison.Of(Path.Combine(folder, "before.jsonl"), Path.Combine(folder, "after.jsonl")));

        Assert.Equal("s", comparison.Set);
        Assert.Equal([0, 1], comparison.Before);
        Assert.Equal([1, 1], comparison.After);
        Assert.Contains("+0.5000", Comparison.Describe([comparison]), StringComparison.Ordinal);
    }

    private void Write(string name, string text) =>
        File.WriteAllText(Path.Combine(folder, name), text.ReplaceLineEndings("\n"), new UTF8Encoding(false));
}

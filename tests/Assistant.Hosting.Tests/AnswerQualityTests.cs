using System.Text.Json.Nodes;
using Assistant.Evaluation;

namespace Assistant.Hosting.Tests;

/// <summary>Floors under what the evaluation program measures, a little below what is reached: a change that falls through has made answers worse.</summary>
public sealed class AnswerQualityTests
{
    private static readonly string Root = RepositoryRoot();

    private static readonly string Golden = Path.Combine(Root, "tests", "Assistant.Evaluation", "Golden");

    [Theory]
    [InlineData("training/paris-talks", 0.97, 0.85, 0.90, 0.95, 0.90, 0.03)]
    [InlineData("held-out/paris-talks", 0.95, 0.54, 0.70, 0.65, 0.85, 0.05)]
    [InlineData("training/harbour", 0.95, 0.58, 0.55, 0.65, 0.90, 0.065)]
    [InlineData("development/bees", 0.95, 0.55, 0.40, 0.60, 0.80, 0.045)]
    [InlineData("development/hostage-talks", 0.85, 0.80, 0.45, 0.46, 0.85, 0.045)]
    [InlineData("development/ru-reki", 0.85, 0.50, 0.60, 0.40, 0.75, 0.05)]
    public async Task Golden_questions_are_answered_as_well_as_before(
        string set, double direct, double paraphrased, double severalPlaces, double refused, double followUps, double answerableRefused)
    {
        var measured = await GoldenRun.MeasureAsync(
            Path.Combine(Golden, set, "golden.jsonl"),
            GoldenRun.CorpusOf(Path.Combine(Golden, set), Path.Combine(Root, "corpus")),
            new RunOptions(),
            TestContext.Current.CancellationToken);

        AssertEveryCitationIsExact(measured);
        Assert.True(Value("direct") >= direct, measured.ToJsonString());
        Assert.True(Value("para") >= paraphrased, measured.ToJsonString());
        Assert.True(Value("multi") >= severalPlaces, measured.ToJsonString());
        Assert.True(Value("none") >= refused, measured.ToJsonString());
        Assert.True(Value("follow") >= followUps, measured.ToJsonString());
        Assert.True(Value("answerable refused") <= answerableRefused, measured.ToJsonString());

        double Value(string name) => measured[name]!.GetValue<double>();
    }

    /// <summary>One question more or less is much of a set by itself, and little of all twelve.</summary>
    [Fact]
    public async Task Golden_questions_about_twelve_corpora_are_answered_as_well_as_before()
    {
        var measured = new List<JsonObject>();
        foreach (var set in Directory.GetDirectories(Path.Combine(Golden, "development")).Where(set => Path.GetFileName(set)[2] != '-').Order(StringComparer.Ordinal))
        {
            measured.Add(await GoldenRun.MeasureAsync(
                Path.Combine(set, "golden.jsonl"), GoldenRun.CorpusOf(set, Path.Combine(Root, "corpus")), new RunOptions(), TestContext.Current.CancellationToken));
        }

        Assert.Equal(12, measured.Count);
        Assert.All(measured, AssertEveryCitationIsExact);
        Assert.InRange(Mean("direct"), 0.95, 1);
        Assert.InRange(Mean("para"), 0.65, 1);
        Assert.InRange(Mean("multi"), 0.52, 1);
        Assert.InRange(Mean("none"), 0.52, 1);
        Assert.InRange(Mean("follow"), 0.88, 1);
        Assert.InRange(Mean("answerable refused"), 0, 0.035);

        double Mean(string name) => measured.Average(set => set[name]!.GetValue<double>());
    }

    [Theory]
    [InlineData("corpus")]
    [InlineData("tests/Assistant.Evaluation/Golden/training/harbour/corpus")]
    public async Task Most_questions_about_something_else_are_refused(string corpus)
    {
        var measured = await GoldenRun.MeasureAsync(
            Path.Combine(Golden, "held-out", "elsewhere", "golden.jsonl"),
            Path.Combine(Root, corpus),
            new RunOptions(),
            TestContext.Current.CancellationToken);

        Assert.True(measured["none"]!.GetValue<double>() >= 0.90, measured.ToJsonString());
    }

    [Theory]
    [InlineData("xquad-en", 0.95, 0.82, 0.975, 0.71)]
    [InlineData("xquad-de", 0.90, 0.70, 0.93, 0.64)]
    [InlineData("xquad-ru", 0.905, 0.735, 0.935, 0.69)]
    public async Task On_a_public_corpus_every_citation_is_exact_and_the_right_paragraph_comes_first(
        string set, double paragraph, double sentence, double oneOfFive, double firstCitation)
    {
        var measured = await MeasureSharedAsync(set);

        AssertEveryCitationIsExact(measured);
        Assert.True(measured["hit@1"]!.GetValue<double>() >= paragraph, measured.ToJsonString());
        Assert.True(measured["sentence contains@1"]!.GetValue<double>() >= sentence, measured.ToJsonString());
        Assert.True(measured["sentence contains@5"]!.GetValue<double>() >= oneOfFive, measured.ToJsonString());
        Assert.True(measured["first citation contains"]!.GetValue<double>() >= firstCitation, measured.ToJsonString());
    }

    [Theory]
    [InlineData("adi", 0.51)]
    [InlineData("medline", 0.69)]
    public async Task Documents_are_ranked_as_people_judged_them(string set, double gain)
    {
        var measured = await MeasureSharedAsync(set);

        AssertEveryCitationIsExact(measured);
        Assert.True(measured["nDCG@10"]!.GetValue<double>() >= gain, measured.ToJsonString());
    }

    private static async Task<JsonObject> MeasureSharedAsync(string set)
    {
        var path = Path.Combine(Root, "..", "shared", "eval", set);
        Assert.SkipUnless(Directory.Exists(path), $"needs ../shared/eval/{set}, which is not here");
        return await RetrievalRun.MeasureAsync(DataSet.Load(path), new RunOptions(), TestContext.Current.CancellationToken);
    }

    private static void AssertEveryCitationIsExact(JsonObject measured)
    {
        Assert.NotEqual(0, measured["citations"]!.GetValue<int>());
        Assert.Equal(measured["citations"]!.GetValue<int>(), measured["citations exact"]!.GetValue<int>());
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Assistant.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        return folder.FullName;
    }
}

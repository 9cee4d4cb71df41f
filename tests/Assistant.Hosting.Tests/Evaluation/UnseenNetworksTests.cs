using Assistant.Evaluation;

namespace Assistant.Hosting.Tests.Evaluation;

public sealed class UnseenNetworksTests : IDisposable
{
    private const int Parts = 3;

    private readonly string golden = Directory.CreateTempSubdirectory("assistant-golden-").FullName;

    public UnseenNetworksTests() => File.WriteAllText(Path.Combine(golden, "golden.jsonl"), "");

    public void Dispose() => Directory.Delete(golden, recursive: true);

    [Fact]
    public void Golden_questions_about_a_corpus_are_in_one_part_and_others_in_all() =>
        Assert.Equal(
            (1, Parts),
            (PartsOf(golden).Count(), PartsOf("public").Count()));

    [Fact]
    public void A_question_is_always_in_the_same_part() =>
        Assert.Equal([2, 0, 1], ((string[])["Who?", "When?", "Where?"]).Select(question => UnseenNetworks.PartOf("public", question, Parts)));

    private static IEnumerable<int> PartsOf(string path) => Enumerable.Range(0, 100).Select(i => UnseenNetworks.PartOf(path, $"Question {i}?", Parts)).Distinct();
}

using Assistant.Evaluation;

namespace Assistant.Hosting.Tests;

/// <summary>Golden questions measure answers only if they are right themselves: a sentence that stands nowhere can never be cited.</summary>
public sealed class GoldenSetTests
{
    private static readonly string Root = RepositoryRoot();

    private static readonly string Golden = Path.Combine(Root, "tests", "Assistant.Evaluation", "Golden");

    private static readonly string[] Kinds = ["direct", "para", "multi", "none", "follow"];

    /// <summary>Folder and name of every set.</summary>
    public static TheoryData<string> Sets =>
        [.. Directory.GetFiles(Golden, "golden.jsonl", SearchOption.AllDirectories).Select(file => DataSet.ShortName(Path.GetDirectoryName(file)!)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Sets))]
    public void Every_golden_sentence_stands_verbatim_in_its_corpus(string set)
    {
        var corpus = Corpus(set);

        Assert.All(
            Questions(set).SelectMany(question => question.Gold),
            sentence => Assert.True(corpus.Any(text => text.Contains(sentence, StringComparison.Ordinal)), $"stands in no document: {sentence}"));
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Every_golden_question_has_an_id_of_its_own_and_is_asked_once(string set)
    {
        var questions = Questions(set);

        Assert.Equal(questions.Count, questions.DistinctBy(question => question.Id).Count());
        Assert.All(
            questions.GroupBy(question => (question.Question, string.Join('\n', question.History.Select(turn => turn.Content)))),
            same => Assert.True(same.Count() == 1, $"asked more than once: {same.Key.Question}"));
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Every_golden_question_is_what_its_kind_says(string set)
    {
        Assert.All(Questions(set), question =>
        {
            Assert.Contains(question.Kind, Kinds);
            Assert.StartsWith(question.Kind + "-", question.Id, StringComparison.Ordinal);
            Assert.Equal(question.Kind != "none", question.Answerable);
            Assert.Equal(question.Answerable, question.Gold.Count > 0);
            Assert.Equal(question.Gold.Count, question.Gold.Distinct(StringComparer.Ordinal).Count());
            Assert.True(question.Need is "any" or "all", $"{question.Id} needs {question.Need}");
            Assert.True(question.Kind != "multi" || (question.NeedsAll && question.Gold.Count > 1), $"{question.Id} is not about several places");
            Assert.Equal(question.Kind == "follow", question.History.Count > 0);
            Assert.All(question.History.Index(), turn => Assert.Equal(turn.Index % 2 == 0 ? "user" : "assistant", turn.Item.Role));
            Assert.Equal(0, question.History.Count % 2);
        });
    }

    private static IReadOnlyList<GoldenQuestion> Questions(string set) =>
        DataSet.Lines<GoldenQuestion>(Path.Combine(Folder(set), "golden.jsonl"));

    /// <summary>The documents beside the questions; questions without any are about the corpus that the program comes with.</summary>
    private static IReadOnlyList<string> Corpus(string set)
    {
        var own = Path.Combine(Folder(set), "corpus");
        return [.. Directory.GetFiles(Directory.Exists(own) ? own : Path.Combine(Root, "corpus"), "*.md").Select(File.ReadAllText)];
    }

    private static string Folder(string set) => Path.Combine(Golden, set);

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

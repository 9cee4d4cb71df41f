using Assistant.Evaluation;

namespace Assistant.Hosting.Tests.Evaluation;

/// <summary>The command that makes training sets of published questions, on a few lines in the form in which each is published.</summary>
public sealed class PublicQuestionsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("assistant-public-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("he said : `` no '' , and left -lrb- at last -rrb- .", "he said: “no”, and left (at last).")]
    [InlineData("the dog 's owners do n't know .", "the dog's owners don't know.")]
    [InlineData("Maria Skłodowska - Curie won , for $ 5 , in 1934 -- 1935 .", "Maria Skłodowska-Curie won, for $5, in 1934–1935.")]
    public void Tokens_are_joined_as_they_were_written(string tokens, string text) => Assert.Equal(text, PublicQuestions.Joined(tokens));

    [Fact]
    public void Each_source_becomes_a_set_whose_answers_stand_in_its_documents()
    {
        Write("nqg/data/processed/src-test.txt", "the mills of marrow were built in 1874 .\nthey burned in may .\n");
        Write("nqg/data/processed/tgt-test.txt", "when were marrow 's mills built ?\nwhen did they burn ?\n");
        Write("selqa/ass/selqa-ass-dev.json", """[{"question":"Who was Weir?","article":"Weir","answers":[1],"candidates":["In the town of Marrow he was known.","He was a miller."]}]""");
        Write("selqa/ass/selqa-ass-test.json", """[{"question":"Where did he die?","article":"Weir","answers":[],"candidates":["He is buried in Marrow."]}]""");
        Write("qed/qed-dev.jsonlines", """
            {"question_text":"who owns the mill","title_text":"Mill","paragraph_text":"Nobody knows . It is owned by the town , they say .","annotation":{"selected_sentence":{"string":"It is owned by the town , they say ."}},"original_nq_answers":[]}
            {"question_text":"where is the mill","title_text":"Mill","paragraph_text":"The mill is in Marrow , by the river .","annotation":{},"original_nq_answers":[[{"string":"in Marrow , by the river"}]]}
            """);

        PublicQuestions.Write(In("nqg"), In("selqa"), In("qed"), In("sets"));

        Assert.Equal(3, Directory.GetDirectories(In("sets")).Length);
        var nqg = DataSet.Load(In("sets/nqg"));
        Assert.Equal("The mills of Marrow were built in 1874. They burned in may.", Assert.Single(nqg.Documents).Text);
        Assert.Equal("When were Marrow's mills built?", nqg.Queries[0].Text);
        Assert.Equal("Who was Weir?", Assert.Single(DataSet.Load(In("sets/selqa")).Queries).Text);
        Assert.All(
            Directory.GetDirectories(In("sets")).Select(DataSet.Load),
            set => Assert.All(set.Queries, query =>
            {
                var document = set.Documents.Single(document => set.Grades[query.Id].ContainsKey(document.Id));
                Assert.All(query.Answers, answer => Assert.Contains(answer, document.Text, StringComparison.Ordinal));
                Assert.NotEmpty(query.Answers);
            }));
    }

    private string In(string path) => Path.Combine(folder, path);

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(In(path))!);
        File.WriteAllText(In(path), text);
    }
}

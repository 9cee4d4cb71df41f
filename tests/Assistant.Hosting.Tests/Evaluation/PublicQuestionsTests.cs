using Assistant.Evaluation;
using Assistant.Evaluation.Published;

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
    public void Tokens_are_joined_as_they_were_written(string tokens, string text) => Assert.Equal(text, PublishedText.Joined(tokens));

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

        Write("squadshifts/datasets/new_wiki_v1.0.json", """
            {"data":[{"title":"Flour%20mill_of_Marrow","paragraphs":[{"context":" The mill\nground rye. It  burned in May, they say. Nobody rebuilt it.","qas":[
              {"question":"when did it burn","answers":[{"text":"in May","answer_start":33},{"text":"May","answer_start":36}]},
              {"question":"what is said of it?","answers":[{"text":"rye. It  burned","answer_start":18}]}]}]}]}
            """);
        Write("squadshifts/datasets/reddit_v1.0.json", """{"data":[{"title":"Comments","paragraphs":[{"context":"I like rye.","qas":[{"question":"What do I like?","answers":[{"text":"rye","answer_start":7}]}]}]}]}""");
        Write("squadshifts/datasets/amazon_reviews_v1.0.json", """{"data":[{"title":"Reviews","paragraphs":[{"context":"It broke.","qas":[{"question":"What did it do?","answers":[{"text":"broke","answer_start":3}]}]}]}]}""");
        Write("qamr/data/wiki-sentences.tsv", "wiki:7:2:1\tIt burned in May .\nwiki:7:2:0\tThe mill ground rye .\nwiki:8:0:0\tThe town is Marrow .\n");
        var asked = Enumerable.Range(1, 9).Select(i => $"wiki:7:2:1\t0\t1\t0\t0\tWhat burned in May of 190{i} ?\t0\n");
        Write("qamr/data/filtered/dev.tsv", $"{string.Concat(asked)}wiki:7:2:0\t0\t1\t0\t0\tWho ground ?\t0\n");
        Write("qamr/data/filtered/test.tsv", "unknown:1:1:1\t0\t1\t0\t0\tWhat is not among the sentences ?\t0\n");

        Write("onestopqa/annotations/annotated_articles/Mill.txt", """
            # Title
            The mill of Marrow

            # Paragraph

            Adv: <D1>The mill, once the pride of Marrow,</D1> <A1>burned. <A2>Nobody</A1> rebuilt it.</A2> It stood by the river.

            Int: <A1>The mill burned.</A1> Nobody <A2>rebuilt it.</A2>

            Ele: <A1>There was a fire.</A1> <A2>The mill is gone.</A2>

            Q: What became of it?
            a: It burned
            b: It stands

            Q2: Who built it again?
            a: Nobody
            b: The town

            Q: Which question has no part of the text?
            a: This one
            """);
        Write("fairytaleqa/data-by-train-split/section-stories/all/the-old-mill-story.csv", "section,text\n1,\"The mill ground rye.\n\"\"Stop!\"\" said the miller, and left.\"\n2,He came home. He came late.\n2,a section that is there twice\n");
        Write("fairytaleqa/data-by-train-split/questions/val/the-old-mill-questions.csv", """"
            question_id,cor_section,question,ex-or-im1,answer1,answer1
            1,1,what did the miller say ?,explicit,"""stop!""",second
            2,1,why did he leave?,implicit,the miller,
            3,2,what did he do?,explicit,he came.,
            4,"1,2",what did it grind?,explicit,rye,
            5,2,how did he come?,explicit,late.,
            """");
        Write("fairytaleqa/data-by-train-split/questions/test/unknown-story-questions.csv", "question_id,cor_section,question,ex-or-im1,answer1\n1,1,what?,explicit,that\n");

        PublicQuestions.Write(In, In("sets"));

        Assert.Equal(11, Directory.GetDirectories(In("sets")).Length);
        var nqg = DataSet.Load(In("sets/nqg"));
        Assert.Equal("The mills of Marrow were built in 1874. They burned in may.", Assert.Single(nqg.Documents).Text);
        Assert.Equal("When were Marrow's mills built?", nqg.Queries[0].Text);
        Assert.Equal("Who was Weir?", Assert.Single(DataSet.Load(In("sets/selqa")).Queries).Text);
        var wiki = DataSet.Load(In("sets/new-wiki"));
        Assert.Equal(("Flour mill of Marrow", "The mill ground rye. It burned in May, they say. Nobody rebuilt it."), (Assert.Single(wiki.Documents).Title, wiki.Documents[0].Text));
        Assert.Equal("When did it burn?", Assert.Single(wiki.Queries).Text);
        Assert.Equal("It burned in May, they say.", Assert.Single(wiki.Queries[0].Answers));
        Assert.Equal("", Assert.Single(DataSet.Load(In("sets/reddit")).Documents).Title);
        var qamr = DataSet.Load(In("sets/qamr"));
        Assert.Equal(["The mill ground rye. It burned in May.", "The town is Marrow."], qamr.Documents.Select(document => document.Text));
        Assert.Equal(["What burned in May of 1901?", "What burned in May of 1902?", "What burned in May of 1904?", "What burned in May of 1905?", "What burned in May of 1907?", "What burned in May of 1908?"], qamr.Queries.Select(query => query.Text));
        Assert.Equal([["The mill, once the pride of Marrow, burned.", "Nobody rebuilt it."], ["Nobody rebuilt it."]], AnswersIn("sets/onestop-adv"));
        Assert.Equal([["The mill burned."], ["Nobody rebuilt it."]], AnswersIn("sets/onestop-int"));
        Assert.Equal([["There was a fire."], ["The mill is gone."]], AnswersIn("sets/onestop-ele"));
        Assert.Equal("The mill of Marrow", Assert.Single(DataSet.Load(In("sets/onestop-int")).Documents).Title);
        Assert.Equal(["What became of it?", "Who built it again?"], DataSet.Load(In("sets/onestop-int")).Queries.Select(query => query.Text));
        var tales = DataSet.Load(In("sets/fairytales"));
        Assert.Equal([("The old mill", "The mill ground rye. \"Stop!\" said the miller, and left."), ("The old mill", "He came home. He came late.")], tales.Documents.Select(document => (document.Title, document.Text)));
        Assert.Equal([("What did the miller say?", "\"Stop!\" said the miller, and left."), ("How did he come?", "He came late.")], tales.Queries.Select(query => (query.Text, Assert.Single(query.Answers))));
        Assert.All(
            Directory.GetDirectories(In("sets")).Select(DataSet.Load),
            set => Assert.All(set.Queries, query =>
            {
                var document = set.Documents.Single(document => set.Grades[query.Id].ContainsKey(document.Id));
                Assert.All(query.Answers, answer => Assert.Contains(answer, document.Text, StringComparison.Ordinal));
                Assert.NotEmpty(query.Answers);
            }));
    }

    private IEnumerable<IEnumerable<string>> AnswersIn(string set) => DataSet.Load(In(set)).Queries.Select(query => query.Answers);

    private string In(string path) => Path.Combine(folder, path);

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(In(path))!);
        File.WriteAllText(In(path), text);
    }
}

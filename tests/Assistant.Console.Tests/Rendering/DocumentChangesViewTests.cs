using Assistant.Console.Rendering;
using Assistant.Core.Changes;
using Assistant.Core.Documents;

namespace Assistant.Console.Tests.Rendering;

public sealed class DocumentChangesViewTests
{
    private static readonly DocumentChanges Reworded = Changes(new SentenceChange(
        SentenceChangeKind.Reworded, new SentencePlace([], "Old word.", 0, 9), new SentencePlace([], "New word.", 0, 9))
    {
        Words =
        [
            new WordChange(WordChangeKind.Removed, "Old", new TextSpan(0, 3), null),
            new WordChange(WordChangeKind.Added, "New", null, new TextSpan(0, 3)),
            new WordChange(WordChangeKind.Same, " word.", new TextSpan(3, 9), new TextSpan(3, 9)),
        ],
    });

    [Fact]
    public void With_colours_what_is_gone_is_struck_and_red_and_what_is_new_is_green()
    {
        var paper = new Paper(width: 100, colours: true);

        DocumentChangesView.Write(paper.Screen, Reworded);

        Assert.Contains("\x1b[9;31mOld\x1b[0m\x1b[32mNew\x1b[0m word.", paper.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_colours_brackets_tell_the_words_apart()
    {
        var paper = new Paper(width: 100);

        DocumentChangesView.Write(paper.Screen, Reworded);

        Assert.EndsWith("\n  ~ [-Old-]{+New+} word.\n", paper.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_without_changes_says_so()
    {
        var paper = new Paper(width: 100);

        DocumentChangesView.Write(paper.Screen, Changes());

        Assert.Equal("The talks — talks.md, v1 → v2\nNothing changed: 3 sentences.\n", paper.Text);
    }

    [Fact]
    public void Text_of_a_document_cannot_steer_the_terminal()
    {
        var paper = new Paper(width: 100);

        DocumentChangesView.Write(paper.Screen, Changes(new SentenceChange(
            SentenceChangeKind.Added, null, new SentencePlace(["He\x1b[2Jading"], "Qu\x1b[31mote\r\n", 0, 10))));

        Assert.DoesNotContain('\x1b', paper.Text);
    }

    private static DocumentChanges Changes(params SentenceChange[] changes) => new()
    {
        DocumentId = "talks.md",
        Title = "The talks",
        From = 1,
        To = 2,
        Unchanged = 3,
        Changes = changes,
    };
}

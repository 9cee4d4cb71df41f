using System.Text;
using Assistant.Core.Documents;
using Assistant.Documents.Html;
using FsCheck;
using FsCheck.Fluent;

namespace Assistant.Documents.Tests.Html;

public sealed class HtmlLimitsTests
{
    [Theory]
    [InlineData("", "empty file")]
    [InlineData("%PDF-1.4\n1 0 obj", "not really HTML: PDF")]
    [InlineData("PK\u0003\u0004", "not really HTML: a ZIP archive")]
    [InlineData("GIF89a", "not really HTML: a GIF image")]
    [InlineData("<html><script>render()</script></html>", "no text: the page holds none, or a script puts it there")]
    public void A_file_that_is_no_page_says_what_it_is(string content, string message) =>
        Assert.Equal(message, Assert.Throws<UnreadableDocumentException>(() => Pages.Read(Encoding.Latin1.GetBytes(content))).Message);

    [Theory]
    [InlineData("<div>", "</div>")]
    [InlineData("<b>", "</b>")]
    [InlineData("<ul><li>", "")]
    [InlineData("<table><tr><td>", "")]
    [InlineData("<font size=2><p>", "")]
    [InlineData("<b><div></b>", "")]
    [InlineData("<blockquote>", "")]
    public void Deep_nesting_is_read_flat_and_without_a_crash(string open, string close)
    {
        var html = new StringBuilder("<title>Deep</title><h1>Top</h1><p>before</p>").Insert(0, "<html lang=fr>")
            .Insert(0, "<!doctype html>").Append(string.Concat(Enumerable.Repeat(open, 100_000))).Append("deep text")
            .Append(string.Concat(Enumerable.Repeat(close, 100_000))).Append("<p>after</p>").ToString();

        var document = Pages.Read(html);

        Assert.Contains("before", document.Text, StringComparison.Ordinal);
        Assert.Contains("deep text", document.Text, StringComparison.Ordinal);
        Assert.Contains("after", document.Text, StringComparison.Ordinal);
        Assert.Equal(("Deep", "fr"), (document.Title, document.Metadata.Language));
        document.AssertSound(string.IsNullOrWhiteSpace);
    }

    [Fact]
    public void A_page_too_large_for_a_tree_is_read_tag_by_tag()
    {
        var html = "<title>Large</title><script>var x = '<p>no</p>';</script><ul><li>item</li></ul><table><tr><td>a</td><td>b</td></tr></table><pre>x = {\n  1;\n}</pre>"
            + string.Concat(Enumerable.Range(0, 60_000).Select(number => $"<h2>Part {number}</h2><p>Words of part {number} &amp; more.</p>"));

        var document = Pages.Read(html);

        Assert.Equal(60_000, document.Sections.Count);
        Assert.StartsWith("item\n\na | b\n\nx = {\n  1;\n}\n\nPart 0\n\nWords of part 0 & more.", document.Text, StringComparison.Ordinal);
        Assert.EndsWith("Words of part 59999 & more.", document.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_beyond_the_limit_says_so()
    {
        var bytes = new byte[15 << 20];
        bytes.AsSpan().Fill((byte)'x');

        Assert.StartsWith("too large: 15 MB", Assert.Throws<UnreadableDocumentException>(() => Pages.Read(bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_can_be_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.Throws<OperationCanceledException>(() => new HtmlReader().Read(
            new DocumentFile("a.html", Encoding.UTF8.GetBytes(Pages.Article(Pages.Paragraph))), cancelled.Token));
    }

    [Fact]
    public void A_damaged_page_is_read_or_says_why_not()
    {
        var page = Encoding.UTF8.GetBytes(Pages.Article(
            Pages.Paragraph + "<table><tr><th>A<th>B<tr><td>1<td>2</table><ul><li>x<li>y</ul><pre><code>z</code></pre>" + Pages.Paragraph + Pages.Paragraph + Pages.Paragraph + Pages.Paragraph));

        Prop.ForAll(Damage.Of(page).ToArbitrary(), bytes =>
        {
            try
            {
                Pages.Read(bytes).AssertSound(string.IsNullOrWhiteSpace);
            }
            catch (UnreadableDocumentException exception)
            {
                Assert.False(string.IsNullOrWhiteSpace(exception.Message));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }
}

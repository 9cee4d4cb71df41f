using Assistant.Core.Documents;

namespace Assistant.Documents.Tests.Html;

public sealed class HtmlTableTests
{
    [Theory]
    [InlineData("<table><thead><tr><th>City<th>People</thead><tr><td>Kyiv<td>2.9 million<tr><td>Lviv<td>0.7 million</table>", "City: Kyiv; People: 2.9 million\nCity: Lviv; People: 0.7 million")]
    [InlineData("<table><tr><th>City<th>People<tr><td>Kyiv<td></table>", "City: Kyiv")]
    [InlineData("<table><tr><td><b>City</b><td><b>People</b><tr><td>Kyiv<td>2.9 million</table>", "City: Kyiv; People: 2.9 million")]
    [InlineData("<table><tr><td>Kyiv<td>2.9 million<tr><td>Lviv<td>0.7 million</table>", "Kyiv | 2.9 million\nLviv | 0.7 million")]
    [InlineData("<table><tr><th>Capital:<td>Kyiv<tr><th>People<td>41 million<td>2022</table>", "Capital: Kyiv\nPeople: 41 million | 2022")]
    [InlineData("<table><tr><th rowspan=2>City<th colspan=2>People<tr><th>2001<th>2022<tr><td>Kyiv<td>2.6<td>2.9</table>", "City: Kyiv; People 2001: 2.6; People 2022: 2.9")]
    [InlineData("<table><tr><th>Year<th>Event<tr><td rowspan=2>2022<td>first<tr><td>second</table>", "Year: 2022; Event: first\nYear: 2022; Event: second")]
    [InlineData("<table><tr><th>A<th>B<tr><td colspan=2>Group<tr><td>1<td>2</table>", "Group\nA: 1; B: 2")]
    public void Each_row_can_be_quoted_alone(string table, string rows)
    {
        var document = Pages.Read(table);

        Assert.Equal(rows, document.Text);
        Assert.All(document.Blocks, block => Assert.Equal(BlockKind.TableRow, block.Kind));
        document.AssertSound(string.IsNullOrWhiteSpace);
    }

    [Fact]
    public void A_caption_stands_before_the_rows()
    {
        var document = Pages.Read("<table><caption>Towns</caption><tr><th>Name<th>People<tr><td>Lviv<td>0.7</table>");

        Assert.Equal("Towns\n\nName: Lviv; People: 0.7", document.Text);
    }

    [Fact]
    public void A_table_that_arranges_a_page_is_read_as_paragraphs()
    {
        var document = Pages.Read("<table><tr><td><h2>News</h2><p>First paragraph.</p><p>Second paragraph.</p></td><td>Aside</td></tr></table>");

        Assert.Empty(document.Texts(BlockKind.TableRow));
        Assert.Equal(["First paragraph.", "Second paragraph.", "Aside"], document.Texts(BlockKind.Paragraph));
    }

    [Fact]
    public void Cells_that_ask_for_thousands_of_rows_and_columns_do_not_fill_the_memory()
    {
        var html = "<table>" + string.Concat(Enumerable.Repeat("<tr><td rowspan=65534 colspan=1000>x<td rowspan=65534>y</tr>", 3000)) + "</table>";

        Assert.InRange(Pages.Read(html).Text.Length, 3000, 20 * html.Length);
    }
}

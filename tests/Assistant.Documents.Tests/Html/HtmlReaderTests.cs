using System.Text;
using Assistant.Core.Documents;

namespace Assistant.Documents.Tests.Html;

public sealed class HtmlReaderTests
{
    [Fact]
    public void An_article_is_read_without_what_stands_around_it()
    {
        var document = Pages.Read(Pages.Article(string.Concat(Enumerable.Repeat(Pages.Paragraph, 6)) + "<h2>What comes next</h2>" + Pages.Paragraph));

        Assert.Contains("The harbour of the old town was dredged again", document.Text, StringComparison.Ordinal);
        Assert.Contains("What comes next", document.Sections.Select(section => section.Heading));
        foreach (var boilerplate in (string[])["menu", "cookies", "Buy our", "disagree", "Copyright", "Imprint", "hidden", "script", "Accept", "color"])
        {
            Assert.DoesNotContain(boilerplate, document.Text, StringComparison.Ordinal);
        }

        document.AssertSound(string.IsNullOrWhiteSpace);
    }

    [Fact]
    public void A_short_page_loses_its_boilerplate_and_nothing_else()
    {
        var document = Pages.Read(Pages.Article("<p>Open from Monday.</p>"));

        Assert.Equal("The harbour opens again\n\nOpen from Monday.", document.Text);
        Assert.Empty(document.Sections);
    }

    [Fact]
    public void A_page_says_its_title_date_author_address_site_and_language()
    {
        var document = Pages.Read(Pages.Article(Pages.Paragraph));

        Assert.Equal("The harbour opens again", document.Title);
        Assert.Equal(
            new DocumentMetadata
            {
                Language = "en",
                Date = new DateOnly(2024, 5, 17),
                Author = "Mary Sands",
                Source = "The Coast Herald",
                Url = "https://coast.example/harbour",
            },
            document.Metadata);
    }

    [Fact]
    public void Metadata_are_read_from_JSON_LD_too()
    {
        var document = Pages.Read("""
            <title>x</title>
            <script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "no"}, {"@type": "NewsArticle", "headline": "Bees return",
            "author": [{"@type": "Person", "name": "Ann Hill"}], "publisher": {"name": "Valley News"}, "datePublished": "2023-02-01"}]}</script>
            <script type="application/ld+json">{ broken</script>
            <p>Bees are back.</p>
            """);

        Assert.Equal("Bees return", document.Title);
        Assert.Equal(("Ann Hill", "Valley News", new DateOnly(2023, 2, 1)), (document.Metadata.Author, document.Metadata.Source, document.Metadata.Date));
    }

    [Theory]
    [InlineData("2024-05-17", "2024-05-17")]
    [InlineData("20240517", "2024-05-17")]
    [InlineData("Fri, 17 May 2024 10:00:00 GMT", "2024-05-17")]
    [InlineData("May 17, 2024", "2024-05-17")]
    [InlineData("03/04/2015", null)]
    [InlineData("2024-13-41", null)]
    [InlineData("2024", null)]
    [InlineData("yesterday", null)]
    public void A_date_is_a_whole_day_or_nothing(string text, string? day) =>
        Assert.Equal(day is null ? null : DateOnly.ParseExact(day, "yyyy-MM-dd", null), DateText.Parse(text));

    [Theory]
    [InlineData("<title>Options — Tool 2.1</title><h1>Options<a href='#o'>¶</a></h1>", "Options")]
    [InlineData("<title>My trip « Blog</title><h1><a href='/'>Blog</a></h1>", "My trip")]
    [InlineData("<title>Herald | A long day at sea</title><h1>A long day at sea</h1>", "A long day at sea")]
    [InlineData("<title>A day - The Herald</title><meta property='og:site_name' content='The Herald - News'>", "A day")]
    [InlineData("<title>Plain</title>", "Plain")]
    [InlineData("<h1>Only a heading</h1>", "Only a heading")]
    [InlineData("", null)]
    public void The_title_is_the_page_s_without_the_site_s(string head, string? title) =>
        Assert.Equal(title, Pages.Read(head + "<p>Words.</p>").Title);

    [Fact]
    public void Structure_becomes_blocks()
    {
        var document = Pages.Read("""
            <h1>Guide</h1><p>First<br>second line.<br><br>New   paragraph with soft&shy;hyphen.</p>
            <ul><li>one<ul><li>one a</li></ul></li><li>two</li></ul>
            <h2>Install <a href="#install">¶</a></h2><pre><code>$ make
              install</code></pre>
            <h3>Deeper</h3><blockquote>Quoted.</blockquote>
            """);

        Assert.Equal(["First\nsecond line.", "New paragraph with softhyphen.", "Quoted."], document.Texts(BlockKind.Paragraph));
        Assert.Equal(["one", "one a", "two"], document.Texts(BlockKind.ListItem));
        Assert.Equal(["$ make\n  install"], document.Texts(BlockKind.Code));
        Assert.Equal("Guide", document.Title);
        Assert.Equal([["Install"], ["Install", "Deeper"]], document.Sections.Select(section => section.Path.ToArray()));
        document.AssertSound(string.IsNullOrWhiteSpace);
    }

    [Theory]
    [InlineData("<p>Just a fragment.</p>", "Just a fragment.")]
    [InlineData("no markup at all", "no markup at all")]
    [InlineData("<body>loose <b>text</b><div>and a block</div>", "loose text\n\nand a block")]
    [InlineData("<body class='has-sidebar no-comments'><div id='footer'>All there is stands in a footer.</div>", "All there is stands in a footer.")]
    [InlineData("<ul><li><a href=a>Apples</a><li><a href=b>Pears</a></ul>", "Apples\nPears")]
    public void A_simple_page_is_never_lost(string html, string text) => Assert.Equal(text, Pages.Read(html).Text);

    [Fact]
    public void An_article_in_several_sections_of_equal_weight_is_kept_whole()
    {
        var sections = string.Concat(Enumerable.Range(1, 8).Select(number =>
            $"<div class='box'><div class='inner'><h2>Part {number}</h2><div>Chapter {number} tells of the year {1900 + number}, of its harvest, its weather, its feasts, and of the people who left the valley then.</div></div></div>"));

        var document = Pages.Read("<html><body><h1>Chronicle</h1>" + sections + "</body></html>");

        Assert.All(Enumerable.Range(1, 8), number => Assert.Contains($"the year {1900 + number}", document.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_not_text_of_the_page_stays_out()
    {
        var document = Pages.Read("""
            <p>outside <img src="data:image/png;base64,AAAA" alt="a picture"> text</p><iframe srcdoc="<p>inside</p>"></iframe><a href="data:text/plain,no">link words here</a> end
            <template><p>template</p></template><noscript>no script</noscript><select><option>choice</option></select><svg><text>drawn</text></svg><textarea>typed</textarea>
            """);

        Assert.Equal("outside text\n\nlink words here end", document.Text);
    }

    [Fact]
    public void A_formula_shown_as_a_picture_is_read_as_TeX()
    {
        var document = Pages.Read("""<p>It holds that <img class="mwe-math-fallback-image-inline" aria-hidden="true" alt="{\displaystyle A=A^{\dagger }}"> then.</p>""");

        Assert.Equal(@"It holds that A=A^{\dagger } then.", document.Text);
    }

    [Fact]
    public void Preformatted_prose_is_paragraphs_and_its_headings_are_headings()
    {
        var document = Pages.Read("""
            <pre>
            <span class="h2">1.  Terms</span>

               The words of this memo have their usual meaning, and they
               are not explained again.

               +-------+------+
               | field | size |
               +-------+------+
            </pre>
            """);

        Assert.Equal(["The words of this memo have their usual meaning, and they are not explained again."], document.Texts(BlockKind.Paragraph));
        Assert.Equal("1. Terms", document.Title);
        Assert.Single(document.Texts(BlockKind.Code));
    }

    [Fact]
    public void Self_closing_elements_of_XHTML_end_where_they_stand()
    {
        const string Page = """
            <?xml version="1.0" encoding="utf-8"?>
            <html xmlns="http://www.w3.org/1999/xhtml" xml:lang="de"><head><title/><script src="a.js"/></head>
            <body><a id="top"/><p>Erster <i/>Satz.</p><div/><p><![CDATA[1 < 2]]></p><br/></body></html>
            """;

        var document = Pages.Read(Page, "page.xhtml");

        Assert.Equal("Erster Satz.\n\n1 < 2", document.Text);
        Assert.Equal("de", document.Metadata.Language);
    }

    [Fact]
    public void A_false_charset_is_not_believed()
    {
        var windows1251 = CodePagesEncodingProvider.Instance.GetEncoding(1251) ?? throw new InvalidOperationException();
        var sentence = "Привет, мир! Это обычная страница на русском языке, и её кодировка указана неверно.";
        var page = windows1251.GetBytes($"<html><head><meta charset=\"utf-8\"></head><body><p>{sentence}</p><p>{sentence}</p></body></html>");

        Assert.StartsWith(sentence, Pages.Read(page).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<meta charset=koi8-r>")]
    [InlineData("<META http-equiv='Content-Type' content='text/html; charset=koi8-r'>")]
    public void A_declared_charset_is_found_behind_a_long_comment(string declaration)
    {
        var koi8 = CodePagesEncodingProvider.Instance.GetEncoding("koi8-r") ?? throw new InvalidOperationException();
        var page = koi8.GetBytes($"<!-- <meta charset=big5> {new string('x', 40_000)} --><html><head>{declaration}</head><body>Да</body></html>");

        Assert.Equal("Да", Pages.Read(page).Text);
    }

    [Fact]
    public void UTF_16_without_a_mark_is_read()
    {
        var document = Pages.Read(Encoding.Unicode.GetBytes("<html><head><meta charset=utf-8></head><body><p>Text in UTF-16 with 𐌓𐌀𐌔𐌍𐌀.</p></body></html>"));

        Assert.Equal("Text in UTF-16 with 𐌓𐌀𐌔𐌍𐌀.", document.Text);
    }
}

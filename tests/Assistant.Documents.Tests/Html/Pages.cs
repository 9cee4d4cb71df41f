using System.Text;
using Assistant.Core.Documents;
using Assistant.Documents.Html;

namespace Assistant.Documents.Tests.Html;

/// <summary>Pages made in the tests.</summary>
internal static class Pages
{
    /// <summary>A paragraph long enough to be taken for an article's.</summary>
    public const string Paragraph =
        "<p>The harbour of the old town was dredged again this spring, because sand had closed the way of the larger boats, and fishermen had to wait for the tide.</p>";

    /// <summary>A page as publishers make them: an article among everything that stands around one.</summary>
    public static string Article(string article, string around = "") => $$"""
        <!DOCTYPE html>
        <html lang="en-GB">
        <head>
          <title>The harbour opens again | The Coast Herald</title>
          <meta property="og:site_name" content="The Coast Herald">
          <meta name="author" content="Mary Sands">
          <meta property="article:published_time" content="2024-05-17T23:30:00-05:00">
          <link rel="canonical" href="https://coast.example/harbour">
          <style>.x { color: red }</style>
          <script>var tracking = "script words";</script>
        </head>
        <body>
          <header class="site-header"><a href="/">Home</a> <nav><ul><li><a href="/news">News menu</a></li><li><a href="/sport">Sport menu</a></li></ul></nav></header>
          <div id="cookie-banner"><p>We use cookies to improve your experience, and our partners do so too, as you can read in our policy.</p><button>Accept</button></div>
          <main><article>
            <h1>The harbour opens again</h1>
            {{article}}
            <p style="display: none">hidden words</p>
            <p hidden>more hidden words</p>
          </article></main>
          <aside class="advertisement"><p>Buy our wonderful boats today, which are cheaper than ever, and sail away for free this summer.</p></aside>
          <section id="comments"><h3>Comments</h3><div class="comment"><p>I disagree with everything in this piece, said the first commenter, who reads it every day.</p></div></section>
          <footer><p>Copyright The Coast Herald. <a href="/imprint">Imprint</a></p></footer>
          {{around}}
        </body>
        </html>
        """;

    public static SourceDocument Read(string html, string name = "page.html") => Read(Encoding.UTF8.GetBytes(html), name);

    public static SourceDocument Read(byte[] bytes, string name = "page.html") =>
        new HtmlReader().Read(new DocumentFile(name, bytes), TestContext.Current.CancellationToken);

    public static string[] Texts(this SourceDocument document, BlockKind kind) =>
        [.. document.Blocks.Where(block => block.Kind == kind).Select(block => block.Span.Of(document.Text))];
}

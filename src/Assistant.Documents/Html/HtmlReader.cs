using Assistant.Core.Documents;

namespace Assistant.Documents.Html;

/// <summary>Reads web pages: what they are about, without navigation, banners, advertisements, comments and scripts.</summary>
public sealed class HtmlReader : IDocumentReader
{
    /// <summary>Largest file in bytes; the HTML standard on one page, among the largest that people publish, has 13 million.</summary>
    private const int MaximumLength = 14 << 20;

    /// <inheritdoc/>
    public string Fingerprint => "html/1";

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Extensions { get; } = [".html", ".htm", ".xhtml"];

    /// <inheritdoc/>
    public SourceDocument Read(DocumentFile file, CancellationToken cancellationToken)
    {
        var bytes = file.Content.Span;
        if (bytes.Length > MaximumLength)
        {
            throw new UnreadableDocumentException($"too large: {bytes.Length >> 20} MB of HTML, at most {MaximumLength >> 20} MB are read");
        }

        switch (FileSignature.Detect(bytes))
        {
            case FileKind.Empty:
                throw new UnreadableDocumentException("empty file");
            case not (FileKind.Html or FileKind.Xml or FileKind.Text) and var kind:
                throw new UnreadableDocumentException($"not really HTML: {kind.Name()}");
        }

        var text = TextDecoder.Decode(bytes, HtmlCharset.FindDeclared(bytes));
        var html = XhtmlText.IsXml(text) || file.Extension == ".xhtml" ? XhtmlText.ToHtml(text) : text;
        if (PageParser.TryParse(html, cancellationToken) is { } page)
        {
            var (title, metadata) = HtmlMetadata.Read(page);
            return Build(MainContent.Find(page, cancellationToken), title, metadata);
        }

        var flat = FlatPage.Read(html, cancellationToken);
        return Build(flat.Blocks, flat.Title, new DocumentMetadata { Language = LanguageTag.Normalize(flat.Language) });
    }

    private static SourceDocument Build(IReadOnlyList<HtmlBlock> blocks, string? title, DocumentMetadata metadata)
    {
        if (blocks.Count == 0)
        {
            throw new UnreadableDocumentException("no text: the page holds none, or a script puts it there");
        }

        var builder = new SourceDocumentBuilder();
        HtmlBlock.AddAll(blocks, builder);
        return builder.Build(title, metadata);
    }
}

using Assistant.Core.Documents;
using Assistant.Documents.Html;

namespace Assistant.Documents.Epub;

/// <summary>Reads EPUB books, versions 2 and 3: chapters in reading order, as sections.</summary>
public sealed class EpubReader : IDocumentReader
{
    /// <summary>How fonts are scrambled against copying; the text of such a book is free to read.</summary>
    private static readonly string[] FontObfuscation = ["http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"];

    /// <inheritdoc/>
    public string Fingerprint => "epub/1";

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Extensions { get; } = [".epub"];

    /// <inheritdoc/>
    public SourceDocument Read(DocumentFile file, CancellationToken cancellationToken)
    {
        switch (FileSignature.Detect(file.Content.Span))
        {
            case FileKind.Empty:
                throw new UnreadableDocumentException("empty file");
            case not (FileKind.Epub or FileKind.Zip) and var kind:
                throw new UnreadableDocumentException($"not really an EPUB: {kind.Name()}");
        }

        using var archive = EpubArchive.Open(file.Content);
        if (IsEncrypted(archive))
        {
            throw new UnreadableDocumentException("protected by DRM");
        }

        var package = EpubPackage.Read(archive);
        var blocks = ReadChapters(archive, package, cancellationToken);
        if (blocks.Count == 0)
        {
            throw new UnreadableDocumentException("no text: the book's chapters are empty, pictures or missing");
        }

        var builder = new SourceDocumentBuilder();
        HtmlBlock.AddAll(blocks, builder);
        return builder.Build(package.Title, package.ReadMetadata());
    }

    private static bool IsEncrypted(EpubArchive archive) => archive.ReadXml("META-INF/encryption.xml")?.Descendants()
        .Where(element => element.Name.LocalName == "EncryptedData")
        .SelectMany(data => data.Elements().Where(child => child.Name.LocalName == "EncryptionMethod"))
        .Any(method => !FontObfuscation.Contains((string?)method.Attribute("Algorithm"))) ?? false;

    private static BlockList ReadChapters(EpubArchive archive, EpubPackage package, CancellationToken cancellationToken)
    {
        var titles = ChapterTitles.Read(archive, package, cancellationToken);
        var blocks = new BlockList();
        foreach (var path in package.Chapters)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // Books name chapters that are not there, and readers turn the page; so does this one.
            if (archive.Read(path) is { } bytes)
            {
                blocks.AddRange(WithHeading(ReadChapter(bytes, cancellationToken), titles.GetValueOrDefault(path)));
            }
        }

        return blocks;
    }

    private static IReadOnlyList<HtmlBlock> ReadChapter(byte[] bytes, CancellationToken cancellationToken)
    {
        var html = XhtmlText.ToHtml(TextDecoder.Decode(bytes, HtmlCharset.FindDeclared(bytes)));
        return PageParser.TryParse(html, cancellationToken) is not { } page ? FlatPage.Read(html, cancellationToken).Blocks
            : page.Body is { } body ? BlockCollector.Collect(body, HtmlElements.IsHidden)
            : [];
    }

    /// <summary>A chapter without a heading of its own gets the one of the table of contents, in place of a first line that says the same.</summary>
    private static IEnumerable<HtmlBlock> WithHeading(IReadOnlyList<HtmlBlock> chapter, string? title)
    {
        if (title is null || chapter.Count == 0 || chapter.Any(block => block.Kind == BlockKind.Heading))
        {
            return chapter;
        }

        var repeated = string.Equals(chapter[0].Text, title, StringComparison.OrdinalIgnoreCase);
        return chapter.Skip(repeated ? 1 : 0).Prepend(new HtmlBlock(BlockKind.Heading, 1, title, 0));
    }
}

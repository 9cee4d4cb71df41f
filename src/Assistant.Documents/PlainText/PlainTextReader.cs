using Assistant.Core.Documents;

namespace Assistant.Documents.PlainText;

/// <summary>Reads plain text in any encoding. Its text is the file's, only without a byte-order mark.</summary>
public sealed class PlainTextReader : IDocumentReader
{
    /// <inheritdoc/>
    public string Fingerprint => "text/1";

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Extensions { get; } = [".txt", ".text"];

    /// <inheritdoc/>
    public SourceDocument Read(DocumentFile file, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        cancellationToken.ThrowIfCancellationRequested();
        return PlainTextOutline.Of(TextFile.Decode(file));
    }
}

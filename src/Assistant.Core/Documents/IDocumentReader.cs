namespace Assistant.Core.Documents;

/// <summary>The bytes of one file of the corpus, read once: what is hashed is what is parsed.</summary>
/// <param name="DocumentId">Path relative to the corpus, with <c>/</c>.</param>
/// <param name="Content">The file's bytes.</param>
public sealed record DocumentFile(string DocumentId, ReadOnlyMemory<byte> Content)
{
    /// <summary>The file name's extension in lower case with its dot, or an empty string.</summary>
    public string Extension => Path.GetExtension(DocumentId).ToLowerInvariant();
}

/// <summary>Turns the bytes of one file format into text with structure.</summary>
public interface IDocumentReader
{
    /// <summary>
    /// Name and version of the format's rules, e.g. <c>markdown/1</c>. Part of the index's fingerprint:
    /// raise it when the same bytes would give another text or structure.
    /// </summary>
    string Fingerprint { get; }

    /// <summary>File name extensions this reader is asked for, in lower case with their dot.</summary>
    IReadOnlyCollection<string> Extensions { get; }

    /// <summary>Reads the file. Thread-safe; the same bytes give the same document.</summary>
    /// <exception cref="UnreadableDocumentException">The file cannot be read; the message says why in a person's words.</exception>
    SourceDocument Read(DocumentFile file, CancellationToken cancellationToken);
}

/// <summary>A file that cannot be read. The message is shown to people as it stands: “password-protected”, “not really a PDF: HTML”.</summary>
public sealed class UnreadableDocumentException : Exception
{
    /// <summary>Creates the error with a reason in a person's words.</summary>
    public UnreadableDocumentException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the error with a reason in a person's words and what caused it.</summary>
    public UnreadableDocumentException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

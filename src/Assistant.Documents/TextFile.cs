using Assistant.Core.Documents;

namespace Assistant.Documents;

/// <summary>Files that are text themselves.</summary>
internal static class TextFile
{
    /// <summary>The text of a file that should be text in some encoding.</summary>
    /// <exception cref="UnreadableDocumentException">The file holds binary data.</exception>
    public static string Decode(DocumentFile file)
    {
        var text = TextDecoder.Decode(file.Content.Span);
        return text.Contains('\0', StringComparison.Ordinal) ? throw new UnreadableDocumentException("not text: binary data") : text;
    }
}

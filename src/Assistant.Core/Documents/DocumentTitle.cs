namespace Assistant.Core.Documents;

/// <summary>Titles of documents that have none of their own.</summary>
public static class DocumentTitle
{
    /// <summary>A title made of the file name: no folder, no extension, separators as spaces, the first letter large.</summary>
    public static string FromFileName(string documentId)
    {
        var name = Path.GetFileNameWithoutExtension(documentId);
        var words = string.Join(' ', name.Split(['-', '_', ' ', '.'], StringSplitOptions.RemoveEmptyEntries));
        return words.Length == 0 ? documentId : char.ToUpperInvariant(words[0]) + words[1..];
    }
}

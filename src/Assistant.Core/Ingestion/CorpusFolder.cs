using System.IO.Enumeration;
using System.Security.Cryptography;
using Assistant.Core.Documents;

namespace Assistant.Core.Ingestion;

/// <summary>
/// The folder of source files. Hidden files and folders and editors' temporary files are no documents; links to folders
/// are not followed, links to files are.
/// </summary>
/// <param name="path">The folder.</param>
public sealed class CorpusFolder(string path)
{
    /// <summary>The largest file that is read, in bytes: 100 MB.</summary>
    public const long LargestFile = 100_000_000;

    /// <summary>The folder's full path.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>The ids of all files, readable or not, in ordinal order.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder; the message says what to do.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or one in it cannot be listed: its documents must not be taken for deleted.</exception>
    public IReadOnlyList<string> List(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(Path))
        {
            throw new DirectoryNotFoundException(
                $"The corpus folder '{Path}' does not exist. Make it, or name another one with the setting Assistant:Corpus:Path.");
        }

        var files = new FileSystemEnumerable<string>(
            Path,
            (ref FileSystemEntry entry) => System.IO.Path.GetRelativePath(Path, entry.ToFullPath()).Replace(System.IO.Path.DirectorySeparatorChar, '/'),
            new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = false, AttributesToSkip = FileAttributes.None })
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) =>
                !entry.IsDirectory && !IsHidden(ref entry) && !IsTemporary(entry.FileName),
            ShouldRecursePredicate = (ref FileSystemEntry entry) =>
                !IsHidden(ref entry) && !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        };
        var ids = new List<string>();
        foreach (var id in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ids.Add(id);
        }

        ids.Sort(StringComparer.Ordinal);
        return ids;
    }

    /// <summary>Reads a file once.</summary>
    /// <exception cref="UnreadableDocumentException">It is gone, too large or cannot be opened.</exception>
    public DocumentFile Read(string documentId) => new(documentId, Open(documentId, stream =>
    {
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }));

    /// <summary>SHA-256 of a file's bytes, as 64 lower-case hexadecimal digits.</summary>
    /// <exception cref="UnreadableDocumentException">It is gone, too large or cannot be opened.</exception>
    public string Hash(string documentId) => Open(documentId, stream => Convert.ToHexStringLower(SHA256.HashData(stream)));

    /// <summary>SHA-256 of bytes that were read, as 64 lower-case hexadecimal digits.</summary>
    public static string Hash(DocumentFile file) => Convert.ToHexStringLower(SHA256.HashData(file.Content.Span));

    private T Open<T>(string documentId, Func<FileStream, T> read)
    {
        try
        {
            using var stream = new FileStream(
                System.IO.Path.Combine(Path, documentId), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            return stream.Length <= LargestFile
                ? read(stream)
                : throw new UnreadableDocumentException(
                    $"too large: {stream.Length / 1_000_000} MB, at most {LargestFile / 1_000_000} MB are read");
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UnreadableDocumentException("the file was deleted while the folder was read", error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new UnreadableDocumentException("no permission to read the file", error);
        }
        catch (EndOfStreamException error)
        {
            throw new UnreadableDocumentException("the file changed while it was read", error);
        }
        catch (IOException error)
        {
            throw new UnreadableDocumentException($"the file cannot be read: {error.Message}", error);
        }
    }

    private static bool IsHidden(ref FileSystemEntry entry) => entry.FileName.StartsWith('.') || entry.IsHidden;

    // Word and LibreOffice (~$x), Emacs (x~, #x#). Vim's .x.swp is hidden anyway.
    private static bool IsTemporary(ReadOnlySpan<char> name) =>
        name.StartsWith("~$", StringComparison.Ordinal) || name.EndsWith('~') || (name.Length > 1 && name.StartsWith('#') && name.EndsWith('#'));
}

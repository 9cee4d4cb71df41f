using System.IO.Enumeration;
using System.Security.Cryptography;
using Assistant.Core.Documents;

namespace Assistant.Core.Ingestion;

/// <summary>
/// The folder of source files. Hidden files and folders, editors' temporary files and what <c>.assistantignore</c> in the
/// folder names are no documents; links to folders are not followed, links to files are.
/// </summary>
/// <param name="path">The folder.</param>
public sealed class CorpusFolder(string path)
{
    /// <summary>The largest file that is read, in bytes: 100 MB.</summary>
    public const long LargestFile = 100_000_000;

    private static readonly EnumerationOptions OneFolder = new() { IgnoreInaccessible = false, AttributesToSkip = FileAttributes.None };

    /// <summary>The folder's full path.</summary>
    public string Path { get; } = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));

    /// <summary>All files, readable or not, in ordinal order of their ids.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder; the message says what to do.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be listed.</exception>
    /// <exception cref="IOException">The folder or its <c>.assistantignore</c> cannot be read.</exception>
    internal CorpusListing List(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(Path))
        {
            throw new DirectoryNotFoundException(
                $"The corpus folder '{Path}' does not exist. Make it, or name another one with the setting Assistant:Corpus:Path.");
        }

        var rules = ReadRules();
        var files = new List<CorpusFile>();
        var unreadable = new List<UnreadableFolder>();
        var folders = new Stack<string>([""]);
        while (folders.TryPop(out var folder))
        {
            try
            {
                foreach (var (file, isFolder) in Entries(folder))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    if (rules.Ignore(file.DocumentId, isFolder))
                    {
                        continue;
                    }

                    if (isFolder)
                    {
                        folders.Push(file.DocumentId);
                    }
                    else
                    {
                        files.Add(file);
                    }
                }
            }
            catch (DirectoryNotFoundException) when (folder.Length > 0)
            {
                // Deleted since the folder above it was listed.
            }
            catch (Exception error) when (folder.Length > 0 && error is UnauthorizedAccessException or IOException)
            {
                unreadable.Add(new UnreadableFolder(
                    folder + "/", error is UnauthorizedAccessException ? "no permission to list the folder" : $"the folder cannot be listed: {error.Message}"));
            }
        }

        // A folder that failed half-way is not known, not even in part.
        files.RemoveAll(file => unreadable.Exists(folder => file.DocumentId.StartsWith(folder.Prefix, StringComparison.Ordinal)));
        files.Sort((left, right) => string.CompareOrdinal(left.DocumentId, right.DocumentId));
        return new CorpusListing(files, unreadable);
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

    private FileSystemEnumerable<(CorpusFile File, bool IsFolder)> Entries(string folder)
    {
        var prefix = folder.Length == 0 ? "" : folder + "/";
        return new FileSystemEnumerable<(CorpusFile, bool)>(
            System.IO.Path.Combine(Path, folder),
            (ref FileSystemEntry entry) => (
                new CorpusFile(
                    string.Concat(prefix, entry.FileName),
                    entry.IsDirectory ? 0 : entry.Length,
                    // A link tells nothing about the file it leads to.
                    entry.Attributes.HasFlag(FileAttributes.ReparsePoint) ? DateTime.MaxValue : entry.LastWriteTimeUtc.UtcDateTime),
                entry.IsDirectory),
            OneFolder)
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !IsHidden(ref entry)
                && (entry.IsDirectory ? !entry.Attributes.HasFlag(FileAttributes.ReparsePoint) : !IsTemporary(entry.FileName)),
        };
    }

    private IgnoreRules ReadRules()
    {
        try
        {
            return IgnoreRules.Parse(File.ReadAllText(System.IO.Path.Combine(Path, IgnoreRules.FileName)));
        }
        catch (FileNotFoundException)
        {
            return IgnoreRules.None;
        }
    }

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

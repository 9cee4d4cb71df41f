using System.Text;
using Assistant.Core.Documents;
using Assistant.Core.Ingestion;

namespace Assistant.Core.Tests.Ingestion;

public sealed class CorpusFolderTests : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("assistant-corpus-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => root.Delete(recursive: true);

    [Fact]
    public void Files_are_listed_by_their_relative_path_in_ordinal_order()
    {
        Write("b.md", "a b.txt", "B.md", "folder/z.md", "folder/deeper/a.md", "folder.md", "é.md", "noextension");

        Assert.Equal(
            ["B.md", "a b.txt", "b.md", "folder.md", "folder/deeper/a.md", "folder/z.md", "noextension", "é.md"],
            List());
    }

    [Fact]
    public void Hidden_and_temporary_files_are_no_documents()
    {
        Write(".hidden.md", ".git/config.md", "a/.obsidian/x.md", "~$report.docx", "notes.md~", ".notes.md.swp", "#notes.md#", "a~b.md", "#1.md", "#", "kept$.md");

        Assert.Equal(["#", "#1.md", "a~b.md", "kept$.md"], List());
    }

    [Fact]
    public void A_link_to_a_folder_is_not_followed_and_a_link_to_a_file_is()
    {
        Write("folder/a.md");
        File.CreateSymbolicLink(Path.Combine(root.FullName, "link.md"), Path.Combine(root.FullName, "folder", "a.md"));
        Directory.CreateSymbolicLink(Path.Combine(root.FullName, "folder", "round"), root.FullName);

        Assert.Equal(["folder/a.md", "link.md"], List());
        Assert.Equal("folder/a.md", Encoding.UTF8.GetString(Folder().Read("link.md").Content.Span));
    }

    [Fact]
    public void An_empty_folder_has_no_files() => Assert.Empty(List());

    [Fact]
    public void A_missing_folder_is_named_with_the_setting()
    {
        var missing = Path.Combine(root.FullName, "missing");

        var error = Assert.Throws<DirectoryNotFoundException>(() => new CorpusFolder(missing).List(Cancel));

        Assert.Contains(missing, error.Message, StringComparison.Ordinal);
        Assert.Contains("Assistant:Corpus:Path", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_read_has_the_hash_of_the_file()
    {
        Write("a/b.md");
        var file = Folder().Read("a/b.md");

        Assert.Equal("a/b.md", file.DocumentId);
        Assert.Equal("a/b.md"u8.ToArray(), file.Content.ToArray());
        Assert.Equal(Folder().Hash("a/b.md"), CorpusFolder.Hash(file));
        // SHA-256 of no bytes (FIPS 180-4 example values).
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", CorpusFolder.Hash(new DocumentFile("x", default)));
    }

    [Fact]
    public void A_file_that_vanished_says_so()
    {
        Assert.Contains("deleted", Assert.Throws<UnreadableDocumentException>(() => Folder().Read("gone.md")).Message, StringComparison.Ordinal);
        Assert.Contains("deleted", Assert.Throws<UnreadableDocumentException>(() => Folder().Hash("gone/gone.md")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_over_the_limit_says_how_large_it_is_and_may_be()
    {
        using (var large = File.Create(Path.Combine(root.FullName, "large.md")))
        {
            // Takes no room on disk: the file has a hole.
            large.SetLength(CorpusFolder.LargestFile + 1_000_000);
        }

        var error = Assert.Throws<UnreadableDocumentException>(() => Folder().Read("large.md"));
        Assert.Equal("too large: 101 MB, at most 100 MB are read", error.Message);
        Assert.Throws<UnreadableDocumentException>(() => Folder().Hash("large.md"));
    }

    [Fact]
    public void A_listing_can_be_cancelled()
    {
        Write("a.md");
        Assert.Throws<OperationCanceledException>(() => Folder().List(new CancellationToken(canceled: true)));
    }

    private IEnumerable<string> List() => Folder().List(Cancel).Files.Select(file => file.DocumentId);

    private CorpusFolder Folder() => new(root.FullName);

    private void Write(params string[] ids)
    {
        foreach (var id in ids)
        {
            var path = Path.Combine(root.FullName, id);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, id);
        }
    }
}

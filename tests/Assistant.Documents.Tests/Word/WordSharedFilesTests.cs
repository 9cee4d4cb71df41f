using Assistant.Documents.Word;
using FsCheck;
using FsCheck.Fluent;

namespace Assistant.Documents.Tests.Word;

public sealed class WordSharedFilesTests
{
    private static readonly WordReader Reader = new();

    [Fact]
    public void Real_files_give_the_strings_that_stand_in_them()
    {
        var (expected, missing) = DocumentAssert.Probe(Reader, "docx");

        // One of them leaves out the symbols that stand in the middle of it.
        Assert.True(missing.Count <= Math.Max(1, expected * 2 / 100), string.Join('\n', missing));
    }

    [Theory]
    [InlineData("testWORD_protected_passtika.docx", "password-protected")]
    [InlineData("really-text.docx", "not really a Word document: plain text")]
    [InlineData("zero-byte.docx", "empty file")]
    public void Real_files_that_cannot_be_read_say_why(string name, string message) =>
        Assert.Equal(message, DocumentAssert.Refusal(Reader, File.ReadAllBytes(SharedFiles.Require("documents/docx/" + name))));

    [Fact]
    public void Real_files_are_read_or_refused_in_words_however_they_are_damaged()
    {
        var files = Directory.GetFiles(SharedFiles.Require("documents/docx")).Select(File.ReadAllBytes).Where(file => file.Length is > 0 and < 60_000).ToArray();

        Prop.ForAll(DamagedFiles.Of(files), file => DocumentAssert.IsReadOrRefused(Reader, file))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }
}

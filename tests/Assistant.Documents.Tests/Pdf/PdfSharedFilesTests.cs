using Assistant.Documents.Pdf;
using FsCheck;
using FsCheck.Fluent;

namespace Assistant.Documents.Tests.Pdf;

public sealed class PdfSharedFilesTests
{
    private static readonly PdfReader Reader = new();

    [Fact]
    public void Real_files_give_the_strings_that_stand_in_them()
    {
        var (expected, missing) = DocumentAssert.Probe(Reader, "pdf");

        // One of them stands in the file four times in the same place and is read once.
        Assert.True(missing.Count <= Math.Max(1, expected * 2 / 100), string.Join('\n', missing));
    }

    [Theory]
    [InlineData("password.pdf", "password-protected")]
    [InlineData("testPDF_no_extract_no_accessibility_owner_user.pdf", "password-protected")]
    [InlineData("no-text-grayscale.pdf", "scanned: no text layer")]
    [InlineData("truncated.pdf", "truncated at byte 17412")]
    [InlineData("zero-byte.pdf", "empty file")]
    public void Real_files_that_cannot_be_read_say_why(string name, string message) =>
        Assert.Equal(message, DocumentAssert.Refusal(Reader, File.ReadAllBytes(SharedFiles.Require("documents/pdf/" + name))));

    [Fact]
    public void Real_files_are_read_or_refused_in_words_however_they_are_damaged()
    {
        var files = Directory.GetFiles(SharedFiles.Require("documents/pdf")).Select(File.ReadAllBytes).Where(file => file.Length is > 0 and < 60_000).ToArray();

        Prop.ForAll(DamagedFiles.Of(files), file => DocumentAssert.IsReadOrRefused(Reader, file))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }
}

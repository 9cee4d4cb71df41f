using Assistant.Core.Documents;

namespace Assistant.Documents.Tests.Epub;

public sealed class SharedEpubTests
{
    [Fact]
    public void Probe_strings_are_found()
    {
        var probes = Probes.Of(SharedFiles.Require("documents"), "epub/");
        var missing = probes
            .SelectMany(file => file.Value.Where(probe => !Probes.Spaced(ReadShared(Path.GetFileName(file.Key)).Text).Contains(Probes.Spaced(probe), StringComparison.Ordinal)))
            .ToArray();

        Assert.True(missing.Length <= 0.02 * probes.Sum(file => file.Value.Length), string.Join('\n', missing));
    }

    [Fact]
    public void Every_book_has_sound_spans_and_a_title_or_a_message()
    {
        foreach (var path in Directory.EnumerateFiles(SharedFiles.Require("documents/epub")))
        {
            if (new FileInfo(path).Length == 0)
            {
                Assert.Equal("empty file", Assert.Throws<UnreadableDocumentException>(() => ReadShared(Path.GetFileName(path))).Message);
                continue;
            }

            var document = ReadShared(Path.GetFileName(path));
            document.AssertSound(string.IsNullOrWhiteSpace);
            Assert.False(string.IsNullOrWhiteSpace(document.Title));
        }
    }

    private static SourceDocument ReadShared(string name) => Book.Read(File.ReadAllBytes(SharedFiles.Require("documents/epub/" + name)));
}

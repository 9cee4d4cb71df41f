using Assistant.Core.Documents;
using Assistant.Core.Ingestion;

namespace Assistant.Documents.Tests;

/// <summary>Reads files of binary formats and checks what holds for every document.</summary>
internal static class DocumentAssert
{
    /// <summary>Reads a file and checks that blocks, sections and pages are sound.</summary>
    public static SourceDocument Read(IDocumentReader reader, byte[] content, string name = "file")
    {
        var file = new DocumentFile(name + reader.Extensions.First(), content);
        // As files are read when they are ingested: damaged ones can recurse deep or loop for ever.
        var document = BoundedReading.Run(stop => reader.Read(file, stop), TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        document.AssertSound(string.IsNullOrWhiteSpace);
        Assert.Equal(document.PageStarts.Order(), document.PageStarts);
        Assert.All(document.PageStarts, start => Assert.InRange(start, 0, document.Text.Length));
        return document;
    }

    /// <summary>The message with which a reader refuses a file.</summary>
    public static string Refusal(IDocumentReader reader, byte[] content) =>
        Assert.Throws<UnreadableDocumentException>(() => Read(reader, content)).Message;

    /// <summary>Reads a file that may be damaged in any way: it is read soundly or refused in words.</summary>
    public static bool IsReadOrRefused(IDocumentReader reader, byte[] content)
    {
        try
        {
            Read(reader, content);
            return true;
        }
        catch (UnreadableDocumentException exception)
        {
            return exception.Message.Length is > 5 and < 200;
        }
    }

    /// <summary>The texts of the blocks.</summary>
    public static string[] Texts(SourceDocument document) => [.. document.Blocks.Select(block => block.Span.Of(document.Text))];

    /// <summary>The page a text begins on, from 1.</summary>
    public static int PageOf(SourceDocument document, string text)
    {
        var start = document.Text.IndexOf(text, StringComparison.Ordinal);
        Assert.True(start >= 0, $"“{text}” is not in the document.");
        return document.PageStarts.Count(page => page <= start);
    }

    /// <summary>The strings that the reference says must be found in the files of <paramref name="folder"/>, white space aside, and those that are not.</summary>
    public static (int Expected, IReadOnlyList<string> Missing) Probe(IDocumentReader reader, string folder)
    {
        var root = SharedFiles.Require("documents");
        var probes = Probes.Of(root, folder + "/");
        var missing = new List<string>();
        foreach (var (file, strings) in probes)
        {
            var text = Probes.Spaced(Read(reader, File.ReadAllBytes(Path.Combine(root, file)), Path.GetFileNameWithoutExtension(file)).Text);
            missing.AddRange(strings.Where(wanted => !text.Contains(Probes.Spaced(wanted), StringComparison.Ordinal)).Select(wanted => $"{file}: {wanted}"));
        }

        return (probes.Sum(file => file.Value.Length), missing);
    }
}

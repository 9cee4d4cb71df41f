using System.Text.Json;
using Assistant.Core.Documents;

namespace Assistant.Documents.Tests;

/// <summary>What holds for every document that any reader makes.</summary>
internal static class DocumentAssert
{
    /// <summary>Reads a file and checks that the blocks cover the text in order and that sections and pages lie within it.</summary>
    public static SourceDocument Read(IDocumentReader reader, byte[] content, string name = "file")
    {
        var document = reader.Read(new DocumentFile(name + reader.Extensions.First(), content), TestContext.Current.CancellationToken);
        var covered = 0;
        foreach (var block in document.Blocks)
        {
            Assert.True(block.Span.Start >= covered && !block.Span.IsEmpty, $"Block {block} overlaps or is empty.");
            Assert.True(string.IsNullOrWhiteSpace(document.Text[covered..block.Span.Start]), $"Text before {block} belongs to no block.");
            covered = block.Span.End;
        }

        Assert.Equal(document.Text.Length, covered);
        Assert.All(document.Sections, section => Assert.StartsWith(section.Heading, section.Span.Of(document.Text), StringComparison.Ordinal));
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
        var probes = JsonSerializer.Deserialize<Dictionary<string, string[]>>(File.ReadAllText(Path.Combine(root, "probes.json")))!
            .Where(file => file.Key.StartsWith(folder + "/", StringComparison.Ordinal)).ToList();
        var missing = new List<string>();
        foreach (var (file, strings) in probes)
        {
            var text = Collapse(Read(reader, File.ReadAllBytes(Path.Combine(root, file)), Path.GetFileNameWithoutExtension(file)).Text);
            missing.AddRange(strings.Where(wanted => !text.Contains(Collapse(wanted), StringComparison.Ordinal)).Select(wanted => $"{file}: {wanted}"));
        }

        return (probes.Sum(file => file.Value.Length), missing);
    }

    private static string Collapse(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

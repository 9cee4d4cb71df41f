using System.Text;
using Assistant.Core.Documents;

namespace Assistant.Documents.Tests;

/// <summary>What is asked of every reader's documents.</summary>
internal static class Documents
{
    public static SourceDocument Read(this IDocumentReader reader, string text) => reader.Read(Encoding.UTF8.GetBytes(text));

    public static SourceDocument Read(this IDocumentReader reader, byte[] bytes) =>
        reader.Read(new DocumentFile("folder/file" + reader.Extensions.First(), bytes), CancellationToken.None);

    /// <summary>The blocks as kind and text, a line each, which is easier to read than spans.</summary>
    public static string[] Outline(this SourceDocument document) =>
        [.. document.Blocks.Select(block => $"{block.Kind}: {block.Span.Of(document.Text)}")];

    public static string[] Headings(this SourceDocument document) => [.. document.Sections.Select(section => section.Heading)];

    /// <summary>What stands between the blocks of plain text: white space, or the mark of a list's item.</summary>
    public static bool IsSpaceOrListMarker(string between) => between.Trim() is var mark
        && (mark is "" or "-" or "*" or "+" or "•" || (mark[^1] is '.' or ')' && mark[..^1].All(char.IsAsciiDigit)));

    /// <summary>Blocks and sections are ranges of the text, in order; blocks are trimmed, do not overlap and leave out only what <paramref name="mayStandBetween"/> allows.</summary>
    public static void AssertSound(this SourceDocument document, Func<string, bool> mayStandBetween)
    {
        var end = 0;
        foreach (var block in document.Blocks)
        {
            Assert.True(block.Span.Start >= end && !block.Span.IsEmpty);
            Assert.True(mayStandBetween(document.Text[end..block.Span.Start]), $"“{document.Text[end..block.Span.Start]}” is in no block");
            Assert.Equal(block.Span.Of(document.Text).Trim(), block.Span.Of(document.Text));
            end = block.Span.End;
        }

        Assert.True(mayStandBetween(document.Text[end..]));
        var headings = document.Blocks.Where(block => block.Kind == BlockKind.Heading).Select(block => block.Span.Start).ToHashSet();
        var start = 0;
        foreach (var section in document.Sections)
        {
            Assert.True(section.Span.Start >= start && section.Span.End <= document.Text.Length);
            Assert.Contains(section.Span.Start, headings);
            Assert.Equal(section.Heading, document.Text.Substring(section.Span.Start, section.Heading.Length));
            start = section.Span.Start;
        }
    }
}

using System.Buffers;
using AngleSharp.Dom;
using Assistant.Core.Documents;

namespace Assistant.Documents.Html;

/// <summary>Preformatted text: mostly code, but also letters, RFCs and poems that someone put into a page as they were.</summary>
internal static class PreformattedText
{
    private static readonly SearchValues<char> CodeSigns = SearchValues.Create("{}<>=|\\_$#@^~`+;&%*/");

    private static readonly string[] CodeMarks = ["code", "highlight", "source", "src", "brush", "language", "lang", "prettyprint", "terminal", "console", "shell"];

    /// <summary>Whether the mark-up says that the element holds code.</summary>
    public static bool IsCode(IElement element) =>
        element.QuerySelector("code, kbd, samp") is not null
        || CodeMarks.Any(mark => Mentions(element, mark) || (element.ParentElement is { } parent && Mentions(parent, mark)));

    /// <summary>
    /// Code stays one block. Other text becomes a block per stretch without an empty line, a paragraph when it reads like prose,
    /// with its lines joined, else code.
    /// </summary>
    public static IEnumerable<HtmlBlock> Split(string text, bool isCode)
    {
        if (isCode)
        {
            return TrimBlankLines(text) is { Length: > 0 } code ? [new HtmlBlock(BlockKind.Code, 0, code, 0)] : [];
        }

        return SplitAtEmptyLines(text)
            .Select(part => ReadsLikeProse(part)
                ? new HtmlBlock(BlockKind.Paragraph, 0, string.Join(' ', part.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), 0)
                : new HtmlBlock(BlockKind.Code, 0, TrimBlankLines(part), 0));
    }

    private static bool Mentions(IElement element, string mark) =>
        element.ClassName?.Contains(mark, StringComparison.OrdinalIgnoreCase) ?? false;

    private static List<string> SplitAtEmptyLines(string text)
    {
        var parts = new List<string>();
        var lines = new List<string>();
        foreach (var line in text.Split('\n').Append(""))
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                lines.Add(line.TrimEnd());
            }
            else if (lines.Count > 0)
            {
                parts.Add(string.Join('\n', lines));
                lines.Clear();
            }
        }

        return parts;
    }

    /// <summary>The same indentation on every line but the first, no columns, hardly a sign that programming languages are full of.</summary>
    private static bool ReadsLikeProse(string part)
    {
        var lines = part.Split('\n');
        var indentations = lines.Skip(1).Select(line => line.Length - line.TrimStart().Length).Distinct().Count();
        var hasColumns = lines.Any(line => line.AsSpan().Trim() is var content
            && (content.Contains("   ", StringComparison.Ordinal) || content.Contains("....", StringComparison.Ordinal)));
        var signs = 0;
        foreach (var character in part)
        {
            signs += CodeSigns.Contains(character) ? 1 : 0;
        }

        return indentations <= 1 && !hasColumns && signs * 33 <= part.Length;
    }

    /// <summary>Without empty lines at the ends; the first line keeps its indentation.</summary>
    private static string TrimBlankLines(string text)
    {
        var lines = text.Split('\n');
        var first = Array.FindIndex(lines, line => !string.IsNullOrWhiteSpace(line));
        var last = Array.FindLastIndex(lines, line => !string.IsNullOrWhiteSpace(line));
        return first < 0 ? "" : string.Join('\n', lines[first..(last + 1)].Select(line => line.TrimEnd()));
    }
}

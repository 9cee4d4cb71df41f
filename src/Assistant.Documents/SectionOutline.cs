using Assistant.Core.Documents;

namespace Assistant.Documents;

/// <summary>Where a heading stands.</summary>
/// <param name="Level">1 for an outermost heading.</param>
/// <param name="Text">The heading.</param>
/// <param name="Start">Index of its first character in the document's text.</param>
internal readonly record struct HeadingMark(int Level, string Text, int Start);

/// <summary>Makes sections of headings.</summary>
internal static class SectionOutline
{
    /// <summary>The sections that <paramref name="headings"/>, in reading order, open in a text of <paramref name="textLength"/> code units.</summary>
    public static IReadOnlyList<Section> Build(IReadOnlyList<HeadingMark> headings, int textLength)
    {
        var sections = new Section[headings.Count];
        // Open sections from the outermost to the innermost, as indexes into headings.
        var open = new Stack<int>();
        for (var i = 0; i < headings.Count; i++)
        {
            while (open.TryPeek(out var last) && headings[last].Level >= headings[i].Level)
            {
                Close(open.Pop(), headings[i].Start);
            }

            IReadOnlyList<string> path = open.TryPeek(out var parent)
                ? [.. sections[parent].Path, headings[i].Text]
                : [headings[i].Text];
            sections[i] = new Section(path, headings[i].Level, new TextSpan(headings[i].Start, textLength));
            open.Push(i);
        }

        return sections;

        void Close(int index, int end) =>
            sections[index] = sections[index] with { Span = new TextSpan(headings[index].Start, end) };
    }
}

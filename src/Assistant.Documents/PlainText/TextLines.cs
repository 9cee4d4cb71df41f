using Assistant.Core.Documents;

namespace Assistant.Documents.PlainText;

/// <summary>A line that is not blank.</summary>
/// <param name="Span">The line without the white space around it.</param>
/// <param name="StartsGroup">Whether a blank line, or nothing, stands before it.</param>
internal readonly record struct TextLine(TextSpan Span, bool StartsGroup);

/// <summary>The lines of a text.</summary>
internal static class TextLines
{
    private const string Breaks = "\n\r\f\u2028\u2029";

    public static List<TextLine> Of(string text)
    {
        var lines = new List<TextLine>();
        var startsGroup = true;
        for (var position = 0; position < text.Length;)
        {
            var length = text.AsSpan(position).IndexOfAny(Breaks);
            var end = length < 0 ? text.Length : position + length;
            var line = text.AsSpan(position, end - position);
            var start = position + (line.Length - line.TrimStart().Length);
            if (start < end)
            {
                lines.Add(new TextLine(new TextSpan(start, start + line.Trim().Length), startsGroup));
            }

            position = end + (end + 1 < text.Length && text[end] == '\r' && text[end + 1] == '\n' ? 2 : 1);
            startsGroup = start == end || (end < text.Length && text[end] is '\f' or '\u2029');
        }

        return lines;
    }
}

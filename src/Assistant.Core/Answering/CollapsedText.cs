using System.Text;
using Assistant.Core.Documents;

namespace Assistant.Core.Answering;

/// <summary>A text with every run of white space as one space, and the way back to where each character came from.</summary>
internal sealed class CollapsedText
{
    private readonly List<int> origins = [];

    public CollapsedText(string text)
    {
        var collapsed = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var isSpace = char.IsWhiteSpace(text[i]);
            if (!isSpace || (i > 0 && !char.IsWhiteSpace(text[i - 1])))
            {
                collapsed.Append(isSpace ? ' ' : text[i]);
                origins.Add(i);
            }
        }

        Text = collapsed.ToString();
    }

    /// <summary>The collapsed text.</summary>
    public string Text { get; }

    /// <summary>The text with white space collapsed and none at its ends.</summary>
    public static string Of(string text) => new CollapsedText(text).Text.Trim();

    /// <summary>Where <paramref name="collapsed"/> (from <see cref="Of"/>) stands as whole words, as a range of the source; null when nowhere.</summary>
    public TextSpan? Find(string collapsed)
    {
        for (var at = Text.IndexOf(collapsed, StringComparison.Ordinal); at >= 0; at = Text.IndexOf(collapsed, at + 1, StringComparison.Ordinal))
        {
            var end = at + collapsed.Length;
            if (!IsInsideWord(Text, at) && !IsInsideWord(Text, end))
            {
                return new TextSpan(origins[at], origins[end - 1] + 1);
            }
        }

        return null;
    }

    private static bool IsInsideWord(string text, int position) =>
        position > 0 && position < text.Length && char.IsLetterOrDigit(text[position - 1]) && char.IsLetterOrDigit(text[position]);
}

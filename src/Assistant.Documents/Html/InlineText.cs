using System.Text;

namespace Assistant.Documents.Html;

/// <summary>Collects the text of one block the way browsers show it: white space collapsed unless preformatted, line breaks where the page has them.</summary>
internal sealed class InlineText
{
    private const char SoftHyphen = '\u00AD';

    private readonly StringBuilder text = new();
    private bool spacePending;

    /// <summary>Number of characters collected.</summary>
    public int Length => text.Length;

    /// <summary>Adds text in which any white space is one space.</summary>
    public void Append(ReadOnlySpan<char> content)
    {
        foreach (var character in content)
        {
            if (char.IsWhiteSpace(character))
            {
                spacePending = true;
            }
            else if (!IsInvisible(character))
            {
                AppendPendingSpace();
                text.Append(character);
            }
        }
    }

    /// <summary>Adds text whose white space counts.</summary>
    public void AppendPreformatted(ReadOnlySpan<char> content)
    {
        AppendPendingSpace();
        foreach (var character in content)
        {
            if (character != '\r' && !IsInvisible(character))
            {
                text.Append(character == '\u00A0' ? ' ' : character);
            }
        }
    }

    /// <summary>Ends the line.</summary>
    public void AppendLineBreak()
    {
        spacePending = false;
        if (text.Length > 0)
        {
            text.Append('\n');
        }
    }

    /// <summary>What was collected; then begins anew.</summary>
    public string Take()
    {
        var result = text.ToString();
        text.Clear();
        spacePending = false;
        return result;
    }

    private void AppendPendingSpace()
    {
        if (spacePending && text.Length > 0 && text[^1] is not (' ' or '\n'))
        {
            text.Append(' ');
        }

        spacePending = false;
    }

    // Break opportunities, not characters people read: they would keep a word from being found.
    private static bool IsInvisible(char character) => character is SoftHyphen or '\u200B' or '\u2060' or '\uFEFF' or '\0';
}

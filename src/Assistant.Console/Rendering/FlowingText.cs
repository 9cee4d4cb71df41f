using Spectre.Console;

namespace Assistant.Console.Rendering;

/// <summary>Text that arrives in pieces, wrapped to a readable width as it comes.</summary>
internal sealed class FlowingText(IAnsiConsole screen)
{
    private readonly int width = Math.Max(1, Math.Min(screen.Profile.Width, Palette.ReadableWidth));
    private int column;
    private bool owesSpace;

    /// <summary>Writes <paramref name="text"/>, which may hold anything, behind what was written before.</summary>
    public void Write(string text, Style style)
    {
        var clean = SafeText.Collapse(text);
        var words = clean.Split(' ');
        for (var i = 0; i < words.Length; i++)
        {
            owesSpace |= i > 0;
            if (words[i].Length > 0)
            {
                WriteWord(words[i], style);
            }
        }
    }

    /// <summary>Ends the last line, if there is one that has not ended.</summary>
    public void End()
    {
        if (column > 0)
        {
            screen.WriteLine();
        }

        (column, owesSpace) = (0, false);
    }

    private void WriteWord(string word, Style style)
    {
        var cells = Cells.Count(word);
        if (column > 0 && owesSpace && column + 1 + cells > width)
        {
            screen.WriteLine();
            column = 0;
        }
        else if (column > 0 && owesSpace)
        {
            screen.Write(new Text(" "));
            column++;
        }

        owesSpace = false;
        screen.Write(new Text(word, style));
        column += cells;
    }
}

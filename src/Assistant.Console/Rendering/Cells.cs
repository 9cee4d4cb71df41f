using System.Globalization;
using System.Text;
using Spectre.Console.Rendering;

namespace Assistant.Console.Rendering;

/// <summary>Widths of text on a screen.</summary>
internal static class Cells
{
    /// <summary>How many cells <paramref name="text"/> takes.</summary>
    public static int Count(string text) => new Segment(text).CellCount();

    /// <summary><paramref name="text"/> when it fits into <paramref name="width"/> cells, else its beginning and an ellipsis.</summary>
    public static string Shorten(string text, int width)
    {
        if (Count(text) <= width)
        {
            return text;
        }

        var kept = new StringBuilder();
        var left = width - 1;
        foreach (var element in TextElements(text))
        {
            left -= Count(element);
            if (left < 0)
            {
                break;
            }

            kept.Append(element);
        }

        return kept.ToString().TrimEnd() + "…";
    }

    /// <summary>What a person sees as the characters of <paramref name="text"/>.</summary>
    public static IEnumerable<string> TextElements(string text)
    {
        for (var elements = StringInfo.GetTextElementEnumerator(text); elements.MoveNext();)
        {
            yield return elements.GetTextElement();
        }
    }
}

using System.Text;

namespace Assistant.Evaluation;

/// <summary>Writes plain text as Markdown that reads back as the same text.</summary>
internal static class Markdown
{
    public static void Write(string path, string title, IEnumerable<string> paragraphs)
    {
        var text = new StringBuilder();
        if (!string.IsNullOrWhiteSpace(title))
        {
            text.Append("# ").Append(Escape(title)).Append("\n\n");
        }

        foreach (var paragraph in paragraphs)
        {
            text.Append(Escape(paragraph)).Append("\n\n");
        }

        File.WriteAllText(path, text.ToString());
    }

    /// <summary>One line in which no character is mark-up: any ASCII punctuation may be escaped (CommonMark, section 2.4).</summary>
    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var c in string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
        {
            if (char.IsAscii(c) && char.IsPunctuation(c) || c is '<' or '>' or '`' or '|' or '~' or '^' or '$' or '+' or '=')
            {
                escaped.Append('\\');
            }

            escaped.Append(c);
        }

        return escaped.ToString();
    }
}

using Assistant.Console.LineEditing;

namespace Assistant.Console.Chat;

/// <summary>Where the lines of a chat come from.</summary>
internal interface ILineSource
{
    /// <summary>The next line; null at the end of the chat.</summary>
    string? ReadLine();
}

/// <summary>Lines of a file or pipe. Each is shown before its answer, so that what is printed can be read.</summary>
internal sealed class PipedLines(TextReader input, TextWriter output) : ILineSource
{
    /// <inheritdoc/>
    public string? ReadLine()
    {
        var line = input.ReadLine();
        if (!string.IsNullOrWhiteSpace(line))
        {
            output.WriteLine($"> {SafeText.OneLine(line)}");
        }

        return line;
    }
}

/// <summary>Lines that a person types. Ctrl+C clears the line, twice in a row it ends the chat.</summary>
internal sealed class TypedLines(LineEditor editor, Action<string> hint) : ILineSource
{
    private const string Prompt = "› ";
    private const string BoldTeal = "\x1b[1;36m";

    /// <inheritdoc/>
    public string? ReadLine()
    {
        for (var interrupted = false; ;)
        {
            var line = editor.ReadLine(Prompt, BoldTeal);
            if (line.End == LineEnd.Entered)
            {
                return line.Text;
            }

            if (line.End == LineEnd.EndOfInput || (interrupted && line.Text.Length == 0))
            {
                return null;
            }

            interrupted = true;
            hint("Ctrl+C once more, Ctrl+D or /quit ends the chat.");
        }
    }
}

/// <summary>Lines that a person types at a terminal that cannot move its cursor.</summary>
internal sealed class PlainLines(TextReader input, TextWriter output) : ILineSource
{
    /// <inheritdoc/>
    public string? ReadLine()
    {
        output.Write("> ");
        output.Flush();
        return input.ReadLine();
    }
}

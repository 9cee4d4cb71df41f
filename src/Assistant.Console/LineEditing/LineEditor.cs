using System.Globalization;
using System.Text;
using Assistant.Console.Rendering;

namespace Assistant.Console.LineEditing;

/// <summary>How editing a line ended.</summary>
internal enum LineEnd
{
    /// <summary>With Enter.</summary>
    Entered,

    /// <summary>With Ctrl+C.</summary>
    Interrupted,

    /// <summary>With Ctrl+D on an empty line.</summary>
    EndOfInput,
}

/// <summary>An edited line.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Text">What stood there.</param>
internal readonly record struct EditedLine(LineEnd End, string Text);

/// <summary>Reads lines from a keyboard, with the keys that shells have taught: arrows, Home, End, Ctrl+A, E, B, F, K, U, W, L, P, N.</summary>
internal sealed class LineEditor(IKeyboardScreen screen, LineHistory history)
{
    private readonly LineBuffer buffer = new();
    private int cursorRow;

    /// <summary>Reads a line. Entered lines go into the history.</summary>
    /// <param name="prompt">What stands before it, without escape sequences.</param>
    /// <param name="style">Escape sequence that the prompt is shown with; empty for none.</param>
    public EditedLine ReadLine(string prompt, string style = "")
    {
        buffer.Replace("");
        history.Reset();
        cursorRow = 0;
        Draw(prompt, style);
        while (true)
        {
            var key = screen.ReadKey();
            if (EndOf(key) is LineEnd end)
            {
                buffer.MoveEnd();
                Draw(prompt, style);
                screen.Write("\r\n");
                if (end == LineEnd.Entered)
                {
                    history.Add(buffer.Text);
                }

                return new EditedLine(end, buffer.Text);
            }

            if (IsControl(key, ConsoleKey.L))
            {
                screen.Write("\x1b[2J\x1b[H");
                cursorRow = 0;
            }
            else
            {
                Edit(key);
            }

            Draw(prompt, style);
        }
    }

    private LineEnd? EndOf(ConsoleKeyInfo key) => key switch
    {
        { Key: ConsoleKey.Enter } => LineEnd.Entered,
        _ when IsControl(key, ConsoleKey.C) => LineEnd.Interrupted,
        _ when IsControl(key, ConsoleKey.D) && buffer.Text.Length == 0 => LineEnd.EndOfInput,
        _ => null,
    };

    private void Edit(ConsoleKeyInfo key)
    {
        var control = key.Modifiers.HasFlag(ConsoleModifiers.Control);
        switch (key.Key)
        {
            case ConsoleKey.LeftArrow when control:
                buffer.MoveWordLeft();
                break;
            case ConsoleKey.RightArrow when control:
                buffer.MoveWordRight();
                break;
            case ConsoleKey.LeftArrow:
            case ConsoleKey.B when control:
                buffer.MoveLeft();
                break;
            case ConsoleKey.RightArrow:
            case ConsoleKey.F when control:
                buffer.MoveRight();
                break;
            case ConsoleKey.Home:
            case ConsoleKey.A when control:
                buffer.MoveHome();
                break;
            case ConsoleKey.End:
            case ConsoleKey.E when control:
                buffer.MoveEnd();
                break;
            case ConsoleKey.UpArrow:
            case ConsoleKey.P when control:
                ReplaceBy(history.Older(buffer.Text));
                break;
            case ConsoleKey.DownArrow:
            case ConsoleKey.N when control:
                ReplaceBy(history.Newer());
                break;
            case ConsoleKey.W when control:
            case ConsoleKey.Backspace when control || key.Modifiers.HasFlag(ConsoleModifiers.Alt):
                buffer.DeleteWordBackward();
                break;
            case ConsoleKey.Backspace:
                buffer.DeleteBackward();
                break;
            case ConsoleKey.Delete:
            case ConsoleKey.D when control:
                buffer.DeleteForward();
                break;
            case ConsoleKey.U when control:
                buffer.DeleteToStart();
                break;
            case ConsoleKey.K when control:
                buffer.DeleteToEnd();
                break;
            default:
                Type(key.KeyChar);
                break;
        }
    }

    private void Type(char character)
    {
        if (character == '\t')
        {
            buffer.Insert(" ");
        }
        else if (!char.IsControl(character))
        {
            buffer.Insert(character.ToString());
        }
    }

    private void ReplaceBy(string? line)
    {
        if (line is not null)
        {
            buffer.Replace(line);
        }
    }

    // The whole line is written anew at every key: nothing to keep in step, and a terminal is quicker than a hand.
    private void Draw(string prompt, string style)
    {
        var layout = LineLayout.Of(buffer.Text, buffer.Cursor, Cells.Count(prompt), screen.Width);
        var frame = new StringBuilder();
        Up(frame, cursorRow);
        frame.Append("\r\x1b[J").Append(style).Append(prompt).Append(style.Length > 0 ? "\x1b[0m" : "");
        frame.AppendJoin("\r\n", layout.Rows);
        Up(frame, layout.Rows.Count - 1 - layout.CursorRow);
        frame.Append('\r');
        if (layout.CursorColumn > 0)
        {
            frame.Append(CultureInfo.InvariantCulture, $"\x1b[{layout.CursorColumn}C");
        }

        screen.Write(frame.ToString());
        cursorRow = layout.CursorRow;
    }

    private static void Up(StringBuilder frame, int rows)
    {
        if (rows > 0)
        {
            frame.Append(CultureInfo.InvariantCulture, $"\x1b[{rows}A");
        }
    }

    private static bool IsControl(ConsoleKeyInfo key, ConsoleKey letter) =>
        key.Key == letter && key.Modifiers.HasFlag(ConsoleModifiers.Control);
}

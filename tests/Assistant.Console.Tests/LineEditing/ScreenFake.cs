using System.Globalization;
using System.Text;
using Assistant.Console.LineEditing;

namespace Assistant.Console.Tests.LineEditing;

/// <summary>A keyboard that plays back keys, and a screen that obeys the escape sequences the editor uses.</summary>
internal sealed class ScreenFake(int width, IEnumerable<ConsoleKeyInfo> keys) : IKeyboardScreen
{
    private readonly Queue<ConsoleKeyInfo> keys = new(keys);
    private readonly List<StringBuilder> rows = [new()];
    private int row;
    private int column;

    public int Width => width;

    /// <summary>What is seen, row by row, at the moment the last key is waited for.</summary>
    public IReadOnlyList<string> Seen { get; private set; } = [];

    /// <summary>Where the cursor is at that moment.</summary>
    public (int Row, int Column) Cursor { get; private set; }

    public ConsoleKeyInfo ReadKey()
    {
        if (keys.Count == 1)
        {
            Seen = [.. rows.Select(line => line.ToString().TrimEnd())];
            Cursor = (row, column);
        }

        return keys.Dequeue();
    }

    public void Write(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\r':
                    column = 0;
                    break;
                case '\n':
                    row++;
                    while (rows.Count <= row)
                    {
                        rows.Add(new());
                    }

                    break;
                case '\x1b':
                    i = Obey(text, i);
                    break;
                default:
                    Assert.True(column < width, "Written beyond the right edge.");
                    rows[row].Append(' ', Math.Max(0, column - rows[row].Length));
                    rows[row].Length = Math.Max(rows[row].Length, column + 1);
                    rows[row][column++] = text[i];
                    break;
            }
        }
    }

    private int Obey(string text, int start)
    {
        var end = start + 2;
        while (!char.IsAsciiLetter(text[end]))
        {
            end++;
        }

        var number = int.TryParse(text[(start + 2)..end], CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;
        switch (text[end])
        {
            case 'A':
                Assert.True(number <= row, "Moved above the first row.");
                row -= number;
                break;
            case 'C':
                column += number;
                break;
            case 'J' when number == 2:
                rows.ForEach(line => line.Clear());
                break;
            case 'J':
                rows[row].Length = Math.Min(rows[row].Length, column);
                rows.RemoveRange(row + 1, rows.Count - row - 1);
                break;
            case 'H':
                (row, column) = (0, 0);
                break;
            case 'm':
                break;
            default:
                Assert.Fail($"Unknown escape sequence {text[(start + 1)..(end + 1)]}");
                break;
        }

        return end;
    }
}

using System.Text;
using Assistant.Console.Rendering;

namespace Assistant.Console.LineEditing;

/// <summary>How a line, longer than the screen is wide perhaps, is laid out in rows.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="CursorRow">The cursor's row, from 0.</param>
/// <param name="CursorColumn">The cursor's column, from 0.</param>
internal sealed record LineLayout(IReadOnlyList<string> Rows, int CursorRow, int CursorColumn)
{
    /// <summary>Lays out <paramref name="text"/>.</summary>
    /// <param name="text">The line.</param>
    /// <param name="cursor">Index into it.</param>
    /// <param name="promptWidth">Cells taken by the prompt in the first row.</param>
    /// <param name="width">Cells of a row.</param>
    public static LineLayout Of(string text, int cursor, int promptWidth, int width)
    {
        var rows = new List<string>();
        var row = new StringBuilder();
        var (column, index) = (promptWidth, 0);
        var (cursorRow, cursorColumn) = (0, promptWidth);
        foreach (var element in Cells.TextElements(text))
        {
            var cells = Math.Max(0, Cells.Count(element));
            if (column + cells > width && column > 0)
            {
                Break();
            }

            if (index == cursor)
            {
                (cursorRow, cursorColumn) = (rows.Count, column);
            }

            row.Append(element);
            column += cells;
            index += element.Length;
        }

        // A full row has no place for the cursor behind its last character.
        if (column >= width)
        {
            Break();
        }

        if (index <= cursor)
        {
            (cursorRow, cursorColumn) = (rows.Count, column);
        }

        rows.Add(row.ToString());
        return new LineLayout(rows, cursorRow, cursorColumn);

        void Break()
        {
            rows.Add(row.ToString());
            row.Clear();
            column = 0;
        }
    }
}

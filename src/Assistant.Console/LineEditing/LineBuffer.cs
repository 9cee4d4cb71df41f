using System.Globalization;

namespace Assistant.Console.LineEditing;

/// <summary>A line being edited. The cursor stands between what people see as characters, never inside one.</summary>
internal sealed class LineBuffer
{
    /// <summary>What was typed.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Index into <see cref="Text"/>.</summary>
    public int Cursor { get; private set; }

    /// <summary>Replaces the whole line; the cursor goes to its end.</summary>
    public void Replace(string text)
    {
        Text = text;
        Cursor = text.Length;
    }

    /// <summary>Types <paramref name="text"/> at the cursor.</summary>
    public void Insert(string text)
    {
        Text = Text.Insert(Cursor, text);
        Cursor += text.Length;
    }

    public void MoveLeft() => Cursor = Previous();

    public void MoveRight() => Cursor = Next();

    public void MoveHome() => Cursor = 0;

    public void MoveEnd() => Cursor = Text.Length;

    public void MoveWordLeft() => Cursor = WordStart();

    public void MoveWordRight() => Cursor = WordEnd();

    public void DeleteBackward() => DeleteFrom(Previous(), Cursor);

    public void DeleteForward() => DeleteFrom(Cursor, Next());

    public void DeleteToStart() => DeleteFrom(0, Cursor);

    public void DeleteToEnd() => DeleteFrom(Cursor, Text.Length);

    public void DeleteWordBackward() => DeleteFrom(WordStart(), Cursor);

    private void DeleteFrom(int start, int end)
    {
        Text = Text.Remove(start, end - start);
        Cursor = start;
    }

    private int Previous()
    {
        var previous = 0;
        for (var next = 0; next < Cursor; next += StringInfo.GetNextTextElementLength(Text, next))
        {
            previous = next;
        }

        return previous;
    }

    private int Next() => Cursor == Text.Length ? Cursor : Cursor + StringInfo.GetNextTextElementLength(Text, Cursor);

    private int WordStart()
    {
        var start = Cursor;
        while (start > 0 && char.IsWhiteSpace(Text[start - 1]))
        {
            start--;
        }

        while (start > 0 && !char.IsWhiteSpace(Text[start - 1]))
        {
            start--;
        }

        return start;
    }

    private int WordEnd()
    {
        var end = Cursor;
        while (end < Text.Length && char.IsWhiteSpace(Text[end]))
        {
            end++;
        }

        while (end < Text.Length && !char.IsWhiteSpace(Text[end]))
        {
            end++;
        }

        return end;
    }
}

namespace Assistant.Console.LineEditing;

/// <summary>The lines entered before, and where one is while going through them.</summary>
internal sealed class LineHistory
{
    /// <summary>The most lines that are kept.</summary>
    public const int Capacity = 500;

    private readonly List<string> lines = [];
    private int position;
    private string draft = "";

    /// <summary>Keeps an entered line, unless it is blank or the same as the last, and returns to the end.</summary>
    public void Add(string line)
    {
        if (!string.IsNullOrWhiteSpace(line) && (lines.Count == 0 || lines[^1] != line))
        {
            lines.Add(line);
            if (lines.Count > Capacity)
            {
                lines.RemoveAt(0);
            }
        }

        Reset();
    }

    /// <summary>Returns to the end.</summary>
    public void Reset()
    {
        position = lines.Count;
        draft = "";
    }

    /// <summary>The line before; null when there is none.</summary>
    /// <param name="current">What stands in the editor: kept while going back from the end.</param>
    public string? Older(string current)
    {
        if (position == 0)
        {
            return null;
        }

        if (position == lines.Count)
        {
            draft = current;
        }

        return lines[--position];
    }

    /// <summary>The line after, in the end what was being typed; null when one is there already.</summary>
    public string? Newer()
    {
        if (position == lines.Count)
        {
            return null;
        }

        position++;
        return position == lines.Count ? draft : lines[position];
    }
}

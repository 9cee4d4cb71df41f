using Assistant.Core.Passages;

namespace Assistant.Core.Answering;

/// <summary>
/// A row of a table whose cells stand without their names, between tabs (as a PDF prints them, or a plain text): it is read, and quoted, under the
/// first row of its table.
/// </summary>
internal static class BareRow
{
    private const char Tab = '\t';

    /// <summary>The sentence of a passage that is the head of a row; null for the head itself and for what is no such row.</summary>
    /// <param name="passage">The passage.</param>
    /// <param name="row">Which of its sentences.</param>
    public static int? HeadOf(Passage passage, int row)
    {
        var first = row;
        while (first >= 0 && passage.Sentence(passage.Sentences[first]).Contains(Tab))
        {
            first--;
        }

        return first + 1 < row ? first + 1 : null;
    }

    /// <summary>A row with its cells named as other tables' are: “Country: France; Pledge: 2 billion”.</summary>
    public static string UnderHead(string head, string row)
    {
        var names = head.Split(Tab, StringSplitOptions.TrimEntries);
        var named = row.Split(Tab, StringSplitOptions.TrimEntries).Select((cell, column) => cell.Length > 0 && column < names.Length && names[column].Length > 0 ? $"{names[column]}: {cell}" : cell);
        return string.Join("; ", named.Where(cell => cell.Length > 0));
    }
}

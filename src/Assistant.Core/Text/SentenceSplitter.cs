using Assistant.Core.Documents;

namespace Assistant.Core.Text;

/// <summary>Finds the sentences of running text.</summary>
public static class SentenceSplitter
{
    /// <summary>
    /// The sentences of <paramref name="within"/> as ranges of <paramref name="text"/>: in order, without overlap, without
    /// white space at their ends, and together all of it that is not white space.
    /// </summary>
    public static IReadOnlyList<TextSpan> Split(string text, TextSpan within) => throw new NotImplementedException(text + within);
}

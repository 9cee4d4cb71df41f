namespace Assistant.Core.Retrieval;

/// <summary>How every store weighs words: BM25 (Robertson and Zaragoza 2009) over title, headings and text as one field.</summary>
public static class KeywordWeights
{
    /// <summary>How soon more occurrences of a term stop to count; SQLite's FTS5 has no other.</summary>
    public const double K1 = 1.2;

    /// <summary>How much a long passage is held against a term, 0 to 1; SQLite's FTS5 has no other.</summary>
    public const double B = 0.75;

    /// <summary>How much an occurrence in the title of the document counts.</summary>
    public const double Title = 1.0;

    /// <summary>How much an occurrence in the headings above the passage counts.</summary>
    public const double Headings = 1.0;

    /// <summary>How much an occurrence in the passage's own text counts.</summary>
    public const double Text = 1.0;
}

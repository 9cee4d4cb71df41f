namespace Assistant.Storage.Sqlite;

/// <summary>How much a term counts in BM25 by where it stands.</summary>
internal static class KeywordWeights
{
    /// <summary>In the title of the document.</summary>
    internal const double Title = 1.0;

    /// <summary>In the headings above the passage.</summary>
    internal const double Headings = 1.0;

    /// <summary>In the passage's own text.</summary>
    internal const double Text = 1.0;
}

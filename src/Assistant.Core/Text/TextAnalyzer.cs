using Assistant.Core.Documents;

namespace Assistant.Core.Text;

/// <summary>Turns text into the terms that are indexed and searched.</summary>
public sealed class TextAnalyzer
{
    /// <summary>Name and version of the rules; part of the index's fingerprint.</summary>
    public const string Fingerprint = "analyzer/1";

    /// <summary>The words of <paramref name="text"/> in order, stopwords included.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="language">ISO 639-1 code; null or a language without a stemmer leaves words unstemmed.</param>
    public static IReadOnlyList<AnalyzedWord> Words(string text, string? language) => throw new NotImplementedException(text + language);

    /// <summary>The terms of <paramref name="text"/> in order, repeated as they occur, without stopwords.</summary>
    /// <inheritdoc cref="Words"/>
    public static IReadOnlyList<string> Terms(string text, string? language) =>
        [.. Words(text, language).Where(word => !word.IsStopword).Select(word => word.Term)];
}

/// <summary>A word of a text.</summary>
/// <param name="Span">Where it stands in the analysed text.</param>
/// <param name="Term">Its normalised, stemmed form.</param>
/// <param name="IsStopword">Whether it is too common to be indexed.</param>
public readonly record struct AnalyzedWord(TextSpan Span, string Term, bool IsStopword);

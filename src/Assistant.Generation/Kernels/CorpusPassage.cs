using System.Text.Json.Serialization;
using Assistant.Core.Answering;
using Assistant.Core.Retrieval;
using Microsoft.SemanticKernel.Data;

namespace Assistant.Generation.Kernels;

/// <summary>
/// A passage that a search of the documents found. It is a proof as a citation is: <c>document(version).Text[start..end] == quote</c>, in
/// UTF-16 code units.
/// </summary>
public sealed record CorpusPassage
{
    /// <summary>The document: its path relative to the corpus, with <c>/</c>.</summary>
    [JsonPropertyName("documentId")]
    public required string DocumentId { get; init; }

    /// <summary>Version of the document.</summary>
    [JsonPropertyName("version")]
    public required int Version { get; init; }

    /// <summary>Title of that version.</summary>
    [JsonPropertyName("title")]
    [TextSearchResultName]
    public required string Title { get; init; }

    /// <summary>Headings above the passage, outermost first.</summary>
    [JsonPropertyName("headings")]
    public required IReadOnlyList<string> Headings { get; init; }

    /// <summary>The passage, copied out of the stored version by code.</summary>
    [JsonPropertyName("quote")]
    [TextSearchResultValue]
    public required string Quote { get; init; }

    /// <summary>Index of the first code unit.</summary>
    [JsonPropertyName("start")]
    public required int Start { get; init; }

    /// <summary>Index after the last code unit.</summary>
    [JsonPropertyName("end")]
    public required int End { get; init; }

    /// <summary>Page the passage begins on, from 1; null when the document has no pages.</summary>
    [JsonPropertyName("page")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Page { get; init; }

    /// <summary>How well it matches, 0 to 1; to be compared within one search only.</summary>
    [JsonPropertyName("score")]
    public required double Score { get; init; }

    /// <summary>Names version and range in one line, e.g. <c>reports/2025.md?version=3#char=120,310</c> (RFC 5147's way to name a range of plain text).</summary>
    [JsonPropertyName("link")]
    [TextSearchResultLink]
    public string Link => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{string.Join('/', DocumentId.Split('/').Select(Uri.EscapeDataString))}?version={Version}#char={Start},{End}");

    internal static CorpusPassage Of(RankedPassage ranked, Citation citation) => new()
    {
        DocumentId = citation.DocumentId,
        Version = citation.Version,
        Title = citation.Title,
        Headings = citation.Headings,
        Quote = citation.Quote,
        Start = citation.Start,
        End = citation.End,
        Page = citation.Page,
        Score = Math.Round(ranked.Score, 4),
    };
}

using System.Text.Json.Serialization;

namespace Assistant.Core.Answering;

/// <summary>Whether a document says what a quotation says it says.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<QuotationStatus>))]
public enum QuotationStatus
{
    /// <summary>A document says it to the letter; only runs of white space may differ.</summary>
    [JsonStringEnumMemberName("exact")]
    Exact,

    /// <summary>A document says something close to it; <see cref="CheckedQuotation.Differences"/> tells what was changed.</summary>
    [JsonStringEnumMemberName("altered")]
    Altered,

    /// <summary>No document says it or anything close to it.</summary>
    [JsonStringEnumMemberName("not-found")]
    NotFound,
}

/// <summary>What became of the quotations of a text.</summary>
/// <param name="Quotations">One for each quotation, in order; when the text has no quotation, one for each of its sentences.</param>
/// <param name="WholeText">Whether the text has no quotation, so that all of its sentences were checked.</param>
/// <param name="Unchecked">Quotations beyond the first <see cref="QuotationVerifier.MostQuotations"/>, which were not checked.</param>
public sealed record QuotationReport(IReadOnlyList<CheckedQuotation> Quotations, bool WholeText, int Unchecked);

/// <summary>A quotation and what the documents say.</summary>
public sealed record CheckedQuotation
{
    /// <summary>The quotation without its marks.</summary>
    public required string Quotation { get; init; }

    /// <summary>Where it begins in the checked text, in UTF-16 code units.</summary>
    public required int Start { get; init; }

    /// <summary>Where it ends in the checked text, in UTF-16 code units.</summary>
    public required int End { get; init; }

    /// <summary>Whether a document says it.</summary>
    public required QuotationStatus Status { get; init; }

    /// <summary>Whether an exact quotation differs from the document in runs of white space (line breaks, doubled spaces).</summary>
    public bool WhiteSpaceDiffers { get; init; }

    /// <summary>What the document says, as an exact range of its current version; null when nothing was found.</summary>
    public RelatedPassage? Source { get; init; }

    /// <summary>For an altered quotation, document and quotation compared word by word; put together they give both texts.</summary>
    public IReadOnlyList<WordDifference>? Differences { get; init; }
}

/// <summary>A run of words in the comparison of a document with a quotation.</summary>
/// <param name="Kind">Who says it.</param>
/// <param name="Text">The words, with the white space and punctuation around them; white space is collapsed.</param>
public sealed record WordDifference(DifferenceKind Kind, string Text);

/// <summary>Who says a run of words.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DifferenceKind>))]
public enum DifferenceKind
{
    /// <summary>Document and quotation.</summary>
    [JsonStringEnumMemberName("same")]
    Same,

    /// <summary>The document only.</summary>
    [JsonStringEnumMemberName("left-out")]
    LeftOut,

    /// <summary>The quotation only.</summary>
    [JsonStringEnumMemberName("put-in")]
    PutIn,
}

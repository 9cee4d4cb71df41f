using System.Text.Json.Serialization;
using Assistant.Core.Documents;

namespace Assistant.Core.Changes;

/// <summary>What became of the sentences of a document from one version to another, the same JSON for every interface.</summary>
/// <remarks>Applied to the one version the changes give the other: a sentence of either is in one change at most, and all others are unchanged.</remarks>
public sealed record DocumentChanges
{
    /// <summary>The document.</summary>
    public required string DocumentId { get; init; }

    /// <summary>Title of the version <see cref="To"/>.</summary>
    public required string Title { get; init; }

    /// <summary>Number of the version compared from.</summary>
    public required int From { get; init; }

    /// <summary>Number of the version compared to.</summary>
    public required int To { get; init; }

    /// <summary>Number of sentences (headings, table rows and lines of code included) that stand unchanged where they stood, white space aside.</summary>
    public required int Unchanged { get; init; }

    /// <summary>In reading order of the version <see cref="To"/>; what was removed comes where it would stand.</summary>
    public IReadOnlyList<SentenceChange> Changes { get; init; } = [];
}

/// <summary>What happened to a sentence.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SentenceChangeKind>))]
public enum SentenceChangeKind
{
    /// <summary>It is new.</summary>
    [JsonStringEnumMemberName("added")]
    Added,

    /// <summary>It is gone.</summary>
    [JsonStringEnumMemberName("removed")]
    Removed,

    /// <summary>It says something similar in other words.</summary>
    [JsonStringEnumMemberName("reworded")]
    Reworded,

    /// <summary>The same words stand elsewhere or under another heading.</summary>
    [JsonStringEnumMemberName("moved")]
    Moved,
}

/// <summary>One sentence (or heading, table row, line of code) that changed.</summary>
/// <param name="Kind">What happened to it.</param>
/// <param name="Before">Where it stood; null when it was added.</param>
/// <param name="After">Where it stands; null when it was removed.</param>
public sealed record SentenceChange(SentenceChangeKind Kind, SentencePlace? Before, SentencePlace? After)
{
    /// <summary>Whether it also stands elsewhere or under another heading than before.</summary>
    public bool Moved { get; init; }

    /// <summary>For a reworded sentence both versions in one, in order; else empty.</summary>
    public IReadOnlyList<WordChange> Words { get; init; } = [];

    /// <summary>For a reworded sentence the numbers, amounts, percentages, dates and times that changed; else empty.</summary>
    public IReadOnlyList<ValueChange> Values { get; init; } = [];
}

/// <summary>A sentence of a version: <c>document(version).Text[start..end] == quote</c>, in UTF-16 code units.</summary>
/// <param name="Headings">The headings above it, outermost first.</param>
/// <param name="Quote">Its text.</param>
/// <param name="Start">Where it begins in the version's text.</param>
/// <param name="End">Where it ends, exclusive.</param>
public sealed record SentencePlace(IReadOnlyList<string> Headings, string Quote, int Start, int End);

/// <summary>What happened to a stretch of a reworded sentence.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WordChangeKind>))]
public enum WordChangeKind
{
    /// <summary>It is in both, white space aside.</summary>
    [JsonStringEnumMemberName("same")]
    Same,

    /// <summary>It is in the version before only.</summary>
    [JsonStringEnumMemberName("removed")]
    Removed,

    /// <summary>It is in the version after only.</summary>
    [JsonStringEnumMemberName("added")]
    Added,
}

/// <summary>A stretch of a reworded sentence.</summary>
/// <param name="Kind">What happened to it.</param>
/// <param name="Text">Its text: of the version after unless it was removed.</param>
/// <param name="Before">Its range in the text of the version before; null when it was added.</param>
/// <param name="After">Its range in the text of the version after; null when it was removed.</param>
public sealed record WordChange(WordChangeKind Kind, string Text, TextSpan? Before, TextSpan? After);

/// <summary>What a value is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ValueKind>))]
public enum ValueKind
{
    /// <summary>A number, in digits or in words.</summary>
    [JsonStringEnumMemberName("number")]
    Number,

    /// <summary>An amount of money.</summary>
    [JsonStringEnumMemberName("amount")]
    Amount,

    /// <summary>A percentage.</summary>
    [JsonStringEnumMemberName("percentage")]
    Percentage,

    /// <summary>A day, a month or a year.</summary>
    [JsonStringEnumMemberName("date")]
    Date,

    /// <summary>A time of day.</summary>
    [JsonStringEnumMemberName("time")]
    Time,
}

/// <summary>A value that changed: “2 billion → 3 billion”.</summary>
/// <param name="Kind">What it is (now).</param>
/// <param name="Before">The value before; null when there was none.</param>
/// <param name="After">The value after; null when there is none.</param>
public sealed record ValueChange(ValueKind Kind, ValuePlace? Before, ValuePlace? After);

/// <summary>A value as it stands in a version.</summary>
/// <param name="Text">As it is written.</param>
/// <param name="Start">Where it begins in the version's text.</param>
/// <param name="End">Where it ends, exclusive.</param>
public sealed record ValuePlace(string Text, int Start, int End);

using System.Text.Json.Serialization;
using Assistant.Core.Documents;

namespace Assistant.Core.Answering;

/// <summary>How a question ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Outcome>))]
public enum Outcome
{
    /// <summary>The documents answer the question.</summary>
    [JsonStringEnumMemberName("answered")]
    Answered,

    /// <summary>The documents answer a part of the question; <see cref="Answer.Missing"/> names what they do not cover.</summary>
    [JsonStringEnumMemberName("partly-answered")]
    PartlyAnswered,

    /// <summary>The documents do not answer the question.</summary>
    [JsonStringEnumMemberName("not-in-documents")]
    NotInDocuments,

    /// <summary>There is no document to answer from.</summary>
    [JsonStringEnumMemberName("no-documents")]
    NoDocuments,
}

/// <summary>The one answer that every interface renders.</summary>
public sealed record Answer
{
    /// <summary>How the question ended.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>
    /// The answer as plain text with a marker <c>[n]</c> behind every sentence; for the outcomes without an answer, a sentence that says so.
    /// </summary>
    [JsonPropertyName("answer")]
    public required string Text { get; init; }

    /// <summary>Numbered 1, 2, … in order of first use; every marker has its citation and every citation its marker.</summary>
    public IReadOnlyList<Citation> Citations { get; init; } = [];

    /// <summary>Words of the question, as asked, that the documents do not cover.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>The nearest passages when there is no answer.</summary>
    public IReadOnlyList<RelatedPassage> Related { get; init; } = [];

    /// <summary>The standalone question that was searched.</summary>
    public required string Question { get; init; }

    /// <summary>What wrote the answer: <c>extractive</c>, or the name of a model.</summary>
    public required string AnsweredBy { get; init; }

    /// <summary>
    /// Sentences that a language model wrote and that are not in the answer because the documents do not prove them; null when no
    /// model was asked.
    /// </summary>
    public int? WithheldSentences { get; init; }

    /// <summary>What went otherwise than configured, in a person's words: why the model's answer is missing or incomplete; null when nothing did.</summary>
    public string? Notice { get; init; }

    /// <summary>Two or three questions to ask next, which the documents answer; null when there is nothing sensible.</summary>
    public IReadOnlyList<SuggestedQuestion>? Suggestions { get; init; }

    /// <summary>Time from question to answer in milliseconds.</summary>
    public double ElapsedMilliseconds { get; init; }
}

/// <summary>A proof: an exact range of a stored version. <c>document(version).Text[start..end] == quote</c>, in UTF-16 code units.</summary>
/// <param name="Number">Its number in the answer, from 1.</param>
/// <param name="DocumentId">The document.</param>
/// <param name="Version">Version of the document.</param>
/// <param name="Title">Title of that version.</param>
/// <param name="Headings">Headings above the quote, outermost first.</param>
/// <param name="Quote">The text, copied out of the stored version by code.</param>
/// <param name="Start">Index of the first code unit.</param>
/// <param name="End">Index after the last code unit.</param>
/// <param name="Page">Page the quote begins on, from 1; null when the document has no pages.</param>
public sealed record Citation(
    int Number, string DocumentId, int Version, string Title, IReadOnlyList<string> Headings, string Quote, int Start, int End, int? Page = null)
{
    /// <summary>The range as a span.</summary>
    [JsonIgnore]
    public TextSpan Span => new(Start, End);
}

/// <summary>A passage that is near the question without answering it; a citation without a number.</summary>
/// <inheritdoc cref="Citation"/>
public sealed record RelatedPassage(
    string DocumentId, int Version, string Title, IReadOnlyList<string> Headings, string Quote, int Start, int End);

/// <summary>A question to ask next.</summary>
/// <param name="Question">The question; it can be asked as it stands.</param>
/// <param name="DocumentId">A document that answers it.</param>
/// <param name="Version">Version of the document.</param>
/// <param name="Title">Title of that version.</param>
/// <param name="Headings">Headings above what answers it, outermost first.</param>
public sealed record SuggestedQuestion(string Question, string DocumentId, int Version, string Title, IReadOnlyList<string> Headings);

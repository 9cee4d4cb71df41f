using System.Text.Json.Serialization;
using Assistant.Core.Answering;
using Assistant.Core.Retrieval;

namespace Assistant.ChatHost.Chat;

/// <summary>A question to the documents.</summary>
/// <param name="Question">The question, in any language.</param>
/// <param name="History">Earlier turns of the conversation, oldest first, so that “and the others?” is understood.</param>
/// <param name="DocumentIds">Answer from these documents only; all when left out.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ChatRequest(
    string Question,
    IReadOnlyList<ConversationTurn>? History = null,
    IReadOnlyList<string>? DocumentIds = null);

/// <summary>Data of the event <c>evidence</c>: the passages that the answer will be made from.</summary>
/// <param name="Question">The standalone question that was searched.</param>
/// <param name="Passages">The best passages, best first; at most ten.</param>
internal sealed record ChatEvidence(string Question, IReadOnlyList<EvidencePassage> Passages);

/// <summary>A passage of the evidence: a range of a document's version, as in a citation.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Version">Version of the document.</param>
/// <param name="Title">Title of that version.</param>
/// <param name="Headings">Headings above the passage, outermost first.</param>
/// <param name="Quote">The passage's text.</param>
/// <param name="Start">Index of the first UTF-16 code unit.</param>
/// <param name="End">Index after the last UTF-16 code unit.</param>
/// <param name="Score">Rank score, 0 to 1.</param>
internal sealed record EvidencePassage(
    string DocumentId, int Version, string Title, IReadOnlyList<string> Headings, string Quote, int Start, int End, double Score)
{
    /// <summary>The best passages, best first.</summary>
    public static IReadOnlyList<EvidencePassage> Best(Evidence evidence, int limit) =>
    [
        .. evidence.Passages.Take(limit).Select(ranked => new EvidencePassage(
            ranked.Passage.DocumentId, ranked.Passage.Version, ranked.Passage.Title, ranked.Passage.Headings,
            ranked.Passage.Text, ranked.Passage.Span.Start, ranked.Passage.Span.End, Math.Round(ranked.Score, 4))),
    ];
}

/// <summary>Data of the event <c>delta</c>: the next piece of the answer's text.</summary>
/// <param name="Text">Whole sentences with their markers; all pieces together are the answer's text.</param>
internal sealed record ChatDelta(string Text);

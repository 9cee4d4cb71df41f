using Assistant.Core.Documents;

namespace Assistant.Core.Passages;

/// <summary>
/// A span of a version's text that is indexed. What is indexed is title, heading path and text (<see cref="IndexedText"/>);
/// what is quoted is text alone.
/// </summary>
public sealed record Passage
{
    /// <summary>UUIDv5 of document id and indexed text (<see cref="PassageId"/>): an unchanged passage keeps its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The document it belongs to.</summary>
    public required string DocumentId { get; init; }

    /// <summary>The version of the document whose text <see cref="Span"/> is a range of.</summary>
    public required int Version { get; init; }

    /// <summary>Position among the version's passages, from 0.</summary>
    public required int Ordinal { get; init; }

    /// <inheritdoc cref="DocumentVersion.OwnTitle"/>
    public string? OwnTitle { get; init; }

    /// <inheritdoc cref="DocumentVersion.Title"/>
    public string Title => OwnTitle ?? DocumentTitle.FromFileName(DocumentId);

    /// <summary>The headings above the passage, outermost first; empty before the first heading.</summary>
    public IReadOnlyList<string> Headings { get; init; } = [];

    /// <summary>Range of the version's text.</summary>
    public required TextSpan Span { get; init; }

    /// <summary>The version's text in <see cref="Span"/>.</summary>
    public required string Text { get; init; }

    /// <summary>
    /// The sentences (or list items, table rows, code blocks) of the passage as ranges of the version's text, in order,
    /// without overlap. A piece of a sentence only where that sentence alone exceeds a passage.
    /// </summary>
    public required IReadOnlyList<TextSpan> Sentences { get; init; }

    /// <summary>Language of the document as an ISO 639-1 code; null when unknown.</summary>
    public string? Language { get; init; }

    /// <summary>
    /// What the embedder sees: the document's own title, heading path and text, a line each. A title made of the file name
    /// is left out, so that a renamed file needs no new embedding.
    /// </summary>
    public string IndexedText => ComposeIndexedText(OwnTitle, Headings, Text);

    /// <summary>One of this passage's sentences.</summary>
    public ReadOnlySpan<char> Sentence(TextSpan sentence) => Text.AsSpan(sentence.Start - Span.Start, sentence.Length);

    /// <inheritdoc cref="IndexedText"/>
    public static string ComposeIndexedText(string? ownTitle, IReadOnlyList<string> headings, string text) =>
        string.Join('\n', ownTitle is null ? [.. headings, text] : [ownTitle, .. headings, text]);
}

using Assistant.Core.Documents;
using Assistant.Core.Ingestion;
using Assistant.Core.Passages;

namespace Assistant.Storage.Qdrant;

/// <summary>
/// What a passage's point holds beside its vectors. A passage that a document's next version keeps has both places until that
/// version is current, so that readers find it in either.
/// </summary>
internal sealed record PassagePayload
{
    /// <summary>Key of its document, for filters.</summary>
    public string? Document { get; init; }

    /// <summary>The versions it is a passage of, for filters.</summary>
    public IReadOnlyList<int>? Version { get; init; }

    /// <summary>
    /// The changes it came or stayed with, for filters. It is active when the current change of its document is one of them: so a whole
    /// version becomes active by writing one point, the document's, and no flag on each passage lags behind.
    /// </summary>
    public IReadOnlyList<long>? Active { get; init; }

    /// <summary>Where it stands in each of these versions.</summary>
    public IReadOnlyList<Place>? Places { get; init; }

    /// <summary>Hash of its vectors: an unchanged one is not sent again.</summary>
    public string? Vectors { get; init; }

    public string? Id { get; init; }

    public string? OwnTitle { get; init; }

    public IReadOnlyList<string>? Headings { get; init; }

    public string? Text { get; init; }

    /// <summary>The place that a change gave the passage; null when it has none of it.</summary>
    public Place? PlaceOf(long change) => Places?.FirstOrDefault(place => place.Change == change);

    /// <summary>The passage at a place.</summary>
    public Passage ToPassage(Guid id, Place place) => new()
    {
        Id = id,
        DocumentId = Id!,
        Version = place.Version,
        Ordinal = place.Ordinal,
        OwnTitle = OwnTitle,
        Headings = Headings ?? [],
        Span = new TextSpan(place.Start, place.Start + Text!.Length),
        Text = Text,
        Sentences = [.. place.Sentences.Chunk(2).Select(ends => new TextSpan(place.Start + ends[0], place.Start + ends[1]))],
        Language = place.Language,
    };

    /// <summary>The whole payload of a passage that is new.</summary>
    public static PassagePayload Of(IndexedPassage indexed, string document, string vectors, IReadOnlyList<Place> places) => Placed(places) with
    {
        Document = document,
        Vectors = vectors,
        Id = indexed.Passage.DocumentId,
        OwnTitle = indexed.Passage.OwnTitle,
        Headings = indexed.Passage.Headings,
        Text = indexed.Passage.Text,
    };

    /// <summary>The part of a payload that tells where the passage stands.</summary>
    public static PassagePayload Placed(IReadOnlyList<Place> places) => new()
    {
        Version = [.. places.Select(place => place.Version).Distinct()],
        Active = [.. places.Select(place => place.Change)],
        Places = places,
    };
}

/// <summary>Where a passage stands in one version.</summary>
/// <param name="Change">The change that gave it this place.</param>
/// <param name="Version">Number of the version.</param>
/// <param name="Ordinal">Position among its passages, from 0.</param>
/// <param name="Start">Where it begins in its text.</param>
/// <param name="Language">Its language; null when unknown.</param>
/// <param name="Sentences">Starts and ends of its sentences, counted from <paramref name="Start"/>.</param>
internal sealed record Place(long Change, int Version, int Ordinal, int Start, string? Language, IReadOnlyList<int> Sentences)
{
    public static Place Of(Passage passage, long change) => new(
        change,
        passage.Version,
        passage.Ordinal,
        passage.Span.Start,
        passage.Language,
        [.. passage.Sentences.SelectMany(sentence => (int[])[sentence.Start - passage.Span.Start, sentence.End - passage.Span.Start])]);
}

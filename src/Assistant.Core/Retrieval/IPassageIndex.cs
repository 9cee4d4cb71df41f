using Assistant.Core.Documents;
using Assistant.Core.Ingestion;
using Assistant.Core.Passages;

namespace Assistant.Core.Retrieval;

/// <summary>
/// Finds the passages that may answer a question: candidates by words and candidates by meaning. Thread-safe.
/// Every call may end with an <see cref="IndexUnavailableException"/> when the index is on a server.
/// </summary>
public interface IPassageIndex
{
    /// <summary>
    /// The best <see cref="PassageQuery.Limit"/> passages by words and the best by meaning, as one set without duplicates,
    /// all from one snapshot of the index. The order carries no meaning; scores do.
    /// </summary>
    Task<PassageCandidates> SearchAsync(PassageQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// The passages of a version that overlap <paramref name="within"/>, in reading order, at most <paramref name="limit"/>.
    /// Empty when the version is no longer the current one.
    /// </summary>
    Task<IReadOnlyList<Passage>> GetPassagesAsync(
        string documentId, int version, TextSpan within, int limit, CancellationToken cancellationToken);

    /// <summary>What the index holds now; cheap enough to ask before every question.</summary>
    Task<IndexState> GetStateAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Asks what keeps the index whether it is ready to serve: a server may answer single requests while it is still catching up.
    /// Done at once for an index that is always ready.
    /// </summary>
    /// <exception cref="Ingestion.IndexUnavailableException">It is not; the message says why.</exception>
    Task CheckReadyAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>A search for passages.</summary>
public sealed record PassageQuery
{
    /// <summary>The question's terms as the analyzer gives them, distinct; empty for no search by words.</summary>
    public IReadOnlyList<string> Terms { get; init; } = [];

    /// <summary>The question's embedding, of length 1; empty for no search by meaning.</summary>
    public ReadOnlyMemory<float> Vector { get; init; }

    /// <summary>
    /// The space of <see cref="Vector"/> (<see cref="Embeddings.EmbeddingSpace"/>): an index whose vectors are of another one leaves the vector aside and
    /// searches by words. Null when the caller knows that it is the index's own.
    /// </summary>
    public string? Space { get; init; }

    /// <summary>How many passages of each kind are wanted.</summary>
    public int Limit { get; init; } = 50;

    /// <summary>Only passages of these documents; null for all.</summary>
    public IReadOnlyCollection<string>? DocumentIds { get; init; }
}

/// <summary>What a search found.</summary>
/// <param name="Hits">The candidates.</param>
/// <param name="PassageCount">Passages in the index (not only of the documents asked for).</param>
/// <param name="DocumentFrequencies">For every term of the query, in how many passages of the index (title and headings included) it occurs.</param>
public sealed record PassageCandidates(
    IReadOnlyList<PassageHit> Hits, int PassageCount, IReadOnlyDictionary<string, int> DocumentFrequencies);

/// <summary>A passage with its scores.</summary>
/// <param name="Passage">The passage.</param>
/// <param name="KeywordScore">BM25 over title, headings and text, larger is better; 0 when it is not among the best by words. Tells which passages are candidates; their rank is computed from their words.</param>
/// <param name="DenseScore">Cosine between question and passage, −1 to 1; computed for every hit when the query has a vector, else 0.</param>
public sealed record PassageHit(Passage Passage, double KeywordScore, double DenseScore);

/// <summary>What an index holds.</summary>
/// <param name="Fingerprint">Fingerprint of what built it; null when nothing was ever ingested.</param>
/// <param name="Documents">Documents in it.</param>
/// <param name="Passages">Passages in it.</param>
/// <param name="Languages">Languages of the documents in it (ISO 639-1), ordered by number of documents, most first.</param>
public sealed record IndexState(string? Fingerprint, int Documents, int Passages, IReadOnlyList<string> Languages)
{
    /// <summary>Length of its vectors; null when it has none or does not tell.</summary>
    public int? Dimensions { get; init; }
}

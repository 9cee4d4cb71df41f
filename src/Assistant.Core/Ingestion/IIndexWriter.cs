using Assistant.Core.Documents;
using Assistant.Core.Passages;

namespace Assistant.Core.Ingestion;

/// <summary>Opens the one writer an index can have at a time. Every call may end with an <see cref="IndexUnavailableException"/>.</summary>
public interface IIndexWriterFactory
{
    /// <summary>
    /// Takes the lease of the index and opens it for writing with what builds it now. When the index was built by something
    /// else, the writer fills a new generation and <see cref="IIndexWriter.CompleteAsync"/> switches to it at once; readers see the old one until then.
    /// </summary>
    /// <param name="fingerprint">Fingerprint of reader, splitter, analyzer and embedding model.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="IndexLeaseHeldException">Another process or writer holds the lease.</exception>
    Task<IIndexWriter> OpenWriterAsync(string fingerprint, CancellationToken cancellationToken);

    /// <summary>Files that could not be read, as <see cref="IIndexWriter.PutFailureAsync"/> remembered them; in ordinal order of ids.</summary>
    Task<IReadOnlyList<FailedFile>> GetFailuresAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Whether a writer that was cut off left something behind that readers do not see but that weighs on the index, and that opening
    /// the next writer takes away: then one is opened although nothing has changed. Never for a store whose changes leave nothing.
    /// </summary>
    Task<bool> NeedsRepairAsync(CancellationToken cancellationToken) => Task.FromResult(false);
}

/// <summary>
/// Changes an index, a document at a time; every change is atomic for readers and survives a crash whole or not at all.
/// Not thread-safe. Disposing gives back the lease; a new generation that was not completed is dropped. Every call may end with an
/// <see cref="IndexUnavailableException"/>: the change that was asked for is then done whole or not at all, and the next
/// reconciliation does what is missing. Disposing never throws it: a lease that cannot be given back runs out.
/// </summary>
public interface IIndexWriter : IAsyncDisposable
{
    /// <summary>Whether a new generation is being filled because the index was built by something else (or is empty).</summary>
    bool IsRebuild { get; }

    /// <summary>
    /// Embeddings of the document's current passages by passage id, in the generation that is written to:
    /// empty for a document that is not (yet) in it.
    /// </summary>
    Task<IReadOnlyDictionary<Guid, ReadOnlyMemory<float>>> GetVectorsAsync(string documentId, CancellationToken cancellationToken);

    /// <summary>
    /// Makes <paramref name="version"/> the document's current one, with exactly these passages. A version whose number
    /// the store has already is only indexed anew (its text must be the same).
    /// </summary>
    /// <param name="version">The version.</param>
    /// <param name="passages">All of its passages.</param>
    /// <param name="movedFrom">Id of the document this one was until now, to be removed in the same change; else null.</param>
    /// <param name="cancellationToken">Cancels before the change, never in its middle.</param>
    Task PutAsync(DocumentVersion version, IReadOnlyList<IndexedPassage> passages, string? movedFrom, CancellationToken cancellationToken);

    /// <summary>Takes the document out of the corpus: no passage of it is found any more. Its versions stay readable by number.</summary>
    Task RemoveAsync(string documentId, CancellationToken cancellationToken);

    /// <summary>
    /// Forgets the text of versions that are not the current one; a number that is not there is passed over. Number, hash and
    /// date stay in the history, with when the version was dropped, so that it is told from one that never was.
    /// </summary>
    /// <exception cref="ArgumentException">One is the document's current version; nothing was dropped.</exception>
    Task DropVersionsAsync(string documentId, IReadOnlyCollection<int> numbers, CancellationToken cancellationToken);

    /// <summary>
    /// Remembers that a file could not be read, until the document is put or removed or the index is rebuilt.
    /// What is stored of the document stays.
    /// </summary>
    Task PutFailureAsync(FailedFile failure, CancellationToken cancellationToken);

    /// <summary>Ends the writing; after a rebuild, switches readers to the new generation.</summary>
    Task CompleteAsync(CancellationToken cancellationToken);
}

/// <summary>A passage with all that is needed to find it.</summary>
/// <param name="Passage">The passage.</param>
/// <param name="TitleTerms">Terms of the document's title.</param>
/// <param name="HeadingTerms">Terms of the headings above the passage.</param>
/// <param name="TextTerms">Terms of the passage's text, in order, repeated as they occur.</param>
/// <param name="Vector">Embedding of the indexed text, of length 1 (or all zeros when the text has no word).</param>
public sealed record IndexedPassage(
    Passage Passage,
    IReadOnlyList<string> TitleTerms,
    IReadOnlyList<string> HeadingTerms,
    IReadOnlyList<string> TextTerms,
    ReadOnlyMemory<float> Vector);

/// <summary>A file that was tried and could not be read.</summary>
/// <param name="DocumentId">Its id.</param>
/// <param name="ContentHash">SHA-256 of the bytes that could not be read, as 64 lower-case hexadecimal digits.</param>
/// <param name="Error">Why, in a person's words.</param>
public sealed record FailedFile(string DocumentId, string ContentHash, string Error);

/// <summary>Another writer is at work on the index; the message says which.</summary>
public sealed class IndexLeaseHeldException(string message) : Exception(message);

/// <summary>The stored index cannot be used by this program (another schema, not an index, damaged); the message says what to do.</summary>
public sealed class IndexUnusableException : Exception
{
    /// <summary>Creates the error with what is wrong and what to do.</summary>
    public IndexUnusableException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the error with what is wrong, what to do, and the cause.</summary>
    public IndexUnusableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

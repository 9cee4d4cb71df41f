using Assistant.Core.Documents;
using Assistant.Core.Passages;
using Assistant.Core.Text;
using Microsoft.Extensions.Logging;

namespace Assistant.Core.Ingestion;

/// <summary>A version cut into passages that have their terms and not yet their vectors.</summary>
/// <param name="Change">What it is for.</param>
/// <param name="Version">The version to put; null when there is none.</param>
/// <param name="Passages">Its passages.</param>
/// <param name="Error">Why the file could not be read; null when it could. <paramref name="Version"/> is then the stored one, if any.</param>
internal sealed record PreparedDocument(
    PlannedChange Change, DocumentVersion? Version, IReadOnlyList<IndexedPassage> Passages, string? Error)
{
    /// <summary>What is to be remembered of a file that was tried and could not be read; else null.</summary>
    public FailedFile? Failure { get; init; }
}

/// <summary>Makes of a planned change what is written. Thread-safe.</summary>
internal sealed class DocumentPreparer(
    CorpusFolder folder,
    IReadOnlyDictionary<string, IDocumentReader> readers,
    PassageSplitter splitter,
    IDocumentStore store,
    TimeSpan readingTime,
    TimeProvider time,
    ILogger logger)
{
    /// <summary>Reads, splits and analyses.</summary>
    /// <param name="change">The change.</param>
    /// <param name="rebuild">Whether the index is built anew: an unchanged document keeps its version, and an unreadable one is put again as stored.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<PreparedDocument> PrepareAsync(PlannedChange change, bool rebuild, CancellationToken cancellationToken)
    {
        if (change.IsRemoval)
        {
            return new PreparedDocument(change, null, [], null);
        }

        var error = change.Error;
        string? hash = null;
        if (error is null)
        {
            // Read from the store outside of the try below: its errors are not the document's.
            var history = await store.GetVersionsAsync(change.DocumentId, cancellationToken);
            var stored = rebuild && change.Known is not null
                ? await store.GetAsync(change.DocumentId, change.Known.Version, cancellationToken)
                : null;
            var started = time.GetTimestamp();
            try
            {
                var file = folder.Read(change.DocumentId);
                hash = CorpusFolder.Hash(file);
                var version = ReadVersion(file, hash, history, stored, cancellationToken);
                var passages = Index(version);
                IngestionMetrics.RecordReading(time.GetElapsedTime(started), file.Extension);
                return new PreparedDocument(change, version, passages, null);
            }
            catch (UnreadableDocumentException unreadable)
            {
                error = unreadable.Message;
            }
            catch (Exception unexpected) when (unexpected is not OperationCanceledException)
            {
                Log.DocumentFailedBecause(logger, unexpected, change.DocumentId);
                error = $"the file cannot be read: {unexpected.Message}";
            }
        }

        Log.DocumentFailed(logger, change.DocumentId, error);
        var kept = rebuild && change.Known is not null
            ? await store.GetAsync(change.DocumentId, change.Known.Version, cancellationToken)
            : null;
        return new PreparedDocument(change, kept, kept is null ? [] : Index(kept), error)
        {
            Failure = hash is null ? null : new FailedFile(change.DocumentId, hash, error),
        };
    }

    private DocumentVersion ReadVersion(
        DocumentFile file, string hash, IReadOnlyList<VersionSummary> history, DocumentVersion? stored, CancellationToken cancellationToken)
    {
        var source = BoundedReading.Run(stop => readers[file.Extension].Read(file, stop), readingTime, cancellationToken);
        var version = new DocumentVersion
        {
            DocumentId = file.DocumentId,
            Number = history.Count == 0 ? 1 : history[^1].Number + 1,
            OwnTitle = source.Title,
            Text = source.Text,
            Sections = source.Sections,
            Blocks = source.Blocks,
            PageStarts = source.PageStarts,
            Metadata = source.Metadata with { Language = source.Metadata.Language ?? LanguageDetector.Detect(source.Text) },
            ContentHash = hash,
            IngestedAt = time.GetUtcNow(),
        };
        return stored is not null && IsSame(stored, version) ? stored : version;
    }

    private static bool IsSame(DocumentVersion stored, DocumentVersion read) =>
        stored.ContentHash == read.ContentHash
        && stored.Text == read.Text
        && stored.OwnTitle == read.OwnTitle
        && stored.Metadata == read.Metadata
        && stored.PageStarts.SequenceEqual(read.PageStarts)
        && stored.Blocks.SequenceEqual(read.Blocks)
        && stored.Sections.Count == read.Sections.Count
        && stored.Sections.Zip(read.Sections).All(pair =>
            pair.First.Level == pair.Second.Level && pair.First.Span == pair.Second.Span && pair.First.Path.SequenceEqual(pair.Second.Path));

    private IReadOnlyList<IndexedPassage> Index(DocumentVersion version)
    {
        var language = version.Metadata.Language;
        var titleTerms = TextAnalyzer.Terms(version.Title, language);
        // Sub-sections repeat the headings above them.
        var headingTerms = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        return
        [
            .. splitter.Split(version).Select(passage => new IndexedPassage(
                passage,
                titleTerms,
                [.. passage.Headings.SelectMany(TermsOfHeading)],
                TextAnalyzer.Terms(passage.Text, language),
                ReadOnlyMemory<float>.Empty)),
        ];

        IReadOnlyList<string> TermsOfHeading(string heading)
        {
            if (!headingTerms.TryGetValue(heading, out var terms))
            {
                headingTerms.Add(heading, terms = TextAnalyzer.Terms(heading, language));
            }

            return terms;
        }
    }
}

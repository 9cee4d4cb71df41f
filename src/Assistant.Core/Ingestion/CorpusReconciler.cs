using System.Runtime.CompilerServices;
using Assistant.Core.Documents;
using Assistant.Core.Embeddings;
using Assistant.Core.Passages;
using Assistant.Core.Retention;
using Assistant.Core.Retrieval;
using Assistant.Core.Text;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Assistant.Core.Ingestion;

/// <summary>Brings the index in step with the corpus folder: compares the two by content and applies the difference.</summary>
/// <param name="folder">The source files.</param>
/// <param name="readers">One for each file format; of two for the same extension the last counts.</param>
/// <param name="splitter">Cuts documents into passages.</param>
/// <param name="embedder">Embeds passages.</param>
/// <param name="store">The documents of the index.</param>
/// <param name="index">The passages of the index.</param>
/// <param name="writers">Opens the index for writing; asked only when there is something to write.</param>
/// <param name="retention">Drops old versions once the index is in step.</param>
/// <param name="limits">What a run may do unasked.</param>
/// <param name="time">Clock.</param>
/// <param name="logger">Log; holds ids and counts, never a document's text.</param>
public sealed class CorpusReconciler(
    CorpusFolder folder,
    IEnumerable<IDocumentReader> readers,
    PassageSplitter splitter,
    IEmbeddingGenerator<string, Embedding<float>> embedder,
    IDocumentStore store,
    IPassageIndex index,
    IIndexWriterFactory writers,
    VersionRetention retention,
    IngestionLimits limits,
    TimeProvider time,
    ILogger<CorpusReconciler> logger)
{
    // Enough that a long document does not leave the other processors idle.
    private static readonly int Ahead = 2 * Environment.ProcessorCount;

    /// <summary>Documents on the way when embedding means waiting for a service: its requests are filled from all of them.</summary>
    private const int AheadOfService = 32;

    /// <summary>How often it is told how far embedding is while no document gets done.</summary>
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, IDocumentReader> readersByExtension = readers
        .SelectMany(reader => reader.Extensions, (reader, extension) => (reader, extension))
        .GroupBy(pair => pair.extension, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.Last().reader, StringComparer.Ordinal);

    private readonly FileHashes hashes = new(folder, time);

    /// <summary>What builds the index: readers, splitter, analyzer, embedding model and its dimensions.</summary>
    public string Fingerprint { get; } = ComposeFingerprint(readers, splitter, embedder);

    /// <inheritdoc cref="ReconcileAsync(ReconcileOptions, CancellationToken)"/>
    public IAsyncEnumerable<IngestionEvent> ReconcileAsync(CancellationToken cancellationToken = default) =>
        ReconcileAsync(ReconcileOptions.Default, cancellationToken);

    /// <summary>
    /// Compares and applies. A document is searchable from its event on; in a rebuild all are once the run is complete.
    /// A file that cannot be read is reported, and what was stored of it stays; it is not tried again until it changes.
    /// When nothing has changed, nothing is written.
    /// </summary>
    /// <param name="options">What is asked of this run.</param>
    /// <param name="cancellationToken">Stops between two documents; what was done stays.</param>
    /// <returns>
    /// <see cref="IngestionPlanned"/>, an event for each document with something to do, <see cref="EmbeddingProgressed"/> between them when
    /// embedding takes long, <see cref="IngestionCompleted"/>.
    /// </returns>
    /// <exception cref="DirectoryNotFoundException">The corpus folder does not exist.</exception>
    /// <exception cref="RemovalsRefusedException">More documents would be removed than a run may remove unasked; nothing was done.</exception>
    /// <exception cref="IndexLeaseHeldException">Another ingestion is at work; nothing was done.</exception>
    /// <exception cref="IndexUnusableException">The index cannot be used by this program.</exception>
    /// <exception cref="IndexUnavailableException">The index cannot be reached now; what was done stays, and the next run does the rest.</exception>
    /// <exception cref="EmbeddingUnavailableException">Passages cannot be embedded; documents done before stay, and a rebuild leaves the index as it was.</exception>
    public async IAsyncEnumerable<IngestionEvent> ReconcileAsync(
        ReconcileOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var started = time.GetTimestamp();
        if (options.Recheck)
        {
            hashes.ForgetAll();
        }

        var listing = folder.List(cancellationToken);
        var files = listing.Files.ToLookup(file => readersByExtension.ContainsKey(new DocumentFile(file.DocumentId, default).Extension));
        var entries = await hashes.HashAsync([.. files[true]], cancellationToken);
        var (plan, rebuild) = await PlanAsync(entries, listing.Unreadable, options, cancellationToken);
        IngestionTally tally;
        var writes = plan.NeedsWriter || await writers.NeedsRepairAsync(cancellationToken);
        await using (var writer = writes ? await writers.OpenWriterAsync(Fingerprint, cancellationToken) : null)
        {
            if (writer is not null)
            {
                // Another process may have written between the comparison and the lease.
                (plan, rebuild) = await PlanAsync(entries, listing.Unreadable, options, cancellationToken);
            }

            tally = new IngestionTally(plan.Unchanged, [.. files[false].Select(file => file.DocumentId)]);
            Log.Planned(logger, folder.Path, plan.Changes.Count, rebuild);
            yield return new IngestionPlanned(plan.Changes.Count, rebuild);

            if (writer is not null)
            {
                await foreach (var change in ApplyAsync(writer, plan, rebuild, tally, cancellationToken))
                {
                    yield return change;
                }
            }
            else
            {
                foreach (var unreadable in plan.Changes)
                {
                    yield return tally.Failed(unreadable.DocumentId, unreadable.Error!);
                }
            }
        }

        await retention.ApplyAsync(Fingerprint, cancellationToken);
        var completed = tally.Complete(time.GetElapsedTime(started));
        IngestionMetrics.Record(completed.Report);
        yield return completed;
    }

    /// <summary>The file, or everything in the folder, has changed: the next run reads it whatever its size and time say.</summary>
    /// <param name="path">Path relative to the corpus, with <c>/</c>.</param>
    public void Forget(string path) => hashes.Forget(path);

    private static string ComposeFingerprint(
        IEnumerable<IDocumentReader> readers, PassageSplitter splitter, IEmbeddingGenerator<string, Embedding<float>> embedder)
    {
        // The space stands last: that is where it is looked for.
        return string.Join(
            '|',
            [
                .. readers.Select(reader => reader.Fingerprint).Distinct().Order(StringComparer.Ordinal),
                splitter.Fingerprint,
                TextAnalyzer.Fingerprint,
                EmbeddingSpace.Of(embedder),
            ]);
    }

    private async Task<(CorpusPlan Plan, bool Rebuild)> PlanAsync(
        CorpusEntry[] files, IReadOnlyList<UnreadableFolder> unreadable, ReconcileOptions options, CancellationToken cancellationToken)
    {
        var fingerprint = (await index.GetStateAsync(cancellationToken)).Fingerprint;
        var rebuild = fingerprint is not null && fingerprint != Fingerprint;
        var known = await store.ListAsync(cancellationToken);
        var failures = rebuild || options.RetryFailed ? [] : await writers.GetFailuresAsync(cancellationToken);
        // What is stored of a folder that cannot be listed stays, like what is stored of a file that cannot be read.
        var hidden = unreadable.SelectMany(folder => known
            .Where(document => document.DocumentId.StartsWith(folder.Prefix, StringComparison.Ordinal))
            .Select(document => document.DocumentId)
            .Prepend(folder.Prefix)
            .Select(id => new CorpusEntry(id, null, folder.Error)));
        var plan = CorpusPlan.Compare([.. files, .. hidden], known, failures, rebuild);
        return options.AllowRemovals || !limits.Refuse(plan.Removals, known.Count)
            ? (plan, rebuild)
            : throw new RemovalsRefusedException(folder.Path, plan.Removals, known.Count);
    }

    private async IAsyncEnumerable<IngestionEvent> ApplyAsync(
        IIndexWriter writer, CorpusPlan plan, bool rebuild, IngestionTally tally, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var dimensions = rebuild ? null : (await index.GetStateAsync(cancellationToken)).Dimensions;
        var embedded = 0;
        var told = 0;
        var ahead = embedder is BuiltInEmbeddingGenerator ? Ahead : AheadOfService;
        var preparer = new DocumentPreparer(folder, readersByExtension, splitter, store, limits.ReadingTime, time, logger);
        // The writer is used by one caller at a time: by those who prepare, for vectors, and by the loop below, for changes.
        using var writing = new SemaphoreSlim(1, 1);
        var documents = OrderedParallel.Select(plan.Changes, ahead, PrepareAsync, cancellationToken);
        await foreach (var prepared in documents.WithPauses(ProgressInterval, time, cancellationToken))
        {
            if (prepared is not (var document, var computed))
            {
                if (Volatile.Read(ref embedded) is var now && now > told)
                {
                    told = now;
                    yield return new EmbeddingProgressed(now);
                }

                continue;
            }

            IReadOnlyList<IngestionEvent> done;
            await writing.WaitAsync(cancellationToken);
            try
            {
                done = await WriteAsync(writer, document, computed, tally, cancellationToken);
            }
            finally
            {
                writing.Release();
            }

            foreach (var happened in done)
            {
                yield return happened;
            }
        }

        await writer.CompleteAsync(cancellationToken);

        async Task<(PreparedDocument Document, int Computed)> PrepareAsync(PlannedChange change, CancellationToken token)
        {
            var document = await preparer.PrepareAsync(change, rebuild, token);
            if (document.Version is null)
            {
                return (document, 0);
            }

            var knownUnder = (change.MovedFrom ?? change.Known)?.DocumentId ?? change.DocumentId;
            IReadOnlyDictionary<Guid, ReadOnlyMemory<float>> known;
            await writing.WaitAsync(token);
            try
            {
                known = await writer.GetVectorsAsync(knownUnder, token);
            }
            finally
            {
                writing.Release();
            }

            var (passages, computed) = await PassageVectors.FillAsync(
                document.Passages, known, knownUnder, embedder, dimensions, count => Interlocked.Add(ref embedded, count), token);
            return (document with { Passages = passages }, computed);
        }
    }

    private static async Task<IReadOnlyList<IngestionEvent>> WriteAsync(
        IIndexWriter writer, PreparedDocument document, int computed, IngestionTally tally, CancellationToken cancellationToken)
    {
        var change = document.Change;
        if (change.IsRemoval)
        {
            await writer.RemoveAsync(change.DocumentId, cancellationToken);
            return [tally.Removed(change.DocumentId)];
        }

        if (document.Version is { } version)
        {
            await writer.PutAsync(version, document.Passages, document.Error is null ? change.MovedFrom?.DocumentId : null, cancellationToken);
            tally.Embedded(computed, document.Passages.Count);
        }

        if (document.Error is not { } error)
        {
            return [tally.Ingested(change, document.Version!.Number, document.Passages.Count)];
        }

        if (document.Failure is { } failure)
        {
            await writer.PutFailureAsync(failure, cancellationToken);
        }

        if (change.MovedFrom is not { } origin)
        {
            return [tally.Failed(change.DocumentId, error)];
        }

        // Under its new name the file cannot be read, and the old one is gone.
        await writer.RemoveAsync(origin.DocumentId, cancellationToken);
        return [tally.Failed(change.DocumentId, error), tally.Removed(origin.DocumentId)];
    }
}

using System.Globalization;
using System.Runtime.CompilerServices;
using Assistant.Core.Documents;
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
    TimeProvider time,
    ILogger<CorpusReconciler> logger)
{
    // Enough that a long document does not leave the other processors idle.
    private static readonly int Ahead = 2 * Environment.ProcessorCount;

    private readonly Dictionary<string, IDocumentReader> readersByExtension = readers
        .SelectMany(reader => reader.Extensions, (reader, extension) => (reader, extension))
        .GroupBy(pair => pair.extension, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.Last().reader, StringComparer.Ordinal);

    /// <summary>What builds the index: readers, splitter, analyzer, embedding model and its dimensions.</summary>
    public string Fingerprint { get; } = ComposeFingerprint(readers, splitter, embedder);

    /// <summary>
    /// Compares and applies. A document is searchable from its event on; in a rebuild all are once the run is complete.
    /// A file that cannot be read is reported, and what was stored of it stays. When nothing has changed, nothing is written.
    /// </summary>
    /// <returns><see cref="IngestionPlanned"/>, an event for each document with something to do, <see cref="IngestionCompleted"/>.</returns>
    /// <exception cref="DirectoryNotFoundException">The corpus folder does not exist.</exception>
    /// <exception cref="IndexLeaseHeldException">Another ingestion is at work.</exception>
    /// <exception cref="IndexUnusableException">The index cannot be used by this program.</exception>
    public async IAsyncEnumerable<IngestionEvent> ReconcileAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var started = time.GetTimestamp();
        var fingerprint = (await index.GetStateAsync(cancellationToken)).Fingerprint;
        var rebuild = fingerprint is not null && fingerprint != Fingerprint;
        var files = folder.List(cancellationToken).ToLookup(id => readersByExtension.ContainsKey(new DocumentFile(id, default).Extension));
        var entries = await HashAsync([.. files[true]], cancellationToken);
        var plan = CorpusPlan.Compare(entries, await store.ListAsync(cancellationToken), rebuild);
        var tally = new IngestionTally(plan.Unchanged, [.. files[false]]);
        Log.Planned(logger, folder.Path, plan.Changes.Count, rebuild);
        yield return new IngestionPlanned(plan.Changes.Count, rebuild);

        if (plan.NeedsWriter)
        {
            await foreach (var change in ApplyAsync(plan, rebuild, tally, cancellationToken))
            {
                yield return change;
            }
        }
        else
        {
            foreach (var unreadable in plan.Changes)
            {
                Log.DocumentFailed(logger, unreadable.DocumentId, unreadable.Error!);
                yield return tally.Failed(unreadable.DocumentId, unreadable.Error!);
            }
        }

        await retention.ApplyAsync(Fingerprint, cancellationToken);
        yield return tally.Complete(time.GetElapsedTime(started));
    }

    private static string ComposeFingerprint(
        IEnumerable<IDocumentReader> readers, PassageSplitter splitter, IEmbeddingGenerator<string, Embedding<float>> embedder)
    {
        var model = embedder.GetService<EmbeddingGeneratorMetadata>();
        return string.Join(
            '|',
            [
                .. readers.Select(reader => reader.Fingerprint).Distinct().Order(StringComparer.Ordinal),
                splitter.Fingerprint,
                TextAnalyzer.Fingerprint,
                model?.DefaultModelId ?? "unnamed model",
                model?.DefaultModelDimensions?.ToString(CultureInfo.InvariantCulture) ?? "any",
            ]);
    }

    private async Task<CorpusEntry[]> HashAsync(string[] ids, CancellationToken cancellationToken)
    {
        var entries = new CorpusEntry[ids.Length];
        await Parallel.ForAsync(0, ids.Length, cancellationToken, (i, _) =>
        {
            try
            {
                entries[i] = new CorpusEntry(ids[i], folder.Hash(ids[i]), null);
            }
            catch (UnreadableDocumentException error)
            {
                entries[i] = new CorpusEntry(ids[i], null, error.Message);
            }

            return ValueTask.CompletedTask;
        });
        return entries;
    }

    private async IAsyncEnumerable<IngestionEvent> ApplyAsync(
        CorpusPlan plan, bool rebuild, IngestionTally tally, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var writer = await writers.OpenWriterAsync(Fingerprint, cancellationToken);
        var preparer = new DocumentPreparer(folder, readersByExtension, splitter, store, time, logger);
        // The writer is used by one caller at a time: by those who prepare, for vectors, and by the loop below, for changes.
        using var writing = new SemaphoreSlim(1, 1);
        await foreach (var (document, computed) in OrderedParallel.Select(plan.Changes, Ahead, PrepareAsync, cancellationToken))
        {
            IngestionEvent done;
            await writing.WaitAsync(cancellationToken);
            try
            {
                done = await WriteAsync(writer, document, computed, tally, cancellationToken);
            }
            finally
            {
                writing.Release();
            }

            yield return done;
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

            var (passages, computed) = await PassageVectors.FillAsync(document.Passages, known, knownUnder, embedder, token);
            return (document with { Passages = passages }, computed);
        }
    }

    private static async Task<IngestionEvent> WriteAsync(
        IIndexWriter writer, PreparedDocument document, int computed, IngestionTally tally, CancellationToken cancellationToken)
    {
        var change = document.Change;
        if (change.IsRemoval)
        {
            await writer.RemoveAsync(change.DocumentId, cancellationToken);
            return tally.Removed(change.DocumentId);
        }

        if (document.Version is { } version)
        {
            var movedFrom = document.Error is null ? change.MovedFrom?.DocumentId : null;
            await writer.PutAsync(version, document.Passages, movedFrom, cancellationToken);
            tally.Embedded(computed, document.Passages.Count);
        }

        return document.Error is { } error
            ? tally.Failed(change.DocumentId, error)
            : tally.Ingested(change, document.Version!.Number, document.Passages.Count);
    }
}

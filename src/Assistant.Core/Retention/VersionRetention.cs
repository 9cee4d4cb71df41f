using Assistant.Core.Documents;
using Assistant.Core.Ingestion;
using Microsoft.Extensions.Logging;

namespace Assistant.Core.Retention;

/// <summary>Drops old versions after ingestion. Citations of a version that was dropped can no longer be checked, which is why nothing is dropped unless it is asked for.</summary>
/// <param name="rule">What to drop.</param>
/// <param name="documents">The documents and their versions.</param>
/// <param name="writers">Opens the index for writing; asked only when there is something to drop.</param>
/// <param name="time">Clock.</param>
/// <param name="logger">Log: every version that is dropped, at Information.</param>
public sealed class VersionRetention(
    RetentionRule rule, IDocumentStore documents, IIndexWriterFactory writers, TimeProvider time, ILogger<VersionRetention> logger)
{
    /// <summary>Drops what is due.</summary>
    /// <param name="fingerprint">What builds the index now.</param>
    /// <param name="cancellationToken">Stops between two documents.</param>
    /// <exception cref="IndexLeaseHeldException">Another ingestion is at work.</exception>
    public async Task ApplyAsync(string fingerprint, CancellationToken cancellationToken)
    {
        if (rule.KeepsAll)
        {
            return;
        }

        var due = await DueAsync(cancellationToken);
        if (due.Count == 0)
        {
            return;
        }

        await using var writer = await writers.OpenWriterAsync(fingerprint, cancellationToken);
        foreach (var (documentId, numbers) in due)
        {
            await writer.DropVersionsAsync(documentId, numbers, cancellationToken);
            foreach (var number in numbers)
            {
                Log.VersionDropped(logger, documentId, number);
            }
        }

        await writer.CompleteAsync(cancellationToken);
    }

    private async Task<List<(string DocumentId, IReadOnlyList<int> Numbers)>> DueAsync(CancellationToken cancellationToken)
    {
        // Of a document in its first version there is nothing to drop: the common case costs nothing.
        var candidates = (await documents.ListAsync(cancellationToken))
            .Where(document => document.Version > 1)
            .Select(document => (document.DocumentId, Current: (int?)document.Version, RemovedAt: (DateTimeOffset?)null))
            .Concat((await documents.ListRemovedAsync(cancellationToken))
                .Select(document => (document.DocumentId, Current: (int?)null, RemovedAt: (DateTimeOffset?)document.RemovedAt)));
        var due = new List<(string, IReadOnlyList<int>)>();
        foreach (var (documentId, current, removedAt) in candidates)
        {
            var history = await documents.GetVersionsAsync(documentId, cancellationToken);
            List<int> numbers =
            [
                .. history
                    .Where((version, i) => version.Number != current && version.DroppedAt is null
                        && IsDue(history.Count - i, i + 1 < history.Count ? history[i + 1].IngestedAt : removedAt))
                    .Select(version => version.Number),
            ];
            if (numbers.Count > 0)
            {
                due.Add((documentId, numbers));
            }
        }

        return due;
    }

    /// <param name="rank">1 for the newest version.</param>
    /// <param name="replacedAt">Since when it is no longer the current one; null when it is.</param>
    private bool IsDue(int rank, DateTimeOffset? replacedAt) =>
        rank > rule.Versions || (replacedAt is { } since && time.GetUtcNow() - since > rule.Age);
}

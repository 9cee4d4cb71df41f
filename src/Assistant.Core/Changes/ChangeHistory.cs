using System.Globalization;
using Assistant.Core.Documents;

namespace Assistant.Core.Changes;

/// <summary>Tells what changed in documents and in the corpus, from the versions that are stored. Thread-safe.</summary>
/// <param name="documents">The documents and their versions.</param>
public sealed class ChangeHistory(IDocumentStore documents)
{
    private const int MostNames = 10;

    /// <summary>Compares two versions of a document.</summary>
    /// <param name="documentId">The document; also one that was removed.</param>
    /// <param name="from">Number of a version; null for the one before <paramref name="to"/>.</param>
    /// <param name="to">Number of a version; null for the newest.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="NoSuchVersionException">There is no such document or version, or retention dropped it; the message names what there is.</exception>
    public async Task<DocumentChanges> CompareAsync(string documentId, int? from, int? to, CancellationToken cancellationToken)
    {
        var history = await documents.GetVersionsAsync(documentId, cancellationToken);
        if (history.Count == 0)
        {
            throw await UnknownAsync(documentId, cancellationToken);
        }

        var last = to ?? history[^1].Number;
        if (from is null && last == history[0].Number)
        {
            throw new NoSuchVersionException($"'{documentId}' has no version before version {last}, so there is nothing to compare it with.");
        }

        // First the one that was named, should it not be there.
        var after = await ReadAsync(documentId, last, history, cancellationToken);
        return DocumentComparer.Compare(await ReadAsync(documentId, from ?? last - 1, history, cancellationToken), after);
    }

    /// <summary>Which documents were added, changed or removed since <paramref name="since"/>.</summary>
    public async Task<CorpusChanges> SinceAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        var added = new List<DocumentVersionName>();
        var changed = new List<ChangedDocument>();
        foreach (var document in await documents.ListAsync(cancellationToken))
        {
            if (document.IngestedAt < since)
            {
                continue;
            }

            var history = await documents.GetVersionsAsync(document.DocumentId, cancellationToken);
            var before = history.LastOrDefault(version => version.IngestedAt < since);
            if (before is null)
            {
                added.Add(new DocumentVersionName(document.DocumentId, document.Version, document.Title));
                continue;
            }

            var old = await documents.GetAsync(document.DocumentId, before.Number, cancellationToken);
            // A version that was replaced between the two calls is still there by its number.
            var now = await documents.GetAsync(document.DocumentId, document.Version, cancellationToken);
            changed.Add(new ChangedDocument(
                document.DocumentId, before.Number, document.Version, document.Title,
                old is null || now is null ? null : DocumentComparer.Compare(old, now)));
        }

        var removed = await documents.ListRemovedAsync(cancellationToken);
        return new CorpusChanges
        {
            Since = since,
            Added = added,
            Changed = changed,
            Removed = [.. removed.Where(document => document.RemovedAt >= since)],
        };
    }

    private async Task<DocumentVersion> ReadAsync(
        string documentId, int number, IReadOnlyList<VersionSummary> history, CancellationToken cancellationToken) =>
        await documents.GetAsync(documentId, number, cancellationToken)
            ?? throw new NoSuchVersionException(Missing(documentId, number, history));

    /// <summary>Why a version of a document that there is cannot be read, and which can.</summary>
    public static string Missing(string documentId, int number, IReadOnlyList<VersionSummary> history)
    {
        var readable = history.Where(version => version.DroppedAt is null).Select(version => version.Number).ToList();
        var there = readable.Count == 0 ? "None of its versions can be read any more."
            : readable.Count == 1 ? $"It has version {readable[0]}."
            : $"It has versions {string.Join(", ", readable)}.";
        return history.FirstOrDefault(version => version.Number == number)?.DroppedAt is { } dropped
            ? string.Create(CultureInfo.InvariantCulture, $"Version {number} of '{documentId}' was dropped by retention on {dropped:yyyy-MM-dd}. {there}")
            : $"'{documentId}' has no version {number}. {there}";
    }

    private async Task<NoSuchVersionException> UnknownAsync(string documentId, CancellationToken cancellationToken)
    {
        var there = (await documents.ListAsync(cancellationToken)).Select(document => document.DocumentId).ToList();
        var named = there.Count == 0 ? "There are no documents."
            : $"Documents are {string.Join(", ", there.Take(MostNames))}{(there.Count > MostNames ? $" and {there.Count - MostNames} more" : "")}.";
        return new NoSuchVersionException($"There is no document '{documentId}'. {named}");
    }
}

/// <summary>A document or a version that there is not (any more); the message says which there are.</summary>
public sealed class NoSuchVersionException(string message) : Exception(message);

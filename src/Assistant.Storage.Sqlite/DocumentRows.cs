using System.Globalization;
using Assistant.Core.Documents;
using Assistant.Core.Ingestion;

namespace Assistant.Storage.Sqlite;

/// <summary>Writes the rows of documents, of their versions, and of files that could not be read.</summary>
/// <param name="session">The connection, in a change.</param>
/// <param name="time">Clock, for when something was removed or dropped.</param>
internal sealed class DocumentRows(WriteSession session, TimeProvider time)
{
    /// <summary>Of a new generation are the documents that are put from now on; the versions of the others stay.</summary>
    public void BeginGeneration()
    {
        session.Statement("DELETE FROM failures").Execute();
        session.Statement("UPDATE documents SET version = NULL").Execute();
    }

    /// <summary>Says of the documents of the old generation that did not come into the new one that they are gone.</summary>
    public void LeaveOut() => session.Changed(
        session.Statement("UPDATE documents SET removed_at = $1 WHERE version IS NULL AND removed_at IS NULL", 1).Execute(Now()) > 0);

    /// <summary>Key of the document, which has a row from now on.</summary>
    public long Put(string documentId)
    {
        var id = ExactText.ToValue(documentId);
        if (session.Statement("SELECT key FROM documents WHERE id = $1", 1).Scalar(id) is long key)
        {
            return key;
        }

        session.Changed();
        return (long)session.Statement("INSERT INTO documents (id) VALUES ($1) RETURNING key", 1).Scalar(id)!;
    }

    /// <summary>Stores the version unless it is stored already.</summary>
    /// <exception cref="ArgumentException">It is, with another text.</exception>
    public void PutVersion(long document, DocumentVersion version)
    {
        if (session.Statement("SELECT text FROM versions WHERE document = $1 AND number = $2", 2).Scalar(document, version.Number) is { } text)
        {
            if (ExactText.FromValue(text) != version.Text)
            {
                throw new ArgumentException($"Version {version.Number} of '{version.DocumentId}' is stored with another text.", nameof(version));
            }

            return;
        }

        session.Changed();
        session.Statement("INSERT INTO versions VALUES ($1, $2, $3, $4, NULL, $5, $6, $7, $8, $9, $10)", 10).Execute(
            document,
            version.Number,
            version.ContentHash,
            version.IngestedAt.ToString("O", CultureInfo.InvariantCulture),
            ExactText.ToValue(version.OwnTitle),
            StoredJson.Write(version.Metadata),
            StoredJson.Write(version.PageStarts),
            StoredJson.Write(version.Sections),
            StoredJson.Write(version.Blocks),
            ExactText.ToValue(version.Text));
    }

    /// <summary>Makes a stored version the current one.</summary>
    public void MakeCurrent(long document, int version) => session.Changed(
        session.Statement("UPDATE documents SET version = $2, removed_at = NULL, moved_to = NULL WHERE key = $1 AND version IS NOT $2", 2)
            .Execute(document, version) > 0);

    /// <summary>Key of the document when it is in the corpus.</summary>
    public long? Current(string documentId) =>
        (long?)session.Statement("SELECT key FROM documents WHERE id = $1 AND version IS NOT NULL", 1).Scalar(ExactText.ToValue(documentId));

    /// <summary>Takes a document that has no passages any more out of the corpus.</summary>
    public void Remove(long document, string? movedTo)
    {
        session.Statement("UPDATE documents SET version = NULL, removed_at = $2, moved_to = $3 WHERE key = $1", 3)
            .Execute(document, Now(), ExactText.ToValue(movedTo));
        session.Changed();
    }

    /// <summary>Forgets what a version holds; a number that is not there is passed over.</summary>
    /// <exception cref="ArgumentException">It is the current one.</exception>
    public void DropVersion(string documentId, int number)
    {
        var id = ExactText.ToValue(documentId);
        if (session.Statement("SELECT 1 FROM documents WHERE id = $1 AND version = $2", 2).Scalar(id, number) is not null)
        {
            throw new ArgumentException($"Version {number} of '{documentId}' is the current one.", nameof(number));
        }

        session.Changed(session.Statement(
            """
            UPDATE versions SET dropped_at = $3, own_title = NULL, metadata = '{}', page_starts = '[]', sections = '[]', blocks = '[]', text = ''
            WHERE document = (SELECT key FROM documents WHERE id = $1) AND number = $2 AND dropped_at IS NULL
            """, 3).Execute(id, number, Now()) > 0);
    }

    public void PutFailure(FailedFile failure) => session.Statement("INSERT OR REPLACE INTO failures VALUES ($1, $2, $3)", 3)
        .Execute(ExactText.ToValue(failure.DocumentId), failure.ContentHash, ExactText.ToValue(failure.Error));

    public void ForgetFailure(string documentId) =>
        session.Statement("DELETE FROM failures WHERE id = $1", 1).Execute(ExactText.ToValue(documentId));

    private string Now() => time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
}

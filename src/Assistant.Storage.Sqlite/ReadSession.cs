using System.Globalization;
using System.Runtime.InteropServices;
using Assistant.Core.Documents;
using Assistant.Core.Ingestion;
using Assistant.Core.Passages;
using Assistant.Core.Retrieval;
using Microsoft.Data.Sqlite;

namespace Assistant.Storage.Sqlite;

/// <summary>A connection for reading with its prepared statements. Used by one caller at a time, inside one read transaction.</summary>
internal sealed class ReadSession : IDisposable
{
    private const string PassageColumns = """
        SELECT p.key, p.id, d.id, d.version, p.ordinal, v.own_title, p.start, p.length, p.sentences, p.headings, p.language, p.text
        FROM passages p JOIN documents d ON d.key = p.document JOIN versions v ON v.document = d.key AND v.number = d.version
        """;

    private const string VersionColumns = """
        SELECT v.number, v.content_hash, v.ingested_at, v.own_title, v.metadata, v.page_starts, v.sections, v.blocks, v.text
        FROM documents d JOIN versions v ON v.document = d.key AND v.dropped_at IS NULL
        """;

    private readonly SqliteConnection connection;
    private readonly List<Statement> statements = [];
    private readonly Statement begin;
    private readonly Statement end;
    private readonly Statement meta;
    private readonly Statement passageKeys;
    private readonly Statement newPassages;
    private readonly Statement passage;
    private readonly Statement passagesWithin;
    private readonly Statement documentKey;
    private readonly Statement keywordHits;
    private readonly Statement documents;
    private readonly Statement currentVersion;
    private readonly Statement numberedVersion;
    private readonly Statement history;
    private readonly Statement removedDocuments;
    private readonly Statement failures;

    public ReadSession(SqliteConnection connection)
    {
        this.connection = connection;
        begin = Prepare("BEGIN");
        end = Prepare("COMMIT");
        meta = Prepare("SELECT value FROM meta WHERE name = $1", 1);
        passageKeys = Prepare("SELECT key FROM passages INDEXED BY passages_by_document");
        newPassages = Prepare("SELECT key, id, document, vector FROM passages WHERE key > $1 ORDER BY key", 1);
        passage = Prepare($"{PassageColumns} WHERE p.key = $1", 1);
        passagesWithin = Prepare(
            $"{PassageColumns} WHERE d.id = $1 AND d.version = $2 AND p.start < $4 AND p.start + p.length > $3 ORDER BY p.ordinal LIMIT $5", 5);
        documentKey = Prepare("SELECT key FROM documents WHERE id = $1", 1);
        keywordHits = Prepare(string.Create(
            CultureInfo.InvariantCulture,
            $"SELECT rowid, bm25(passage_terms, {KeywordWeights.Title}, {KeywordWeights.Headings}, {KeywordWeights.Text}) FROM passage_terms WHERE passage_terms MATCH $1"), 1);
        documents = Prepare("""
            SELECT d.id, d.version, v.own_title, v.content_hash, v.ingested_at, v.metadata,
                (SELECT COUNT(*) FROM passages p WHERE p.document = d.key)
            FROM documents d JOIN versions v ON v.document = d.key AND v.number = d.version
            """);
        currentVersion = Prepare($"{VersionColumns} AND v.number = d.version WHERE d.id = $1", 1);
        numberedVersion = Prepare($"{VersionColumns} WHERE d.id = $1 AND v.number = $2", 2);
        history = Prepare("""
            SELECT v.number, v.content_hash, v.ingested_at, v.dropped_at
            FROM documents d JOIN versions v ON v.document = d.key WHERE d.id = $1 ORDER BY v.number
            """, 1);
        removedDocuments = Prepare("""
            SELECT d.id, (SELECT MAX(v.number) FROM versions v WHERE v.document = d.key), d.removed_at, d.moved_to
            FROM documents d WHERE d.version IS NULL AND d.removed_at IS NOT NULL
            """);
        failures = Prepare("SELECT id, content_hash, error FROM failures");
    }

    /// <summary>Begins the snapshot that everything sees until <see cref="End"/>.</summary>
    public void Begin() => begin.Execute();

    public void End() => end.Execute();

    /// <summary>Counts the changes of the index; says which view belongs to this snapshot.</summary>
    public long Revision() => (long)meta.Scalar("revision")!;

    public string? Fingerprint() => meta.Scalar("fingerprint") is { } value ? ExactText.FromValue(value) : null;

    /// <summary>Length of the vectors; null when there are none.</summary>
    public int? Dimensions() => meta.Scalar("dimensions") is { } value ? Convert.ToInt32(value, CultureInfo.InvariantCulture) : null;

    /// <summary>Brings a view to this snapshot.</summary>
    public PassageView Advance(PassageView view, long revision, CancellationToken cancellationToken)
    {
        var keys = new List<long>(view.PassageCount);
        using (var reader = passageKeys.Query())
        {
            while (reader.Read())
            {
                keys.Add(reader.GetInt64(0));
            }
        }

        var sorted = CollectionsMarshal.AsSpan(keys);
        sorted.Sort();
        var dimensions = Dimensions() ?? 0;
        // A view with vectors of another length is of no use: everything is read.
        using var rows = newPassages.Query(dimensions == view.Dimensions ? view.LastKey : 0);
        return view.Advance(revision, dimensions, sorted, (key, vector) =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!rows.Read() || rows.GetInt64(0) != key)
            {
                throw new InvalidDataException($"Passage {key} is missing.");
            }

            MemoryMarshal.Cast<byte, float>(rows.GetFieldValue<byte[]>(3)).CopyTo(vector);
            return new PassageRow(key, new Guid(rows.GetFieldValue<byte[]>(1), bigEndian: true), rows.GetInt64(2));
        });
    }

    /// <summary>The passages that hold the term anywhere, as rows of the view of this snapshot, with their BM25.</summary>
    public TermHits TermHits(string term, PassageView view, CancellationToken cancellationToken)
    {
        if (term.Length == 0)
        {
            return Sqlite.TermHits.None;
        }

        using var reader = keywordHits.Query(TermToken.Phrase(term));
        var rows = new List<int>();
        var scores = new List<float>();
        while (reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var row = view.IndexOf(reader.GetInt64(0));
            if (row < 0)
            {
                throw new InvalidDataException($"Passage {reader.GetInt64(0)} has terms but does not exist.");
            }

            // FTS5 gives better rows a smaller, negative number.
            rows.Add(row);
            scores.Add((float)-reader.GetDouble(1));
        }

        return new TermHits([.. rows], [.. scores]);
    }

    public long? DocumentKey(string documentId) => (long?)documentKey.Scalar(ExactText.ToValue(documentId));

    public Passage Passage(long key)
    {
        using var reader = passage.Query(key);
        return reader.Read() ? ReadPassage(reader) : throw new InvalidDataException($"Passage {key} is missing.");
    }

    public IReadOnlyList<Passage> Passages(string documentId, int version, TextSpan within, int limit)
    {
        using var reader = passagesWithin.Query(ExactText.ToValue(documentId), version, within.Start, within.End, limit);
        var passages = new List<Passage>();
        while (reader.Read())
        {
            passages.Add(ReadPassage(reader));
        }

        return passages;
    }

    public IReadOnlyList<DocumentSummary> Documents()
    {
        using var reader = documents.Query();
        var summaries = new List<DocumentSummary>();
        while (reader.Read())
        {
            var id = Text(reader, 0)!;
            summaries.Add(new DocumentSummary(
                id,
                reader.GetInt32(1),
                Text(reader, 2) ?? DocumentTitle.FromFileName(id),
                reader.GetString(3),
                Time(reader, 4),
                reader.GetInt32(6),
                StoredJson.Read<DocumentMetadata>(reader.GetString(5))));
        }

        summaries.Sort((left, right) => string.CompareOrdinal(left.DocumentId, right.DocumentId));
        return summaries;
    }

    public DocumentVersion? Version(string documentId, int? number)
    {
        var id = ExactText.ToValue(documentId);
        using var reader = number is { } one ? numberedVersion.Query(id, one) : currentVersion.Query(id);
        return !reader.Read() ? null : new DocumentVersion
        {
            DocumentId = documentId,
            Number = reader.GetInt32(0),
            ContentHash = reader.GetString(1),
            IngestedAt = Time(reader, 2),
            OwnTitle = Text(reader, 3),
            Metadata = StoredJson.Read<DocumentMetadata>(reader.GetString(4)),
            PageStarts = StoredJson.Read<IReadOnlyList<int>>(reader.GetString(5)),
            Sections = StoredJson.Read<IReadOnlyList<Section>>(reader.GetString(6)),
            Blocks = StoredJson.Read<IReadOnlyList<TextBlock>>(reader.GetString(7)),
            Text = Text(reader, 8)!,
        };
    }

    public IReadOnlyList<VersionSummary> History(string documentId)
    {
        using var reader = history.Query(ExactText.ToValue(documentId));
        var versions = new List<VersionSummary>();
        while (reader.Read())
        {
            versions.Add(new VersionSummary(reader.GetInt32(0), reader.GetString(1), Time(reader, 2))
            {
                DroppedAt = reader.IsDBNull(3) ? null : Time(reader, 3),
            });
        }

        return versions;
    }

    public IReadOnlyList<RemovedDocument> RemovedDocuments()
    {
        using var reader = removedDocuments.Query();
        var removed = new List<RemovedDocument>();
        while (reader.Read())
        {
            removed.Add(new RemovedDocument(Text(reader, 0)!, reader.GetInt32(1), Time(reader, 2), Text(reader, 3)));
        }

        removed.Sort((left, right) => string.CompareOrdinal(left.DocumentId, right.DocumentId));
        return removed;
    }

    public IReadOnlyList<FailedFile> Failures()
    {
        using var reader = failures.Query();
        var failed = new List<FailedFile>();
        while (reader.Read())
        {
            failed.Add(new FailedFile(Text(reader, 0)!, reader.GetString(1), Text(reader, 2)!));
        }

        failed.Sort((left, right) => string.CompareOrdinal(left.DocumentId, right.DocumentId));
        return failed;
    }

    public void Dispose()
    {
        foreach (var statement in statements)
        {
            statement.Dispose();
        }

        connection.Dispose();
    }

    private static Passage ReadPassage(SqliteDataReader reader)
    {
        var start = reader.GetInt32(6);
        return new Passage
        {
            Id = new Guid(reader.GetFieldValue<byte[]>(1), bigEndian: true),
            DocumentId = Text(reader, 2)!,
            Version = reader.GetInt32(3),
            Ordinal = reader.GetInt32(4),
            OwnTitle = Text(reader, 5),
            Span = new TextSpan(start, start + reader.GetInt32(7)),
            Sentences = SentenceColumn.Read(reader.GetString(8), start),
            Headings = StoredJson.Read<IReadOnlyList<string>>(reader.GetString(9)),
            Language = Text(reader, 10),
            Text = Text(reader, 11)!,
        };
    }

    private static string? Text(SqliteDataReader reader, int column) => ExactText.FromValue(reader.GetValue(column));

    private static DateTimeOffset Time(SqliteDataReader reader, int column) =>
        DateTimeOffset.ParseExact(reader.GetString(column), "O", CultureInfo.InvariantCulture);

    private Statement Prepare(string sql, int parameters = 0)
    {
        var statement = new Statement(connection, sql, parameters);
        statements.Add(statement);
        return statement;
    }
}

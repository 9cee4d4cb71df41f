using System.Runtime.InteropServices;
using Assistant.Core.Ingestion;

namespace Assistant.Storage.Sqlite;

/// <summary>Writes the rows of passages and the terms that they are found by.</summary>
/// <param name="session">The connection, in a change.</param>
internal sealed class PassageRows(WriteSession session)
{
    /// <summary>A new generation begins without passages.</summary>
    public void BeginGeneration()
    {
        session.Statement("INSERT INTO passage_terms (passage_terms) VALUES ('delete-all')").Execute();
        session.Statement("DELETE FROM passages").Execute();
    }

    /// <summary>After many passages were written, the terms lie in many pieces: searching one piece takes a quarter less time.</summary>
    public void MergeTerms() => session.Statement("INSERT INTO passage_terms (passage_terms) VALUES ('optimize')").Execute();

    /// <summary>Vectors of a document's passages by passage id.</summary>
    public IReadOnlyDictionary<Guid, ReadOnlyMemory<float>> Vectors(string documentId)
    {
        var vectors = new Dictionary<Guid, ReadOnlyMemory<float>>();
        using var reader = session.Statement("SELECT p.id, p.vector FROM passages p JOIN documents d ON d.key = p.document WHERE d.id = $1", 1)
            .Query(ExactText.ToValue(documentId));
        while (reader.Read())
        {
            vectors.Add(
                new Guid(reader.GetFieldValue<byte[]>(0), bigEndian: true),
                MemoryMarshal.Cast<byte, float>(reader.GetFieldValue<byte[]>(1)).ToArray());
        }

        return vectors;
    }

    /// <summary>Gives a document exactly these passages, and writes only what differs from those it has.</summary>
    public void Put(long document, IReadOnlyList<IndexedPassage> passages)
    {
        var stored = Stored(document);
        foreach (var indexed in passages)
        {
            var row = new PassageColumns(indexed);
            if (!stored.Remove(indexed.Passage.Id, out var known))
            {
                Insert(document, row);
            }
            else if (!known.Row.HasVectorOf(row))
            {
                // A key stands for one vector for ever.
                Delete(known.Key);
                Insert(document, row);
            }
            else
            {
                Update(known.Key, known.Row, row);
            }
        }

        foreach (var (key, _) in stored.Values)
        {
            Delete(key);
        }
    }

    private Dictionary<Guid, (long Key, PassageColumns Row)> Stored(long document)
    {
        using var reader = session.Statement(
            "SELECT key, id, ordinal, start, terms_hash, language, sentences, vector FROM passages WHERE document = $1", 1).Query(document);
        var stored = new Dictionary<Guid, (long, PassageColumns)>();
        while (reader.Read())
        {
            stored.Add(new Guid(reader.GetFieldValue<byte[]>(1), bigEndian: true), (reader.GetInt64(0), new PassageColumns(reader)));
        }

        return stored;
    }

    private void Insert(long document, PassageColumns row)
    {
        session.Changed();
        var passage = row.Indexed!.Passage;
        var key = session.Statement(
            """
            INSERT INTO passages (id, document, ordinal, start, length, terms_hash, language, sentences, headings, vector, text)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING key
            """, 11).Scalar(
            passage.Id.ToByteArray(bigEndian: true), document, row.Ordinal, row.Start, passage.Span.Length, row.TermsHash,
            ExactText.ToValue(row.Language), row.Sentences, StoredJson.Write(passage.Headings), row.Vector, ExactText.ToValue(passage.Text))!;
        InsertTerms((long)key, row);
    }

    private void Update(long key, PassageColumns known, PassageColumns row)
    {
        if (known.TermsHash != row.TermsHash)
        {
            DeleteTerms(key);
            InsertTerms(key, row);
        }

        if (!known.HasPlaceOf(row))
        {
            session.Changed();
            session.Statement("UPDATE passages SET ordinal = $2, start = $3, terms_hash = $4, language = $5, sentences = $6 WHERE key = $1", 6)
                .Execute(key, row.Ordinal, row.Start, row.TermsHash, ExactText.ToValue(row.Language), row.Sentences);
        }
    }

    private void Delete(long key)
    {
        session.Changed();
        DeleteTerms(key);
        session.Statement("DELETE FROM passages WHERE key = $1", 1).Execute(key);
    }

    private void InsertTerms(long key, PassageColumns row) =>
        session.Statement("INSERT INTO passage_terms (rowid, title, headings, text) VALUES ($1, $2, $3, $4)", 4)
            .Execute(key, row.TitleTerms, row.HeadingTerms, row.TextTerms);

    private void DeleteTerms(long key) => session.Statement("DELETE FROM passage_terms WHERE rowid = $1", 1).Execute(key);
}

using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Assistant.Core.Ingestion;
using Microsoft.Data.Sqlite;

namespace Assistant.Storage.Sqlite;

/// <summary>A passage as its row holds it: what can differ while its id stays, and the terms it is found by.</summary>
internal sealed class PassageColumns
{
    /// <summary>The row to write.</summary>
    public PassageColumns(IndexedPassage indexed)
    {
        Indexed = indexed;
        Ordinal = indexed.Passage.Ordinal;
        Start = indexed.Passage.Span.Start;
        Language = indexed.Passage.Language;
        Sentences = SentenceColumn.Write(indexed.Passage.Sentences, Start);
        Vector = MemoryMarshal.AsBytes(indexed.Vector.Span).ToArray();
        TitleTerms = TermToken.EncodeAll(indexed.TitleTerms);
        HeadingTerms = TermToken.EncodeAll(indexed.HeadingTerms);
        TextTerms = TermToken.EncodeAll(indexed.TextTerms);
        TermsHash = Hash($"{TitleTerms}\n{HeadingTerms}\n{TextTerms}");
    }

    /// <summary>The row that is stored: ordinal, start, hash of terms, language, sentences and vector in the columns from 2.</summary>
    public PassageColumns(SqliteDataReader reader)
    {
        Ordinal = reader.GetInt32(2);
        Start = reader.GetInt32(3);
        TermsHash = reader.GetInt64(4);
        Language = ExactText.FromValue(reader.GetValue(5));
        Sentences = reader.GetString(6);
        Vector = reader.GetFieldValue<byte[]>(7);
    }

    /// <summary>Null for a stored row.</summary>
    public IndexedPassage? Indexed { get; }

    public int Ordinal { get; }

    public int Start { get; }

    public string? Language { get; }

    public string Sentences { get; }

    public byte[] Vector { get; }

    public long TermsHash { get; }

    public string TitleTerms { get; } = "";

    public string HeadingTerms { get; } = "";

    public string TextTerms { get; } = "";

    public bool HasVectorOf(PassageColumns other) => Vector.AsSpan().SequenceEqual(other.Vector);

    public bool HasPlaceOf(PassageColumns other) =>
        (Ordinal, Start, TermsHash, Language, Sentences) == (other.Ordinal, other.Start, other.TermsHash, other.Language, other.Sentences);

    private static long Hash(string terms) =>
        BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(MemoryMarshal.AsBytes(terms.AsSpan())));
}

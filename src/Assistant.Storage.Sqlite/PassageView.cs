using System.Collections.Concurrent;
using System.Numerics.Tensors;
using Assistant.Core.Passages;

namespace Assistant.Storage.Sqlite;

/// <summary>What is kept of a passage for searching.</summary>
/// <param name="Key">Its key in the database; rows are ordered by it.</param>
/// <param name="Id">Its id.</param>
/// <param name="Document">Key of its document.</param>
internal readonly record struct PassageRow(long Key, Guid Id, long Document);

/// <summary>
/// The passages of one revision of the index as they are searched: rows ordered by key, and their vectors in one array.
/// Never changes. Later views share the arrays: they write only behind what earlier ones see.
/// </summary>
internal sealed class PassageView
{
    /// <summary>Passages kept as read; about 2 KB each.</summary>
    private const int MostCachedPassages = 4096;

    /// <summary>Hits of terms kept as found, 8 bytes each.</summary>
    private const int MostCachedHits = 4_000_000;

    private readonly PassageRow[] rows;
    private readonly float[] vectors;
    private readonly bool[] gone;
    private readonly ConcurrentDictionary<long, Passage> cache = [];
    private readonly ConcurrentDictionary<string, TermHits> terms = new(StringComparer.Ordinal);
    private int cachedHits;

    private PassageView(long revision, int dimensions, PassageRow[] rows, float[] vectors, bool[] gone, int count, int alive)
    {
        Revision = revision;
        Dimensions = dimensions;
        this.rows = rows;
        this.vectors = vectors;
        this.gone = gone;
        RowCount = count;
        PassageCount = alive;
    }

    public static PassageView Empty { get; } = new(-1, 0, [], [], [], 0, 0);

    public long Revision { get; }

    /// <summary>Length of the vectors; 0 when nothing was ever indexed.</summary>
    public int Dimensions { get; }

    public int PassageCount { get; }

    /// <summary>Rows, those of passages that are gone included.</summary>
    public int RowCount { get; }

    /// <summary>The largest key it ever saw; 0 when it saw none.</summary>
    public long LastKey => RowCount == 0 ? 0 : rows[RowCount - 1].Key;

    public PassageRow this[int index] => rows[index];

    public bool IsGone(int index) => gone[index];

    /// <summary>Index of the row with this key; negative when there is none.</summary>
    public int IndexOf(long key)
    {
        int low = 0, high = RowCount - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            switch (rows[middle].Key.CompareTo(key))
            {
                case 0:
                    return gone[middle] ? -1 : middle;
                case < 0:
                    low = middle + 1;
                    break;
                default:
                    high = middle - 1;
                    break;
            }
        }

        return -1;
    }

    /// <summary>Cosine of the query with the row's passage; both have length 1 or 0.</summary>
    public float Similarity(ReadOnlySpan<float> query, int index) =>
        Math.Clamp(TensorPrimitives.Dot(query, vectors.AsSpan(index * Dimensions, Dimensions)), -1f, 1f);

    /// <summary>The passage of a row, read once.</summary>
    public Passage GetPassage(long key, Func<long, Passage> read)
    {
        if (cache.TryGetValue(key, out var passage))
        {
            return passage;
        }

        if (cache.Count >= MostCachedPassages)
        {
            cache.Clear();
        }

        return cache[key] = read(key);
    }

    /// <summary>The passages that hold a term, looked up once.</summary>
    public TermHits GetTerm(string term, Func<string, TermHits> find)
    {
        if (terms.TryGetValue(term, out var hits))
        {
            return hits;
        }

        hits = find(term);
        if (Interlocked.Add(ref cachedHits, hits.Count) > MostCachedHits)
        {
            terms.Clear();
            Interlocked.Exchange(ref cachedHits, hits.Count);
        }

        return terms[term] = hits;
    }

    /// <summary>The view of a later revision. Only the newest view may be advanced, by one caller at a time.</summary>
    /// <param name="revision">The revision.</param>
    /// <param name="dimensions">Length of the vectors.</param>
    /// <param name="keys">Keys of all its passages, ascending; the new ones are larger than all that this view ever saw.</param>
    /// <param name="load">Reads a new row and copies its vector into the span; asked in ascending order of keys.</param>
    public PassageView Advance(long revision, int dimensions, ReadOnlySpan<long> keys, LoadRow load)
    {
        var source = dimensions == Dimensions ? this : Empty;
        var known = new int[keys.Length];
        var kept = 0;
        for (var i = 0; i < keys.Length; i++)
        {
            known[i] = source.IndexOf(keys[i]);
            kept += known[i] >= 0 ? 1 : 0;
        }

        // New rows go behind the old ones while there is room and not too many of the old ones are gone.
        var sharing = source.RowCount + keys.Length - kept <= source.rows.Length && source.RowCount - kept <= kept;
        var capacity = sharing ? source.rows.Length : keys.Length + (keys.Length / 4);
        var targetRows = sharing ? source.rows : new PassageRow[capacity];
        var targetVectors = sharing ? source.vectors : new float[capacity * dimensions];
        var targetGone = new bool[capacity];
        var count = sharing ? source.RowCount : 0;
        Array.Fill(targetGone, true, 0, count);
        for (var i = 0; i < keys.Length; i++)
        {
            if (sharing && known[i] >= 0)
            {
                targetGone[known[i]] = false;
                continue;
            }

            var vector = targetVectors.AsSpan(count * dimensions, dimensions);
            if (known[i] >= 0)
            {
                targetRows[count] = source.rows[known[i]];
                source.vectors.AsSpan(known[i] * dimensions, dimensions).CopyTo(vector);
            }
            else
            {
                targetRows[count] = load(keys[i], vector);
            }

            count++;
        }

        return new PassageView(revision, dimensions, targetRows, targetVectors, targetGone, count, keys.Length);
    }
}

/// <summary>The passages that hold a term.</summary>
/// <param name="Rows">Rows of a view.</param>
/// <param name="Scores">BM25 of each, positive, larger is better.</param>
internal sealed record TermHits(int[] Rows, float[] Scores)
{
    public static TermHits None { get; } = new([], []);

    public int Count => Rows.Length;
}

/// <summary>Reads the row with this key and copies its vector into the span.</summary>
internal delegate PassageRow LoadRow(long key, Span<float> vector);

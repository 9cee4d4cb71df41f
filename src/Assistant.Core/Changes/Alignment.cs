namespace Assistant.Core.Changes;

/// <summary>Which sentence before is which sentence after: each is paired once at most.</summary>
internal sealed class Alignment
{
    private const int None = -1;

    private readonly int[] afterOf;
    private readonly int[] beforeOf;

    public Alignment(int before, int after)
    {
        afterOf = new int[before];
        beforeOf = new int[after];
        Array.Fill(afterOf, None);
        Array.Fill(beforeOf, None);
    }

    public int BeforeCount => afterOf.Length;

    public int AfterCount => beforeOf.Length;

    /// <summary>The sentence after; -1 for none.</summary>
    public int AfterOf(int before) => afterOf[before];

    /// <summary>The sentence before; -1 for none.</summary>
    public int BeforeOf(int after) => beforeOf[after];

    public IEnumerable<int> UnpairedBefore => Enumerable.Range(0, afterOf.Length).Where(i => afterOf[i] == None);

    public IEnumerable<int> UnpairedAfter => Enumerable.Range(0, beforeOf.Length).Where(i => beforeOf[i] == None);

    public bool IsFree(int before, int after) => afterOf[before] == None && beforeOf[after] == None;

    public void Pair(int before, int after)
    {
        afterOf[before] = after;
        beforeOf[after] = before;
    }

    /// <summary>The same pairs seen from the other side.</summary>
    public Alignment Mirrored()
    {
        var mirrored = new Alignment(AfterCount, BeforeCount);
        for (var i = 0; i < BeforeCount; i++)
        {
            if (afterOf[i] != None)
            {
                mirrored.Pair(afterOf[i], i);
            }
        }

        return mirrored;
    }

    /// <summary>
    /// The pairs that kept their order, as the sentences before: of all selections without a crossing the one with the most
    /// text, so that of two that changed places the shorter one has moved. O(n log n).
    /// </summary>
    public IReadOnlyList<int> InOrder(Func<int, int> weight)
    {
        // Fenwick tree of prefix maxima over the positions after.
        var best = new int[beforeOf.Length + 1];
        Array.Fill(best, None);
        var total = new long[afterOf.Length];
        var previous = new int[afterOf.Length];
        var last = None;
        for (var before = 0; before < afterOf.Length; before++)
        {
            if (afterOf[before] == None)
            {
                continue;
            }

            var behind = None;
            for (var i = afterOf[before]; i > 0; i -= i & -i)
            {
                behind = Better(behind, best[i]);
            }

            previous[before] = behind;
            total[before] = weight(before) + (behind == None ? 0 : total[behind]);
            last = Better(last, before);
            for (var i = afterOf[before] + 1; i < best.Length; i += i & -i)
            {
                best[i] = Better(best[i], before);
            }
        }

        var kept = new List<int>();
        for (; last != None; last = previous[last])
        {
            kept.Add(last);
        }

        kept.Reverse();
        return kept;

        int Better(int one, int other) =>
            one == None ? other : other == None || total[one] >= total[other] ? one : other;
    }
}

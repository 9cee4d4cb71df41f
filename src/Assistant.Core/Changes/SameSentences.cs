namespace Assistant.Core.Changes;

/// <summary>
/// Pairs sentences that are the same. After P. Heckel, “A technique for isolating differences between files” (CACM 21, 1978):
/// what occurs once on either side is paired, and from there whatever adjoins; which also finds what has moved. What is
/// left occurs several times and is paired in order, first between the same neighbours. O(n log n) however different the sides are.
/// </summary>
internal static class SameSentences
{
    public static void Pair(IReadOnlyList<ComparedSentence> before, IReadOnlyList<ComparedSentence> after, Alignment alignment)
    {
        PairUnique(before, after, alignment);
        for (var i = -1; i < before.Count; i++)
        {
            TryPair(i + 1, i < 0 ? 0 : alignment.AfterOf(i) is >= 0 and var there ? there + 1 : -1);
        }

        for (var i = before.Count; i >= 0; i--)
        {
            TryPair(i - 1, i == before.Count ? after.Count - 1 : alignment.AfterOf(i) - 1);
        }

        var gaps = new SentenceGaps(alignment, alignment.InOrder(i => before[i].Weight));
        PairInOrder(i => (gaps.OfBefore(i), before[i].Key), j => (gaps.OfAfter(j), after[j].Key), alignment);
        PairInOrder(i => (0, before[i].Key), j => (0, after[j].Key), alignment);

        void TryPair(int i, int j)
        {
            if (i >= 0 && j >= 0 && i < before.Count && j < after.Count && alignment.IsFree(i, j) && before[i].Key == after[j].Key)
            {
                alignment.Pair(i, j);
            }
        }
    }

    private static void PairUnique(IReadOnlyList<ComparedSentence> before, IReadOnlyList<ComparedSentence> after, Alignment alignment)
    {
        var there = Places(after);
        foreach (var (key, place) in Places(before))
        {
            if (place is { } i && there.GetValueOrDefault(key) is { } j)
            {
                alignment.Pair(i, j);
            }
        }
    }

    /// <summary>Where each sentence stands; null when it stands at several places.</summary>
    private static Dictionary<string, int?> Places(IReadOnlyList<ComparedSentence> sentences)
    {
        var places = new Dictionary<string, int?>(StringComparer.Ordinal);
        for (var i = 0; i < sentences.Count; i++)
        {
            places[sentences[i].Key] = places.ContainsKey(sentences[i].Key) ? null : i;
        }

        return places;
    }

    private static void PairInOrder(Func<int, (int, string)> keyBefore, Func<int, (int, string)> keyAfter, Alignment alignment)
    {
        var waiting = alignment.UnpairedAfter.GroupBy(keyAfter).ToDictionary(group => group.Key, group => new Queue<int>(group));
        foreach (var i in alignment.UnpairedBefore.ToList())
        {
            if (waiting.TryGetValue(keyBefore(i), out var same) && same.TryDequeue(out var j))
            {
                alignment.Pair(i, j);
            }
        }
    }
}

using Assistant.Core.Documents;

namespace Assistant.Core.Changes;

/// <summary>
/// Pairs what is left of two versions by similarity, the most similar first: no two sentences that are not paired with
/// each other are both more similar to each other than to what they are paired with. A sentence is compared with those that share its
/// rarest words and with those at the same place, a bounded number of each, so that long documents take linear time.
/// </summary>
internal static class Rewordings
{
    /// <summary>
    /// Least similarity of a pair. Measured on public texts in three languages: of two different sentences of one text, one to
    /// three in a thousand reach it; of sentences with a third of their words replaced, four in five do.
    /// </summary>
    private const double Threshold = 0.6;

    /// <summary>
    /// What standing at the same place counts for: between unchanged neighbours two fifths of the words are enough, which nearly
    /// every sentence with a third of its words replaced keeps, and two to four in a hundred of others.
    /// </summary>
    private const double SamePlace = 0.2;

    private const int MostSharingWords = 64;
    private const int MostNeighbours = 4;

    public static void Pair(
        DocumentVersion before, IReadOnlyList<ComparedSentence> from, DocumentVersion after, IReadOnlyList<ComparedSentence> to, Alignment alignment)
    {
        var gaps = new SentenceGaps(alignment, alignment.InOrder(i => from[i].Weight));
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var ours = Bags(alignment.UnpairedBefore, from, before, numbers);
        var theirs = Bags(alignment.UnpairedAfter, to, after, numbers);
        var sharing = theirs
            .SelectMany(sentence => sentence.Bag.Words, (sentence, word) => (word, sentence.Index))
            .ToLookup(pair => pair.word, pair => pair.Index)
            .ToDictionary(group => group.Key, group => group.ToList());
        var bags = theirs.ToDictionary(sentence => sentence.Index, sentence => sentence.Bag);
        var neighbours = new Neighbours(
            ours.Select(sentence => (sentence.Index, gaps.OfBefore(sentence.Index))),
            theirs.Select(sentence => (sentence.Index, gaps.OfAfter(sentence.Index))));

        var pairs = new List<(double Score, int Before, int After)>();
        foreach (var (i, bag) in ours)
        {
            var candidates = new HashSet<int>(neighbours.Of(i));
            AddSharing(bag, sharing, candidates);
            foreach (var j in candidates.Where(j => from[i].IsHeading == to[j].IsHeading))
            {
                var score = bag.Similarity(bags[j]) + (gaps.OfBefore(i) == gaps.OfAfter(j) ? SamePlace : 0);
                if (score >= Threshold)
                {
                    pairs.Add((score, i, j));
                }
            }
        }

        foreach (var (_, i, j) in pairs
            .OrderByDescending(pair => pair.Score).ThenBy(pair => Math.Abs(pair.Before - pair.After)).ThenBy(pair => pair.Before).ThenBy(pair => pair.After))
        {
            if (alignment.IsFree(i, j))
            {
                alignment.Pair(i, j);
            }
        }
    }

    private static List<(int Index, WordBag Bag)> Bags(
        IEnumerable<int> unpaired, IReadOnlyList<ComparedSentence> sentences, DocumentVersion version, Dictionary<string, int> numbers) =>
        [
            .. unpaired
                .Select(i => (i, new WordBag(sentences[i].Span.Of(version.Text), version.Metadata.Language, numbers)))
                .Where(sentence => !sentence.Item2.IsEmpty),
        ];

    /// <summary>Those that share words, from the rarest word on; a word of very many sentences says nothing.</summary>
    private static void AddSharing(WordBag bag, Dictionary<int, List<int>> sharing, HashSet<int> candidates)
    {
        var left = MostSharingWords;
        foreach (var sentences in bag.Words.Select(word => sharing.GetValueOrDefault(word)).OfType<List<int>>().OrderBy(list => list.Count))
        {
            left -= sentences.Count;
            if (left < 0)
            {
                return;
            }

            candidates.UnionWith(sentences);
        }
    }

    /// <summary>For an unpaired sentence, those of the same gap after that have about its rank from either end.</summary>
    private sealed class Neighbours
    {
        private readonly Dictionary<int, (int Gap, int Rank, int Count)> ranks = [];
        private readonly Dictionary<int, List<int>> byGap;

        public Neighbours(IEnumerable<(int Index, int Gap)> ours, IEnumerable<(int Index, int Gap)> theirs)
        {
            foreach (var gap in ours.GroupBy(sentence => sentence.Gap, sentence => sentence.Index))
            {
                var all = gap.ToList();
                for (var rank = 0; rank < all.Count; rank++)
                {
                    ranks.Add(all[rank], (gap.Key, rank, all.Count));
                }
            }

            byGap = theirs.GroupBy(sentence => sentence.Gap, sentence => sentence.Index).ToDictionary(gap => gap.Key, gap => gap.ToList());
        }

        public IEnumerable<int> Of(int sentence)
        {
            var (gap, rank, count) = ranks[sentence];
            return byGap.TryGetValue(gap, out var there)
                ? Around(there, rank).Concat(Around(there, there.Count - count + rank))
                : [];
        }

        private static IEnumerable<int> Around(List<int> sentences, int rank)
        {
            for (var i = Math.Max(0, rank - MostNeighbours); i <= Math.Min(sentences.Count - 1, rank + MostNeighbours); i++)
            {
                yield return sentences[i];
            }
        }
    }
}

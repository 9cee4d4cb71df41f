using Assistant.Core.Retrieval;

namespace Assistant.Storage.Sqlite;

/// <summary>One search in one snapshot.</summary>
internal static class PassageSearch
{
    public static PassageCandidates Run(ReadSession session, PassageView view, PassageQuery query, CancellationToken cancellationToken)
    {
        var documents = query.DocumentIds?.Select(session.DocumentKey).OfType<long>().ToHashSet();
        var terms = query.Terms.Distinct(StringComparer.Ordinal).ToDictionary(
            term => term, term => view.GetTerm(term, unknown => session.TermHits(unknown, view, cancellationToken)), StringComparer.Ordinal);
        var keywordScores = BestByWords(view, terms.Values, query.Limit, documents, cancellationToken);
        var hits = new HashSet<int>(keywordScores.Keys);
        if (!query.Vector.IsEmpty && view.PassageCount > 0)
        {
            hits.UnionWith(BestByMeaning(view, query, documents, cancellationToken));
        }

        return new PassageCandidates(
            [.. hits.Select(row => new PassageHit(
                view.GetPassage(view[row].Key, session.Passage),
                keywordScores.GetValueOrDefault(row),
                query.Vector.IsEmpty ? 0 : view.Similarity(query.Vector.Span, row)))],
            view.PassageCount,
            terms.ToDictionary(term => term.Key, term => term.Value.Count, StringComparer.Ordinal));
    }

    private static Dictionary<int, double> BestByWords(
        PassageView view, IEnumerable<TermHits> terms, int limit, HashSet<long>? documents, CancellationToken cancellationToken)
    {
        // BM25 of several terms is the sum of the BM25 of each.
        var scores = new double[view.RowCount];
        foreach (var term in terms)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var i = 0; i < term.Count; i++)
            {
                scores[term.Rows[i]] += term.Scores[i];
            }
        }

        var best = new TopPassages(view, limit);
        for (var row = 0; row < scores.Length; row++)
        {
            if (scores[row] > 0 && (documents is null || documents.Contains(view[row].Document)))
            {
                best.Offer(row, scores[row]);
            }
        }

        return best.Rows.ToDictionary(hit => hit.Row, hit => hit.Score);
    }

    private static IEnumerable<int> BestByMeaning(
        PassageView view, PassageQuery query, HashSet<long>? documents, CancellationToken cancellationToken)
    {
        var vector = query.Vector.Span;
        if (vector.Length != view.Dimensions)
        {
            throw new ArgumentException(
                $"The query has a vector of {vector.Length} dimensions, the index was built with {view.Dimensions}: ingest again with the embedding model of the query.",
                nameof(query));
        }

        var best = new TopPassages(view, query.Limit);
        for (var row = 0; row < view.RowCount; row++)
        {
            if (row % 4096 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (!view.IsGone(row) && (documents is null || documents.Contains(view[row].Document)))
            {
                best.Offer(row, view.Similarity(vector, row));
            }
        }

        return best.Rows.Select(hit => hit.Row);
    }
}

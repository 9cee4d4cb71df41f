using Assistant.Core.Retrieval;

namespace Assistant.Storage.Sqlite;

/// <summary>One search in one snapshot.</summary>
internal static class PassageSearch
{
    public static PassageCandidates Run(ReadSession session, PassageView view, PassageQuery query, CancellationToken cancellationToken)
    {
        var documents = query.DocumentIds?.Select(session.DocumentKey).OfType<long>().ToHashSet();
        var keywordScores = BestByWords(session, view, query, documents, cancellationToken);
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
            query.Terms.ToDictionary(term => term, session.DocumentFrequency));
    }

    private static Dictionary<int, double> BestByWords(
        ReadSession session, PassageView view, PassageQuery query, HashSet<long>? documents, CancellationToken cancellationToken)
    {
        if (TermToken.AnyOf(query.Terms) is not { } expression)
        {
            return [];
        }

        var best = new TopPassages(view, query.Limit);
        foreach (var (key, score) in session.KeywordHits(expression))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var row = view.IndexOf(key);
            if (row < 0)
            {
                throw new InvalidDataException($"Passage {key} has terms but does not exist.");
            }

            if (documents is null || documents.Contains(view[row].Document))
            {
                best.Offer(row, score);
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

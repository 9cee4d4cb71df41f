using Assistant.Core.Embeddings;
using Assistant.Core.Ingestion;
using Assistant.Core.Retrieval;
using Assistant.Storage.Qdrant.Rest;

namespace Assistant.Storage.Qdrant;

/// <summary>One search in one state of the index: one request, unless so many scores are equal, or so much is left of a broken change, that more hits are needed.</summary>
/// <remarks>
/// How often a question's terms occur comes from the server, too, in the same request: for each term a search for it alone whose one
/// hit comes with its vector. Its score divided by the term's weight in it is the server's inverse document frequency,
/// ln(1 + (N − n + ½) / (n + ½)), which gives n. Counting with filters would need all terms a second time as indexed payload, and a
/// request per term. With several shards each knows its own frequencies, so that n is an estimate; and what was deleted counts until the server has
/// cleaned up.
/// </remarks>
internal sealed class PassageSearch(IQdrantClient client, bool quantized)
{
    /// <summary>Hits asked for beyond the limit, so that equal scores at its edge can be told apart by id.</summary>
    private const int Slack = 8;

    /// <summary>The most hits that are asked for to tell equal scores apart.</summary>
    private const int MostHits = 4096;

    public async Task<PassageCandidates> RunAsync(Snapshot snapshot, PassageQuery query, CancellationToken cancellationToken)
    {
        string[] terms = [.. query.Terms.Distinct(StringComparer.Ordinal)];
        if (snapshot.Generation is not { } generation || snapshot.State.Passages == 0)
        {
            return new PassageCandidates([], 0, terms.ToDictionary(term => term, _ => 0, StringComparer.Ordinal));
        }

        if (query.Space is { } space && !EmbeddingSpace.IsThatOf(space, snapshot.Fingerprint))
        {
            query = query with { Vector = default };
        }

        if (generation.Dimensions == 0)
        {
            // Its first passages came between two requests, and with them the collection that they are in.
            throw new CollectionGoneException();
        }

        if (!query.Vector.IsEmpty && query.Vector.Length != generation.Dimensions)
        {
            throw new ArgumentException(
                $"The query has a vector of {query.Vector.Length} dimensions, the index was built with {generation.Dimensions}: ingest again with the embedding model of the query.",
                nameof(query));
        }

        var scope = query.DocumentIds?.Select(Keys.Document).Where(key => snapshot.Current(key) is not null).Distinct().ToList();
        var nothing = query.Limit == 0 || scope is { Count: 0 };
        var search = new Search(
            nothing || query.Vector.IsEmpty ? null : new QueryVector(query.Vector),
            nothing ? null : Question(terms),
            scope is null ? null : new Filter { Must = [Condition.IsAny("document", scope)] },
            quantized);
        var byMeaning = new Side();
        var byWords = new Side();
        var cosines = new Dictionary<Guid, double>();
        for (var ask = query.Limit + Slack; ; ask *= 4)
        {
            string[] unknown = [.. terms.Where(term => term.Length > 0 && !snapshot.Frequencies.ContainsKey(term))];
            List<Query> queries = [.. search.Queries(ask), .. unknown.Select(FrequencyQuery)];
            if (queries.Count == 0)
            {
                break;
            }

            var results = await QueryAsync(generation, queries, cancellationToken);
            var next = 0;
            var enough = (search.Dense is null || byMeaning.Take(results[next++], ask, query.Limit, snapshot))
                & (search.Sparse is null || byWords.Take(results[next++], ask, query.Limit, snapshot));
            if (search is { Dense: not null, Sparse: not null })
            {
                foreach (var point in results[next++].Points)
                {
                    cosines[point.Id] = point.Score;
                }
            }

            for (var i = 0; i < unknown.Length; i++)
            {
                snapshot.Frequencies[unknown[i]] = Frequency(unknown[i], results[next + i], snapshot.State.Passages);
            }

            if (enough || ask >= MostHits)
            {
                break;
            }
        }

        foreach (var hit in byMeaning.Hits)
        {
            cosines[hit.Passage.Id] = hit.Score;
        }

        await ScoreMissingAsync(generation, search, byWords, cosines, cancellationToken);
        return new PassageCandidates(
            [
                .. byWords.Hits.Concat(byMeaning.Hits).DistinctBy(hit => hit.Passage.Id).Select(hit => new PassageHit(
                    hit.Passage,
                    byWords.ScoreOf(hit.Passage.Id),
                    search.Dense is null ? 0 : Math.Clamp(cosines[hit.Passage.Id], -1, 1))),
            ],
            snapshot.State.Passages,
            terms.ToDictionary(term => term, term => snapshot.Frequencies.GetValueOrDefault(term), StringComparer.Ordinal));
    }

    private static QueryVector? Question(string[] terms)
    {
        var vector = KeywordVector.OfQuestion(terms.Where(term => term.Length > 0));
        return vector.Indices.Length == 0 ? null : new QueryVector(default, vector);
    }

    private static Query FrequencyQuery(string term) => new()
    {
        Vector = new QueryVector(default, KeywordVector.OfQuestion([term])),
        Using = Collections.Terms,
        Limit = 1,
        WithVector = [Collections.Terms],
    };

    private static int Frequency(string term, FoundPoints<PassagePayload> found, int passages)
    {
        if (found.Points is not [{ Vector.Terms: { } vector } point])
        {
            return 0;
        }

        var value = KeywordVector.ValueOf(vector, KeywordVector.IndexOf(term));
        var frequency = ((passages + 1) / Math.Exp(point.Score / value)) - 0.5;
        // At least the passage that was found.
        return Math.Clamp((int)Math.Round(frequency), 1, passages);
    }

    private async Task<IReadOnlyList<FoundPoints<PassagePayload>>> QueryAsync(
        Generation generation, List<Query> queries, CancellationToken cancellationToken)
    {
        var results = await client.QueryAsync(generation.Collection, queries, cancellationToken) ?? throw new CollectionGoneException();
        return results.Count == queries.Count
            ? results
            : throw new IndexUnusableException($"Qdrant answered {results.Count} of {queries.Count} searches of a batch.");
    }

    /// <summary>Cosines of hits that the server cut off, of several with equal scores, other than we did.</summary>
    private async Task ScoreMissingAsync(
        Generation generation, Search search, Side byWords, Dictionary<Guid, double> cosines, CancellationToken cancellationToken)
    {
        Guid[] missing = search.Dense is null ? [] : [.. byWords.Hits.Select(hit => hit.Passage.Id).Where(id => !cosines.ContainsKey(id))];
        if (missing.Length == 0)
        {
            return;
        }

        var query = search.ByMeaning(missing.Length) with
        {
            Filter = new Filter { Must = [new Condition { HasId = missing }] },
            WithPayload = null,
        };
        foreach (var point in (await QueryAsync(generation, [query], cancellationToken))[0].Points)
        {
            cosines[point.Id] = point.Score;
        }
    }

    /// <summary>The searches of one question.</summary>
    private sealed record Search(QueryVector? Dense, QueryVector? Sparse, Filter? Filter, bool Quantized)
    {
        /// <summary>Dense hits, keyword hits, and the cosines of the keyword hits; what is not asked is left out.</summary>
        public IEnumerable<Query> Queries(int limit)
        {
            if (Dense is not null)
            {
                yield return ByMeaning(limit);
            }

            if (Sparse is not null)
            {
                var byWords = new Query { Vector = Sparse, Using = Collections.Terms, Limit = limit, Filter = Filter };
                yield return byWords with { WithPayload = true };
                if (Dense is not null)
                {
                    yield return ByMeaning(limit) with { Prefetch = byWords, Filter = null, WithPayload = null };
                }
            }
        }

        public Query ByMeaning(int limit) => new()
        {
            Vector = Dense!,
            Using = Collections.Dense,
            Limit = limit,
            Filter = Filter,
            Params = Quantized ? new SearchParams(new QuantizationSearch(Rescore: true, Oversampling: 2)) : null,
            WithPayload = true,
        };
    }

    /// <summary>The best hits of one kind, those of the current versions only.</summary>
    private sealed class Side
    {
        private Dictionary<Guid, double> scores = [];

        public IReadOnlyList<(Core.Passages.Passage Passage, double Score)> Hits { get; private set; } = [];

        public double ScoreOf(Guid id) => scores.GetValueOrDefault(id);

        /// <summary>Takes the hits; whether they are sure to be the best of all.</summary>
        public bool Take(FoundPoints<PassagePayload> found, int asked, int limit, Snapshot snapshot)
        {
            Hits =
            [
                .. found.Points
                    .Where(point => point.Payload is { Document: not null })
                    .Select(point => (point, Place: snapshot.Current(point.Payload!.Document!) is { } document ? point.Payload.PlaceOf(document.Change!.Value) : null))
                    .Where(pair => pair.Place is not null)
                    .Select(pair => (Passage: pair.point.Payload!.ToPassage(pair.point.Id, pair.Place!), Score: (double)pair.point.Score))
                    .OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Passage.Id)
                    .Take(limit),
            ];
            scores = Hits.ToDictionary(hit => hit.Passage.Id, hit => hit.Score);
            return found.Points.Count < asked || (Hits.Count == limit && Hits[^1].Score > found.Points[^1].Score);
        }
    }
}

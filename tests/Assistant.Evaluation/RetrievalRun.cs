using System.Text.Json;
using System.Text.Json.Nodes;
using Assistant.Core.Answering;

namespace Assistant.Evaluation;

/// <summary>Measures a retrieval set: rankings of documents and sentences, answers, abstention, exactness of citations.</summary>
internal static class RetrievalRun
{
    /// <summary>Documents of a ranking that a line shows.</summary>
    private const int Shown = 10;

    public static async Task<JsonObject> MeasureAsync(DataSet set, RunOptions options, CancellationToken cancellationToken)
    {
        await using var bench = await Workbench.OpenAsync(set, options.Settings, cancellationToken);
        var results = new List<Result>();
        foreach (var query in set.Queries)
        {
            var result = await AskAsync(bench, set, query, cancellationToken);
            results.Add(result);
            await options.Lines.WriteLineAsync(result.ToJson(set.Name).ToJsonString());
        }

        return Summarise(set, bench, results, options.Timing);
    }

    private static async Task<Result> AskAsync(Workbench bench, DataSet set, DataQuery query, CancellationToken cancellationToken)
    {
        var asked = await bench.AskAsync(new Question(query.Text), cancellationToken);
        // A document stands where its best passage does.
        var ranking = asked.Evidence.Passages.Select(ranked => Path.GetFileNameWithoutExtension(ranked.Passage.DocumentId)).Distinct().ToList();
        var sentences = SentenceRanker.Rank(asked.Evidence).Take(5).Select(sentence => sentence.Text).ToList();
        return new Result(query, set.Grades.GetValueOrDefault(query.Id), ranking, sentences, asked);
    }

    private static JsonObject Summarise(DataSet set, Workbench bench, List<Result> results, bool timing)
    {
        var summary = new JsonObject
        {
            ["set"] = set.Name,
            ["documents"] = set.Documents.Count,
            ["queries"] = results.Count,
            ["passages"] = bench.Report.PassagesEmbedded,
        };
        // Every measure over the questions that have it, in the order in which they first appear.
        foreach (var (name, values) in results.SelectMany(result => result.Metrics).GroupBy(metric => metric.Name, metric => metric.Value).Select(group => (group.Key, group)))
        {
            summary[name] = Math.Round(values.Average(), 4);
        }

        Abstention.AddTo(
            summary,
            [.. results.Where(result => result.Query.Answerable).Select(result => result.Asked.Draft.Confidence)],
            [.. results.Where(result => !result.Query.Answerable).Select(result => result.Asked.Draft.Confidence)]);
        summary["citations"] = results.Sum(result => result.Asked.Answer.Citations.Count);
        summary["citations exact"] = results.Sum(result => result.Asked.Exact);
        if (timing)
        {
            summary["ingest milliseconds"] = Math.Round(bench.Report.ElapsedMilliseconds);
            summary["median answer milliseconds"] = results.Select(result => result.Asked.Answer.ElapsedMilliseconds).Order().ElementAt(results.Count / 2);
        }

        return summary;
    }

    private sealed record Result(
        DataQuery Query, IReadOnlyDictionary<string, int>? Grades, IReadOnlyList<string> Ranking, IReadOnlyList<string> Sentences, AskedQuestion Asked)
    {
        /// <summary>The measures that this question has; of an unanswerable one only whether it was refused.</summary>
        public IEnumerable<(string Name, double Value)> Metrics
        {
            get
            {
                if (!Query.Answerable)
                {
                    yield return ("unanswerable refused", Refused);
                    yield break;
                }

                if (Grades is not null)
                {
                    yield return ("nDCG@10", Evaluation.Metrics.Ndcg(Ranking, Grades, 10));
                    yield return ("recall@5", Evaluation.Metrics.Recall(Ranking, Grades, 5));
                    yield return ("MRR@10", Evaluation.Metrics.ReciprocalRank(Ranking, Grades, 10));
                    yield return ("hit@1", Evaluation.Metrics.ReciprocalRank(Ranking, Grades, 1));
                }

                if (Query.Answers.Count > 0)
                {
                    yield return ("sentence contains@1", Contains(Sentences.Take(1)));
                    yield return ("sentence contains@5", Contains(Sentences));
                    yield return ("first citation contains", Contains(Quotes.Take(1)));
                    yield return ("first three citations contain", Contains(Quotes.Take(3)));
                }

                yield return ("answerable refused", Refused);
            }
        }

        private IEnumerable<string> Quotes => Asked.Answer.Citations.Select(citation => citation.Quote);

        private double Refused => Asked.Answer.Outcome is Outcome.NotInDocuments or Outcome.NoDocuments ? 1 : 0;

        public JsonObject ToJson(string set) => new()
        {
            ["set"] = set,
            ["id"] = Query.Id,
            ["question"] = Query.Text,
            ["answerable"] = Query.Answerable,
            ["outcome"] = Asked.Answer.Outcome.ToString(),
            ["confidence"] = Math.Round(Asked.Draft.Confidence, 4),
            ["signals"] = JsonSerializer.SerializeToNode(Asked.Draft.Signals),
            ["metrics"] = new JsonObject(Metrics.Select(metric => KeyValuePair.Create(metric.Name, (JsonNode?)Math.Round(metric.Value, 4)))),
            ["answers"] = Texts(Query.Answers),
            ["relevant"] = Texts(Grades?.Where(entry => entry.Value > 0).Select(entry => entry.Key) ?? []),
            ["ranking"] = Texts(Ranking.Take(Shown)),
            ["best"] = Texts(Sentences.Take(1)),
            ["quotes"] = Texts(Quotes),
            ["missing"] = Texts(Asked.Answer.Missing),
        };

        private double Contains(IEnumerable<string> texts) =>
            texts.Any(text => Query.Answers.Any(answer => text.Contains(answer, StringComparison.OrdinalIgnoreCase))) ? 1 : 0;

        private static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => JsonValue.Create(text))];
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Assistant.Core.Answering;
using Assistant.Core.Retrieval;

namespace Assistant.Evaluation;

/// <summary>Measures a retrieval set: rankings of documents and sentences, answers, abstention, exactness of citations.</summary>
internal static class RetrievalRun
{
    public static async Task<JsonObject> MeasureAsync(DataSet set, TextWriter lines, CancellationToken cancellationToken)
    {
        var corpus = Directory.CreateTempSubdirectory("assistant-corpus-").FullName;
        set.WriteCorpus(corpus);
        await using var bench = await Workbench.OpenAsync(corpus, cancellationToken);
        var results = new List<Result>();
        foreach (var query in set.Queries)
        {
            var result = await AskAsync(bench, set, query, cancellationToken);
            results.Add(result);
            await lines.WriteLineAsync(result.ToJson(set.Name).ToJsonString());
        }

        Directory.Delete(corpus, recursive: true);
        return Summarise(set, bench, results);
    }

    private static async Task<Result> AskAsync(Workbench bench, DataSet set, DataQuery query, CancellationToken cancellationToken)
    {
        var evidence = await bench.Retriever.RetrieveAsync(new StandaloneQuestion(query.Text), null, cancellationToken);
        var ranking = evidence.Passages.Select(ranked => Path.GetFileNameWithoutExtension(ranked.Passage.DocumentId)).Distinct().ToList();
        var sentences = SentenceRanker.Rank(evidence).Take(5).Select(sentence => sentence.Text).ToList();
        var answer = await bench.Questions.AnswerAsync(new Question(query.Text), cancellationToken);
        var exact = 0;
        foreach (var citation in answer.Citations)
        {
            exact += await bench.Verifier.VerifyAsync(citation, cancellationToken) ? 1 : 0;
        }

        return new Result(
            query, set.Grades.GetValueOrDefault(query.Id), ranking, sentences, answer, exact, ExtractiveAnswerer.Answer(evidence));
    }

    private static JsonObject Summarise(DataSet set, Workbench bench, List<Result> results)
    {
        var summary = new JsonObject
        {
            ["set"] = set.Name,
            ["documents"] = set.Documents.Count,
            ["queries"] = results.Count,
            ["ingestMilliseconds"] = Math.Round(bench.Report.ElapsedMilliseconds),
            ["passages"] = bench.Report.PassagesEmbedded,
        };
        var judged = results.Where(result => result.Query.Answerable && result.Grades is not null).ToList();
        Add("nDCG@10", judged.Select(result => Metrics.Ndcg(result.Ranking, result.Grades!, 10)));
        Add("recall@5", judged.Select(result => Metrics.Recall(result.Ranking, result.Grades!, 5)));
        Add("MRR@10", judged.Select(result => Metrics.ReciprocalRank(result.Ranking, result.Grades!, 10)));
        Add("hit@1", judged.Select(result => Metrics.ReciprocalRank(result.Ranking, result.Grades!, 1)));
        var withAnswers = results.Where(result => result.Query.Answerable && result.Query.Answers.Count > 0).ToList();
        Add("sentence contains@1", withAnswers.Select(result => result.SentenceContains(1)));
        Add("sentence contains@5", withAnswers.Select(result => result.SentenceContains(5)));
        Add("first citation contains", withAnswers.Select(result => result.CitationContains(1)));
        Add("first three citations contain", withAnswers.Select(result => result.CitationContains(3)));
        Add("answerable refused", results.Where(result => result.Query.Answerable).Select(result => result.Refused ? 1.0 : 0));
        var unanswerable = results.Where(result => !result.Query.Answerable).ToList();
        if (unanswerable.Count > 0)
        {
            Add("unanswerable refused", unanswerable.Select(result => result.Refused ? 1.0 : 0));
            double[] positives = [.. results.Where(result => result.Query.Answerable).Select(result => result.Draft.Confidence)];
            double[] negatives = [.. unanswerable.Select(result => result.Draft.Confidence)];
            summary["abstention AUROC"] = Math.Round(Metrics.Auroc(positives, negatives), 4);
            summary["refused at 90 % answered"] = Math.Round(Metrics.RefusedAt(0.9, positives, negatives), 4);
            summary["refused at 95 % answered"] = Math.Round(Metrics.RefusedAt(0.95, positives, negatives), 4);
        }

        summary["citations"] = results.Sum(result => result.Answer.Citations.Count);
        summary["citations exact"] = results.Sum(result => result.Exact);
        summary["median answer milliseconds"] = results.Select(result => result.Answer.ElapsedMilliseconds).Order().ElementAt(results.Count / 2);
        return summary;

        void Add(string name, IEnumerable<double> values)
        {
            var all = values.ToList();
            if (all.Count > 0)
            {
                summary[name] = Math.Round(all.Average(), 4);
            }
        }
    }

    private sealed record Result(
        DataQuery Query, IReadOnlyDictionary<string, int>? Grades, IReadOnlyList<string> Ranking, IReadOnlyList<string> Sentences,
        Answer Answer, int Exact, AnswerDraft Draft)
    {
        public bool Refused => Answer.Outcome is Outcome.NotInDocuments or Outcome.NoDocuments;

        public double SentenceContains(int depth) => Contains(Sentences.Take(depth));

        public double CitationContains(int depth) => Contains(Answer.Citations.Take(depth).Select(citation => citation.Quote));

        public JsonObject ToJson(string set) => new()
        {
            ["set"] = set,
            ["id"] = Query.Id,
            ["question"] = Query.Text,
            ["answerable"] = Query.Answerable,
            ["outcome"] = Answer.Outcome.ToString(),
            ["confidence"] = Math.Round(Draft.Confidence, 4),
            ["signals"] = JsonSerializer.SerializeToNode(Draft.Signals),
            ["nDCG@10"] = Grades is null ? null : Math.Round(Metrics.Ndcg(Ranking, Grades, 10), 4),
            ["contains@1"] = Query.Answers.Count == 0 ? null : SentenceContains(1),
            ["answers"] = new JsonArray([.. Query.Answers.Select(answer => JsonValue.Create(answer))]),
            ["best"] = Sentences.Count > 0 ? Sentences[0] : null,
            ["missing"] = new JsonArray([.. Answer.Missing.Select(word => JsonValue.Create(word))]),
        };

        private double Contains(IEnumerable<string> texts) =>
            texts.Any(text => Query.Answers.Any(answer => text.Contains(answer, StringComparison.OrdinalIgnoreCase))) ? 1 : 0;
    }
}

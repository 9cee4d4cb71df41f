using System.Text.Json.Nodes;
using Assistant.Core.Answering;
using Assistant.Core.Documents;
using Assistant.Core.Retrieval;

namespace Assistant.Evaluation;

/// <summary>Measures sentence selection: every question's sentences are a document of their own, a paragraph each.</summary>
internal static class SelectionRun
{
    public static async Task<JsonObject> MeasureAsync(SelectionSet set, RunOptions options, CancellationToken cancellationToken)
    {
        double map = 0, mrr = 0, first = 0;
        var judged = 0;
        await foreach (var (question, scores) in ScoreAsync(set, ranked => ranked.Score, double.NegativeInfinity, options.Settings, cancellationToken))
        {
            if (!question.Candidates.Any(candidate => candidate.Answers))
            {
                continue;
            }

            // Ties are broken by chance, always the same chance.
            var random = new Random(judged++);
            var order = Enumerable.Range(0, scores.Count)
                .Select(i => (Index: i, Chance: random.Next()))
                .OrderByDescending(item => scores[item.Index]).ThenBy(item => item.Chance)
                .Select(item => question.Candidates[item.Index]).ToList();
            bool[] answers = [.. order.Select(candidate => candidate.Answers)];
            var (precision, reciprocal) = (Metrics.AveragePrecision(answers), Metrics.ReciprocalRank(answers));
            map += precision;
            mrr += reciprocal;
            first += answers[0] ? 1 : 0;
            await options.Lines.WriteLineAsync(new JsonObject
            {
                ["set"] = set.Name,
                ["id"] = question.Id,
                ["question"] = question.Text,
                ["best"] = order[0].Sentence,
                ["answers"] = order.First(candidate => candidate.Answers).Sentence,
                ["metrics"] = new JsonObject
                {
                    ["AP"] = Math.Round(precision, 4),
                    ["RR"] = Math.Round(reciprocal, 4),
                    ["P@1"] = answers[0] ? 1 : 0,
                },
            }.ToJsonString());
        }

        return new JsonObject
        {
            ["set"] = set.Name,
            ["queries"] = judged,
            ["MAP"] = Math.Round(map / judged, 4),
            ["MRR"] = Math.Round(mrr / judged, 4),
            ["P@1"] = Math.Round(first / judged, 4),
        };
    }

    public static IAsyncEnumerable<(SelectionQuestion Question, IReadOnlyList<T> Values)> ScoreAsync<T>(
        SelectionSet set, Func<RankedSentence, T> value, T none, CancellationToken cancellationToken) =>
        ScoreAsync(set, value, none, [], cancellationToken);

    /// <summary>A value for every candidate of every question, the best of its sentences by rank.</summary>
    public static async IAsyncEnumerable<(SelectionQuestion Question, IReadOnlyList<T> Values)> ScoreAsync<T>(
        SelectionSet set, Func<RankedSentence, T> value, T none, IReadOnlyList<string> settings,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (question, paragraphs, evidence) in EvidenceAsync(set, settings, cancellationToken))
        {
            var ranked = SentenceRanker.Rank(evidence, int.MaxValue);
            yield return (question, [.. Best(paragraphs, ranked).Select(best => best is null ? none : value(best))]);
        }
    }

    /// <summary>For every paragraph the sentence that comes first of those in it; null where there is none.</summary>
    public static IEnumerable<RankedSentence?> Best(IReadOnlyList<TextSpan> paragraphs, IReadOnlyList<RankedSentence> ranked) =>
        paragraphs.Select(paragraph => ranked.FirstOrDefault(sentence => paragraph.Contains(sentence.Span)));

    /// <summary>Every question with the paragraphs of its candidates and what is found in them.</summary>
    public static async IAsyncEnumerable<(SelectionQuestion Question, IReadOnlyList<TextSpan> Paragraphs, Evidence Evidence)> EvidenceAsync(
        SelectionSet set, IReadOnlyList<string> settings,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var corpus = Directory.CreateTempSubdirectory("assistant-corpus-").FullName;
        for (var i = 0; i < set.Questions.Count; i++)
        {
            Markdown.Write(Path.Combine(corpus, $"{i}.md"), set.Questions[i].Title, set.Questions[i].Candidates.Select(candidate => candidate.Sentence));
        }

        await using var bench = await Workbench.OpenAsync(corpus, settings, cancellationToken);
        for (var i = 0; i < set.Questions.Count; i++)
        {
            var id = $"{i}.md";
            var version = await bench.Documents.GetAsync(id, null, cancellationToken);
            TextSpan[] paragraphs = [.. version!.Blocks.Where(block => block.Kind != BlockKind.Heading).Select(block => block.Span)];
            if (paragraphs.Length == set.Questions[i].Candidates.Count)
            {
                yield return (set.Questions[i], paragraphs, await bench.Retriever.RetrieveAsync(new StandaloneQuestion(set.Questions[i].Text), [id], cancellationToken));
            }
            else
            {
                await Console.Error.WriteLineAsync($"{set.Name} {set.Questions[i].Id}: {paragraphs.Length} paragraphs of {set.Questions[i].Candidates.Count} sentences; left out.");
            }
        }

        Directory.Delete(corpus, recursive: true);
    }
}

using System.Globalization;
using Assistant.Core.Answering;
using Assistant.Core.Retrieval;

namespace Assistant.Evaluation;

/// <summary>
/// Fits how sure an answer is: a small network that tells questions that documents answer from others. Beside the questions of
/// the sets it learns from some that it makes itself: golden questions asked about another corpus, and about all corpora together; questions
/// about something else (a golden set without any answer) asked about every corpus; golden questions whose answering passages are taken out of the
/// evidence; and questions of a public set whose documents it leaves out. Deterministic.
/// </summary>
internal static class ConfidenceTraining
{
    /// <summary>What a golden question without an answer counts beside one with an answer; there are twice as many of those.</summary>
    private const double Unanswerable = 1.7;

    /// <summary>What a question counts that is made of another one.</summary>
    private const double Made = 0.03;

    /// <summary>What a question about something else counts: there are many of them, one for every corpus.</summary>
    private const double Elsewhere = 0.2;

    /// <summary>What the golden questions count together when they are asked about all corpora at once, beside those about one of them.</summary>
    private const double Together = 0.14;

    /// <summary>What the questions about a corpus of a public set count together, beside all golden ones.</summary>
    private const double Public = 0.14;

    /// <summary>What a question without an answer counts in a public set beside one with an answer.</summary>
    private const double PublicUnanswerable = 2;

    /// <summary>Documents of a corpus that is made of a public set in which every question has its answer.</summary>
    private const int Documents = 120;

    /// <summary>Of those one in so many is left out.</summary>
    private const int OneIn = 5;

    /// <summary>Questions about other corpora that each corpus is asked.</summary>
    private const int AboutOthers = 60;

    private static readonly SignalNetworkPlan Plan = new(Units: 96, Steps: 2500, Batches: 5);

    /// <summary>Fits the weights and describes them as their file, with how they do on golden sets that they did not see.</summary>
    public static async Task<string> FitAsync(IReadOnlyList<string> paths, string corpus, CancellationToken cancellationToken)
    {
        var golden = paths.Where(TrainingQuestions.IsGolden)
            .Select(path => new GoldenSet(path, DataSet.Lines<GoldenQuestion>(Path.Combine(path, "golden.jsonl"))))
            .ToList();
        var about = golden.Where(set => !set.IsElsewhere).ToList();
        var all = Directory.CreateTempSubdirectory("assistant-corpus-").FullName;
        var (alone, together) = (new List<ConfidenceExample>(), new List<ConfidenceExample>());
        foreach (var set in about)
        {
            var own = GoldenRun.CorpusOf(set.Path, corpus);
            CopyTo(Path.Combine(all, DataSet.ShortName(set.Path)), own);
            await using var bench = await Workbench.OpenAsync(own, cancellationToken);
            alone.AddRange(await FromGoldenAsync(set, bench, "", [.. about.Where(other => other != set)], [.. golden.Where(other => other.IsElsewhere)], cancellationToken));
        }

        if (about.Count > 1)
        {
            await using var bench = await Workbench.OpenAsync(all, cancellationToken);
            foreach (var set in golden)
            {
                together.AddRange(await FromGoldenAsync(set, bench, ", about all corpora", [], [], cancellationToken));
            }
        }

        Directory.Delete(all, recursive: true);
        List<ConfidenceExample> examples = [.. alone, .. Counting(together, Together * Importance(alone))];
        foreach (var whole in paths.Where(path => !TrainingQuestions.IsGolden(path)).Select(DataSet.Load))
        {
            // Networks are not trained on sets in which some questions have no answer.
            var isKnown = whole.Queries.All(query => query.Answerable);
            foreach (var set in WithGaps(whole))
            {
                examples.AddRange(Counting(await FromRetrievalAsync(set, isKnown, cancellationToken), Public * (alone.Count > 0 ? Importance(alone) : 1)));
            }
        }

        return SignalNetworkFit.Describe(
            "How sure an answer is", "confidence", paths, ConfidenceSignals.Names, Fit(examples), about.Count > 1 ? Unseen(examples, about) : "");
    }

    private static double Importance(IEnumerable<ConfidenceExample> examples) => examples.Sum(example => example.Importance);

    /// <summary>Examples that count so much together.</summary>
    private static IEnumerable<ConfidenceExample> Counting(IReadOnlyList<ConfidenceExample> examples, double importance)
    {
        var sum = Importance(examples);
        return examples.Select(example => example with { Importance = example.Importance * importance / sum });
    }

    /// <summary>
    /// A set in which some questions have no answer; of one in which all have, corpora of documents that follow each other, without some of those.
    /// </summary>
    private static IEnumerable<DataSet> WithGaps(DataSet set)
    {
        if (set.Queries.Any(query => !query.Answerable))
        {
            return [set];
        }

        return set.Documents.Chunk(Documents).Select((documents, part) =>
        {
            // Not always the same place: what follows each other is about the same.
            var left = documents.Where((_, i) => (i + (i / OneIn)) % OneIn != 0).ToList();
            var (ids, leftIds) = (documents.Select(document => document.Id).ToHashSet(), left.Select(document => document.Id).ToHashSet());
            return set with
            {
                Name = $"{set.Name}-{part}",
                Documents = left,
                Queries =
                [
                    .. set.Queries
                        .Where(query => IsIn(query, ids))
                        .Select(query => query with { Answerable = IsIn(query, leftIds) }),
                ],
            };
        });

        // Questions that nobody judged are left out.
        bool IsIn(DataQuery query, HashSet<string> documents) => set.Grades.TryGetValue(query.Id, out var grades) && grades.Keys.Any(documents.Contains);
    }

    private static void CopyTo(string folder, string corpus)
    {
        foreach (var file in Directory.EnumerateFiles(corpus, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(corpus, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static IReadOnlyList<double[]> Fit(IEnumerable<ConfidenceExample> examples) => SignalNetworkFit.Columns(
        [.. examples.Select(example => new SignalExample([example.Values], [example.IsAnswered], example.Importance))],
        Plan,
        SignalNetworkFit.EachByItself);

    /// <summary>Every golden set judged by weights that were fitted on the others.</summary>
    private static string Unseen(IReadOnlyList<ConfidenceExample> examples, IReadOnlyList<GoldenSet> golden)
    {
        var judged = new List<(ConfidenceExample Example, double Confidence)>();
        foreach (var part in TrainingQuestions.Parts(golden.Select(set => set.Path)))
        {
            var network = new SignalNetwork(Fit(examples.Where(example => !part.Contains(example.Set))));
            judged.AddRange(examples.Where(example => part.Contains(example.Set)).Select(example => (example, SignalNetwork.Chance(network.Odds(example.Values)))));
        }

        var lines = judged.GroupBy(pair => pair.Example.Kind).OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind =>
            string.Create(CultureInfo.InvariantCulture, $"#   {kind.Key}: {kind.Average(pair => pair.Confidence >= AnswerConfidence.Threshold ? 1.0 : 0):0.00} of {kind.Count()}"));
        return string.Create(CultureInfo.InvariantCulture, $"# Answered of each kind of golden question at a confidence of {AnswerConfidence.Threshold:0.00}, every set by weights fitted without it:\n") + string.Join('\n', lines) + "\n";
    }

    private static async Task<IReadOnlyList<ConfidenceExample>> FromRetrievalAsync(DataSet set, bool isKnown, CancellationToken cancellationToken)
    {
        await using var bench = await Workbench.OpenAsync(set, [], cancellationToken);
        var examples = new List<ConfidenceExample>();
        foreach (var query in set.Queries)
        {
            if (isKnown)
            {
                UnseenNetworks.ReadFor(set.Name, query.Text);
            }
            else
            {
                UnseenNetworks.ReadByAll();
            }

            var evidence = await bench.Retriever.RetrieveAsync(new StandaloneQuestion(query.Text), null, cancellationToken);
            examples.AddRange(Judged(evidence, set.Name, "public", query.Answerable, query.Answerable ? 1 : PublicUnanswerable));
        }

        return examples;
    }

    /// <summary>The questions of a set asked about a corpus, and others that have no answer there.</summary>
    /// <param name="set">The set.</param>
    /// <param name="bench">The corpus.</param>
    /// <param name="suffix">What the kinds of its questions end with.</param>
    /// <param name="others">Sets about other corpora, which are asked too.</param>
    /// <param name="elsewhere">Sets about something else, whatever the corpus.</param>
    /// <param name="cancellationToken">Cancels.</param>
    private static async Task<IReadOnlyList<ConfidenceExample>> FromGoldenAsync(
        GoldenSet set, Workbench bench, string suffix, IReadOnlyList<GoldenSet> others, IReadOnlyList<GoldenSet> elsewhere, CancellationToken cancellationToken)
    {
        var examples = new List<ConfidenceExample>();
        foreach (var asked in set.Questions)
        {
            var evidence = await RetrieveAsync(set.Path, asked);
            examples.AddRange(Judged(evidence, set.Path, asked.Kind + suffix, asked.Answerable, asked.Answerable ? 1 : Unanswerable));
            if (asked.Answerable)
            {
                examples.AddRange(Judged(Without(evidence, asked), set.Path, $"{asked.Kind}, answer taken out{suffix}", false, Made));
            }
        }

        var foreign = others.SelectMany(other => other.Questions.Select(question => (other.Path, Question: question)))
            .Where(asked => asked.Question.Answerable && asked.Question.History.Count == 0)
            .ToList();
        var step = Math.Max(1, foreign.Count / AboutOthers);
        foreach (var (path, asked) in foreign.Where((_, i) => i % step == 0))
        {
            examples.AddRange(Judged(await RetrieveAsync(path, asked), set.Path, $"{asked.Kind}, about another corpus", false, Made));
        }

        foreach (var asked in elsewhere.SelectMany(other => other.Questions))
        {
            examples.AddRange(Judged(await RetrieveAsync(set.Path, asked), set.Path, "about something else", false, Elsewhere));
        }

        return examples;

        Task<Evidence> RetrieveAsync(string path, GoldenQuestion asked)
        {
            UnseenNetworks.ReadFor(path, asked.Question);
            return bench.Retriever.RetrieveAsync(asked.Standalone(), null, cancellationToken);
        }
    }

    /// <summary>The evidence as it is when the passages that answer were never written.</summary>
    private static Evidence Without(Evidence evidence, GoldenQuestion asked)
    {
        var (gone, left) = (new List<RankedPassage>(), new List<RankedPassage>());
        foreach (var passage in evidence.Passages)
        {
            (asked.Gold.Any(gold => passage.Passage.Text.Contains(gold, StringComparison.Ordinal)) ? gone : left).Add(passage);
        }

        var passages = evidence.PassageCount - gone.Count;
        int[] frequencies =
        [
            .. evidence.Analysis.Terms.Select((term, t) =>
                Math.Max(0, evidence.DocumentFrequencies[t] - gone.Count(passage => PassageTerms.Of(passage.Passage).Words.Contains(Word.Of(term.Term))))),
        ];
        return evidence with
        {
            Passages = left,
            Sentences = null,
            PassageCount = passages,
            DocumentFrequencies = frequencies,
            TermWeights = [.. evidence.Analysis.Terms.Select((term, t) => term.Focus * TermWeight.Of(term.Term, frequencies[t], passages, evidence.Analysis.Language))],
        };
    }

    /// <summary>What the answer to a question looks like; nothing for an answer that the documents' structure alone gave.</summary>
    private static IEnumerable<ConfidenceExample> Judged(Evidence evidence, string set, string kind, bool isAnswered, double importance) =>
        ExtractiveAnswerer.Answer(evidence).Signals is { } signals
            ? [new ConfidenceExample(set, kind, isAnswered, importance, signals.Values)]
            : [];

    /// <summary>A golden set; one that has no answer to any of its questions asks about something else, whatever the corpus.</summary>
    private sealed record GoldenSet(string Path, IReadOnlyList<GoldenQuestion> Questions)
    {
        public bool IsElsewhere => !Questions.Any(question => question.Answerable);
    }

    /// <summary>A question with what its answer looks like.</summary>
    /// <param name="Set">Where it comes from.</param>
    /// <param name="Kind">What kind of question it is.</param>
    /// <param name="IsAnswered">Whether the documents answer it.</param>
    /// <param name="Importance">What it counts beside the others.</param>
    /// <param name="Values">Values of <see cref="ConfidenceSignals.Names"/>.</param>
    private sealed record ConfidenceExample(string Set, string Kind, bool IsAnswered, double Importance, double[] Values);
}

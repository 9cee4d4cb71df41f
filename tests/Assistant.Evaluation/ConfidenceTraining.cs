using System.Globalization;
using Assistant.Core.Answering;
using Assistant.Core.Retrieval;

namespace Assistant.Evaluation;

/// <summary>
/// Fits how sure an answer is: a logistic regression that tells questions that documents answer from others. Beside the questions of
/// the sets it learns from some that it makes itself: golden questions asked about another corpus, questions about something else
/// (a golden set without any answer) asked about every corpus, and golden questions whose answering passages are taken out of the
/// evidence. Deterministic.
/// </summary>
internal static class ConfidenceTraining
{
    /// <summary>Cost of a squared weight, of a signal scaled to its standard deviation, beside the mean cost of an example.</summary>
    private const double Regularisation = 0.02;

    /// <summary>What a golden question without an answer counts beside one with an answer; there are three times as many of those.</summary>
    private const double Unanswerable = 1.7;

    /// <summary>What a question counts that is made of another one.</summary>
    private const double Made = 0.15;

    /// <summary>What a question about something else counts: there are many of them, one for every corpus.</summary>
    private const double Elsewhere = 0.1;

    /// <summary>What a question of a public set counts: those ask for a paragraph, there or gone, in its words, and are easier.</summary>
    private const double Public = 0.7;

    /// <summary>What a question without an answer counts in a public set beside one with an answer.</summary>
    private const double PublicUnanswerable = 2;

    /// <summary>Questions about other corpora that each corpus is asked.</summary>
    private const int AboutOthers = 60;

    /// <summary>Fits the weights and describes them as their file, with how they do on golden sets that they did not see.</summary>
    public static async Task<string> FitAsync(IReadOnlyList<string> paths, string corpus, CancellationToken cancellationToken)
    {
        var golden = paths.Where(IsGolden)
            .Select(path => new GoldenSet(path, DataSet.Lines<GoldenQuestion>(Path.Combine(path, "golden.jsonl"))))
            .ToList();
        var examples = new List<Example>();
        foreach (var set in golden.Where(set => !set.IsElsewhere))
        {
            examples.AddRange(await FromGoldenAsync(set, golden, corpus, cancellationToken));
        }

        foreach (var path in paths.Where(path => !IsGolden(path)))
        {
            examples.AddRange(await FromRetrievalAsync(path, cancellationToken));
        }

        var weights = Fit(examples);
        var count = ConfidenceSignals.Names.Count;
        var lines = ConfidenceSignals.Names.Select((name, i) => string.Create(CultureInfo.InvariantCulture, $"{name} {weights[i]:0.0000} {weights[count + i]:0.0000}"));
        return "# How sure an answer is: logistic regression, fitted by the evaluation program's command `train confidence` on\n"
            + $"# {string.Join(", ", paths.Select(DataSet.ShortName))}.\n"
            + "# First for a question in the words of the documents, then for one in other words.\n"
            + (golden.Count > 1 ? LeftOut(examples) : "")
            + string.Join('\n', lines) + "\n";
    }

    private static bool IsGolden(string path) => File.Exists(Path.Combine(path, "golden.jsonl"));

    /// <summary>Weights of signals as they are, fitted on signals of the same spread so that all are held back alike.</summary>
    private static double[] Fit(IReadOnlyList<Example> examples)
    {
        double[] spread =
        [
            .. Enumerable.Range(0, examples[0].Values.Length).Select(i =>
            {
                var mean = examples.Average(example => example.Values[i]);
                var deviation = Math.Sqrt(examples.Average(example => Math.Pow(example.Values[i] - mean, 2)));
                return deviation > 0 ? deviation : 1;
            }),
        ];
        return
        [
            .. Logistic.Fit([.. examples.Select(example => new LogisticExample(Scaled(example.Values), example.IsAnswered, example.Importance))], Regularisation)
                .Zip(spread, (weight, deviation) => weight / deviation),
        ];

        double[] Scaled(double[] values) => [.. values.Zip(spread, (value, deviation) => value / deviation)];
    }

    /// <summary>Every golden set judged by weights that were fitted on the others.</summary>
    private static string LeftOut(IReadOnlyList<Example> examples)
    {
        var judged = new List<(Example Example, double Confidence)>();
        foreach (var set in examples.Select(example => example.Set).Where(IsGolden).Distinct().ToList())
        {
            var weights = Fit([.. examples.Where(example => example.Set != set)]);
            judged.AddRange(examples.Where(example => example.Set == set).Select(example => (example, Logistic.Chance(weights, example.Values))));
        }

        var lines = judged.GroupBy(pair => pair.Example.Kind).OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind =>
            string.Create(CultureInfo.InvariantCulture, $"#   {kind.Key}: {kind.Average(pair => pair.Confidence >= AnswerConfidence.Threshold ? 1.0 : 0):0.00} of {kind.Count()}"));
        return "# Answered of each kind of golden question, every set by weights fitted without it:\n" + string.Join('\n', lines) + "\n";
    }

    private static async Task<IReadOnlyList<Example>> FromRetrievalAsync(string path, CancellationToken cancellationToken)
    {
        var set = DataSet.Load(path);
        var corpus = Directory.CreateTempSubdirectory("assistant-corpus-").FullName;
        set.WriteCorpus(corpus);
        await using var bench = await Workbench.OpenAsync(corpus, cancellationToken);
        var examples = new List<Example>();
        foreach (var query in set.Queries)
        {
            var evidence = await bench.Retriever.RetrieveAsync(new StandaloneQuestion(query.Text), null, cancellationToken);
            examples.AddRange(Judged(evidence, path, "public", query.Answerable, Public * (query.Answerable ? 1 : PublicUnanswerable)));
        }

        Directory.Delete(corpus, recursive: true);
        return examples;
    }

    private static async Task<IReadOnlyList<Example>> FromGoldenAsync(
        GoldenSet set, IReadOnlyList<GoldenSet> golden, string corpus, CancellationToken cancellationToken)
    {
        await using var bench = await Workbench.OpenAsync(GoldenRun.CorpusOf(set.Path, corpus), cancellationToken);
        var examples = new List<Example>();
        foreach (var asked in set.Questions)
        {
            var evidence = await RetrieveAsync(asked);
            examples.AddRange(Judged(evidence, set.Path, asked.Kind, asked.Answerable, asked.Answerable ? 1 : Unanswerable));
            if (asked.Answerable)
            {
                examples.AddRange(Judged(Without(evidence, asked), set.Path, $"{asked.Kind}, answer taken out", false, Made));
            }
        }

        var others = golden.Where(other => other != set)
            .SelectMany(other => other.Questions)
            .Where(question => question.Answerable && question.History.Count == 0)
            .ToList();
        var step = Math.Max(1, others.Count / AboutOthers);
        foreach (var asked in others.Where((_, i) => i % step == 0))
        {
            examples.AddRange(Judged(await RetrieveAsync(asked), set.Path, $"{asked.Kind}, about another corpus", false, Made));
        }

        foreach (var asked in golden.Where(other => other.IsElsewhere).SelectMany(other => other.Questions))
        {
            examples.AddRange(Judged(await RetrieveAsync(asked), set.Path, "about something else", false, Elsewhere));
        }

        return examples;

        Task<Evidence> RetrieveAsync(GoldenQuestion asked) => bench.Retriever.RetrieveAsync(asked.Standalone(), null, cancellationToken);
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
            PassageCount = passages,
            DocumentFrequencies = frequencies,
            TermWeights = [.. evidence.Analysis.Terms.Select((term, t) => term.Focus * TermWeight.Of(term.Term, frequencies[t], passages, evidence.Analysis.Language))],
        };
    }

    /// <summary>What the answer to a question looks like; nothing for an answer that the documents' structure alone gave.</summary>
    private static IEnumerable<Example> Judged(Evidence evidence, string set, string kind, bool isAnswered, double importance) =>
        ExtractiveAnswerer.Answer(evidence).Signals is { } signals
            ? [new Example(set, kind, isAnswered, importance, signals.Mixed)]
            : [];

    /// <summary>A golden set; one that has no answer to any of its questions asks about something else, whatever the corpus.</summary>
    private sealed record GoldenSet(string Path, IReadOnlyList<GoldenQuestion> Questions)
    {
        public bool IsElsewhere => !Questions.Any(question => question.Answerable);
    }

    private sealed record Example(string Set, string Kind, bool IsAnswered, double Importance, double[] Values);
}

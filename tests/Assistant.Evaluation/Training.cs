using System.Globalization;
using System.Numerics.Tensors;
using Assistant.Core.Answering;
using Assistant.Core.Retrieval;

namespace Assistant.Evaluation;

/// <summary>
/// Fits the weights of the sentence ranker by pairwise logistic regression: of two sentences for one question, the one that answers
/// has to score higher. Deterministic.
/// </summary>
internal static class Training
{
    private const int MostPairsPerQuestion = 60;
    private const double Regularisation = 1e-3;
    private const int Steps = 25;

    /// <summary>Differences of features, the answering sentence's minus the other's, with a weight so that every question counts alike.</summary>
    public static async Task<List<(double[] Difference, double Weight)>> PairsAsync(string path, CancellationToken cancellationToken)
    {
        var pairs = new List<(double[], double)>();
        if (SelectionSet.IsAt(path))
        {
            await foreach (var (question, features) in SelectionRun.ScoreAsync(
                SelectionSet.Load(path), ranked => ranked.Features, [], cancellationToken))
            {
                Add([.. features.Zip(question.Candidates, (values, candidate) => (values, candidate.Answers))]);
            }

            return pairs;
        }

        var set = DataSet.Load(path);
        var corpus = Directory.CreateTempSubdirectory("assistant-corpus-").FullName;
        set.WriteCorpus(corpus);
        await using var bench = await Workbench.OpenAsync(corpus, cancellationToken);
        foreach (var query in set.Queries.Where(query => query.Answerable && query.Answers.Count > 0))
        {
            var evidence = await bench.Retriever.RetrieveAsync(new StandaloneQuestion(query.Text), null, cancellationToken);
            var relevant = set.Grades[query.Id];
            Add([.. SentenceRanker.Rank(evidence).Select(ranked => (
                ranked.Features,
                relevant.ContainsKey(Path.GetFileNameWithoutExtension(ranked.Passage.DocumentId))
                    && query.Answers.Any(answer => ranked.Text.Contains(answer, StringComparison.OrdinalIgnoreCase))))]);
        }

        Directory.Delete(corpus, recursive: true);
        return pairs;

        void Add(IReadOnlyList<(double[] Features, bool Answers)> sentences)
        {
            var all = sentences.Where(sentence => sentence.Features.Length > 0).ToList();
            var chosen = (from good in all
                          where good.Answers
                          from bad in all
                          where !bad.Answers
                          select Enumerable.Range(0, good.Features.Length).Select(i => good.Features[i] - bad.Features[i]).ToArray()).ToList();
            var step = Math.Max(1, chosen.Count / MostPairsPerQuestion);
            var kept = chosen.Where((_, i) => i % step == 0).ToList();
            pairs.AddRange(kept.Select(difference => (difference, 1.0 / kept.Count)));
        }
    }

    /// <summary>Newton's method on the regularised log-likelihood.</summary>
    public static double[] Fit(IReadOnlyList<(double[] Difference, double Weight)> pairs)
    {
        var size = SentenceFeatures.Names.Count;
        var weights = new double[size];
        var total = pairs.Sum(pair => pair.Weight);
        for (var step = 0; step < Steps; step++)
        {
            var gradient = weights.Select(weight => -Regularisation * weight).ToArray();
            var hessian = new double[size, size];
            for (var i = 0; i < size; i++)
            {
                hessian[i, i] = Regularisation;
            }

            foreach (var (difference, importance) in pairs)
            {
                var wrong = 1 / (1 + Math.Exp(TensorPrimitives.Dot<double>(weights, difference)));
                for (var i = 0; i < size; i++)
                {
                    gradient[i] += importance / total * wrong * difference[i];
                    for (var j = 0; j < size; j++)
                    {
                        hessian[i, j] += importance / total * wrong * (1 - wrong) * difference[i] * difference[j];
                    }
                }
            }

            var move = Solve(hessian, gradient);
            for (var i = 0; i < size; i++)
            {
                weights[i] += move[i];
            }
        }

        return weights;
    }

    public static string Describe(IReadOnlyList<double> weights, IEnumerable<string> sources)
    {
        // Only the order matters to a ranking, so the weights are scaled to a readable size: absolute values add up to 1.
        var scale = weights.Sum(Math.Abs);
        var lines = SentenceFeatures.Names.Zip(weights, (name, weight) =>
            string.Create(CultureInfo.InvariantCulture, $"{name} {weight / scale:0.0000}"));
        return $"# Weights of the sentence ranker: pairwise logistic regression, fitted by the evaluation program's command `train` on\n# {string.Join(", ", sources)}.\n"
            + string.Join('\n', lines) + "\n";
    }

    /// <summary>Gaussian elimination; the matrix is positive definite.</summary>
    private static double[] Solve(double[,] matrix, double[] right)
    {
        var size = right.Length;
        var a = (double[,])matrix.Clone();
        var b = (double[])right.Clone();
        for (var i = 0; i < size; i++)
        {
            for (var row = i + 1; row < size; row++)
            {
                var factor = a[row, i] / a[i, i];
                for (var column = i; column < size; column++)
                {
                    a[row, column] -= factor * a[i, column];
                }

                b[row] -= factor * b[i];
            }
        }

        for (var i = size - 1; i >= 0; i--)
        {
            for (var column = i + 1; column < size; column++)
            {
                b[i] -= a[i, column] * b[column];
            }

            b[i] /= a[i, i];
        }

        return b;
    }
}

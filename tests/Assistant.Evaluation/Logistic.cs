using System.Numerics.Tensors;

namespace Assistant.Evaluation;

/// <summary>Logistic regression, by Newton's method on the regularised log-likelihood. Deterministic.</summary>
internal static class Logistic
{
    private const int Steps = 30;

    /// <summary>A step that gains less than this is the last one.</summary>
    private const double Converged = 1e-9;

    /// <summary>The weights that tell the true examples from the others.</summary>
    /// <param name="examples">What to learn from.</param>
    /// <param name="regularisation">Cost of a squared weight beside the mean cost of an example.</param>
    public static double[] Fit(IReadOnlyList<LogisticExample> examples, double regularisation)
    {
        var size = examples[0].Values.Length;
        var weights = new double[size];
        var total = examples.Sum(example => example.Importance);
        var cost = Cost(weights);
        for (var step = 0; step < Steps; step++)
        {
            var gradient = weights.Select(weight => -regularisation * weight).ToArray();
            var hessian = Enumerable.Range(0, size).Select(i => new double[size]).ToArray();
            foreach (var example in examples)
            {
                var (values, isTrue, importance) = example;
                var chance = Chance(weights, example);
                TensorPrimitives.MultiplyAdd(values, importance / total * ((isTrue ? 1 : 0) - chance), gradient, gradient);
                var curvature = importance / total * chance * (1 - chance);
                for (var i = 0; i < size; i++)
                {
                    if (values[i] != 0)
                    {
                        TensorPrimitives.MultiplyAdd(values, curvature * values[i], hessian[i], hessian[i]);
                    }
                }
            }

            for (var i = 0; i < size; i++)
            {
                hessian[i][i] += regularisation;
            }

            // Halved until it gains: far from the optimum a whole step of Newton's can go too far.
            var move = Solve(hessian, gradient);
            var before = cost;
            for (var share = 1.0; share > 1e-3; share /= 2)
            {
                double[] moved = [.. weights.Zip(move, (weight, change) => weight + (share * change))];
                if (Cost(moved) is var better && better < cost)
                {
                    (weights, cost) = (moved, better);
                    break;
                }
            }

            if (before - cost < Converged)
            {
                break;
            }
        }

        return weights;

        double Cost(double[] weights) =>
            (regularisation / 2 * TensorPrimitives.SumOfSquares<double>(weights))
            + examples.Sum(example => example.Importance / total * -Math.Log(Math.Max(1e-300, example.IsTrue ? Chance(weights, example) : 1 - Chance(weights, example))));
    }

    private static double Chance(double[] weights, LogisticExample example) => 1 / (1 + Math.Exp(-TensorPrimitives.Dot<double>(weights, example.Values)));

    /// <summary>Gaussian elimination, in place; the matrix is positive definite.</summary>
    private static double[] Solve(double[][] a, double[] b)
    {
        var size = b.Length;
        for (var i = 0; i < size; i++)
        {
            for (var row = i + 1; row < size; row++)
            {
                var factor = a[row][i] / a[i][i];
                TensorPrimitives.MultiplyAdd(a[i], -factor, a[row], a[row]);
                b[row] -= factor * b[i];
            }
        }

        for (var i = size - 1; i >= 0; i--)
        {
            for (var column = i + 1; column < size; column++)
            {
                b[i] -= a[i][column] * b[column];
            }

            b[i] /= a[i][i];
        }

        return b;
    }
}

/// <summary>An example to learn from.</summary>
/// <param name="Values">Its features.</param>
/// <param name="IsTrue">What is to be told.</param>
/// <param name="Importance">What it counts beside the others.</param>
internal sealed record LogisticExample(double[] Values, bool IsTrue, double Importance);

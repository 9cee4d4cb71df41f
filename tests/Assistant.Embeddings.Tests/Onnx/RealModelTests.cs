using System.Globalization;
using System.Numerics.Tensors;
using Assistant.Embeddings.Onnx;
using Microsoft.Extensions.Logging.Abstractions;

namespace Assistant.Embeddings.Tests.Onnx;

/// <summary>A model from the outside, where there is one: the figure its makers publish shows that tokens and pooling are right.</summary>
public sealed class RealModelTests
{
    [Fact]
    public async Task A_real_model_tells_how_alike_sentences_are_as_well_as_its_makers_say()
    {
        var model = Environment.GetEnvironmentVariable("ASSISTANT_TEST_ONNX_MODEL");
        Assert.SkipWhen(string.IsNullOrEmpty(model), "needs ASSISTANT_TEST_ONNX_MODEL, the folder of all-MiniLM-L6-v2 or a better model");
        var path = Path.Combine(RepositoryRoot(), "..", "shared", "eval", "stsb", "dev.tsv");
        Assert.SkipUnless(File.Exists(path), "needs ../shared/eval/stsb/dev.tsv, which is not here");
        var pairs = File.ReadLines(path).Skip(1).Select(line => line.Split('\t')).ToList();
        using var embedder = EmbeddingModels.CreateOnnx(new OnnxModel(model!), new EmbeddingRules(), TimeProvider.System, NullLoggerFactory.Instance);

        var left = await embedder.GenerateAsync(pairs.Select(pair => pair[1]), cancellationToken: TestContext.Current.CancellationToken);
        var right = await embedder.GenerateAsync(pairs.Select(pair => pair[2]), cancellationToken: TestContext.Current.CancellationToken);

        double[] judged = [.. pairs.Select(pair => double.Parse(pair[0], CultureInfo.InvariantCulture))];
        double[] measured = [.. left.Zip(right, (one, other) => (double)TensorPrimitives.Dot(one.Vector.Span, other.Vector.Span))];
        var correlation = Correlation(Ranks(judged), Ranks(measured));
        TestContext.Current.TestOutputHelper?.WriteLine($"Spearman {correlation:0.0000} on {pairs.Count} pairs");
        Assert.True(correlation > 0.85, $"Spearman {correlation}");
    }

    private static double[] Ranks(double[] values)
    {
        var ranks = new double[values.Length];
        var order = Enumerable.Range(0, values.Length).OrderBy(i => values[i]).ToArray();
        for (int start = 0, end; start < order.Length; start = end)
        {
            for (end = start + 1; end < order.Length && values[order[end]] == values[order[start]]; end++)
            {
            }

            for (var i = start; i < end; i++)
            {
                ranks[order[i]] = (start + end - 1) / 2.0;
            }
        }

        return ranks;
    }

    private static double Correlation(double[] left, double[] right)
    {
        var (meanOfLeft, meanOfRight) = (left.Average(), right.Average());
        double[] x = [.. left.Select(value => value - meanOfLeft)];
        double[] y = [.. right.Select(value => value - meanOfRight)];
        return TensorPrimitives.Dot<double>(x, y) / (TensorPrimitives.Norm<double>(x) * TensorPrimitives.Norm<double>(y));
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Assistant.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        return folder.FullName;
    }
}

using Assistant.Core.Embeddings;
using FsCheck;
using FsCheck.Fluent;

namespace Assistant.Core.Tests.Embeddings;

/// <summary>Whatever the sizes, so that what does not fill a vector or a block is computed too.</summary>
public sealed class VectorMathTests
{
    [Fact]
    public void Products_of_several_vectors_are_those_of_each() =>
        Prop.ForAll(Sizes(), size =>
        {
            var (count, deep, wide) = size;
            var random = new System.Random((count * 10_000) + (deep * 100) + wide);
            var (vectors, matrix, sums) = (Drawn(random, count * deep), Drawn(random, deep * wide), Drawn(random, count * wide));
            var expected = new double[sums.Length];
            for (var i = 0; i < sums.Length; i++)
            {
                var (row, column) = (i / wide, i % wide);
                expected[i] = sums[i] + Enumerable.Range(0, deep).Sum(k => (double)vectors[(row * deep) + k] * matrix[(k * wide) + column]);
            }

            VectorMath.AddProducts(vectors, matrix, sums, count);
            return expected.Zip(sums).All(pair => Math.Abs(pair.First - pair.Second) < 1e-4);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Normalized_values_have_a_mean_of_zero_and_a_variance_of_one_before_they_are_stretched_and_moved()
    {
        var values = Drawn(new System.Random(1), 128);
        var normalized = new float[values.Length];
        VectorMath.Normalize(values, [.. Enumerable.Repeat(2f, 128)], [.. Enumerable.Repeat(3f, 128)], 1e-5f, normalized);
        var (mean, expectedMean) = (normalized.Average(), values.Average());
        var spread = Math.Sqrt(values.Average(value => Math.Pow(value - expectedMean, 2)) + 1e-5);
        Assert.Equal(3, mean, 1e-4f);
        Assert.All(values.Zip(normalized), pair => Assert.Equal(((pair.First - expectedMean) / spread * 2) + 3, pair.Second, 1e-4));
    }

    private static Arbitrary<(int Count, int Deep, int Wide)> Sizes() =>
        (from count in Gen.Choose(1, 9)
         from deep in Gen.Choose(1, 40)
         from wide in Gen.OneOf(Gen.Choose(1, 40), Gen.Elements(16, 32, 48, 64, 96, 128))
         select (count, deep, wide)).ToArbitrary();

    private static float[] Drawn(System.Random random, int length) => [.. Enumerable.Range(0, length).Select(_ => (float)((random.NextDouble() * 2) - 1))];
}

namespace Assistant.Embeddings.Tests;

internal static class VectorAssert
{
    public static void Equal(float[] expected, float[]? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    public static void Equal(float[] expected, ReadOnlyMemory<float> actual) => Equal(expected, actual.ToArray());
}

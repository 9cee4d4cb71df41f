using System.Numerics.Tensors;
using System.Text.Json;

namespace Assistant.Core.Tests;

/// <summary>Values that another program computed, as files of this project.</summary>
internal static class Reference
{
    public static JsonDocument Open(string file)
    {
        using var stream = typeof(Reference).Assembly.GetManifestResourceStream($"Reference.{file}")
            ?? throw new InvalidOperationException($"The test project holds no {file}.");
        return JsonDocument.Parse(stream);
    }

    /// <summary>Asserts that a text's vector points where the reference says.</summary>
    public static void AssertSameDirection(JsonElement expected, float[] actual, string text)
    {
        var values = expected.EnumerateArray().Select(value => value.GetSingle()).ToArray();
        Assert.Equal(values.Length, actual.Length);
        if (TensorPrimitives.Norm<float>(values) == 0)
        {
            Assert.All(actual, value => Assert.Equal(0, value));
        }
        else
        {
            Assert.True(TensorPrimitives.CosineSimilarity<float>(values, actual) >= 0.9999f, text);
        }
    }
}

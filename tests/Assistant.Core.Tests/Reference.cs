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
}

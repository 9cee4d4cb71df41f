using System.Text.Json;

namespace Assistant.Documents.Tests;

/// <summary>Strings that must be found in what readers make of the shared files.</summary>
internal static class Probes
{
    public static IReadOnlyList<KeyValuePair<string, string[]>> Of(string folder, string prefix)
    {
        var all = JsonSerializer.Deserialize<Dictionary<string, string[]>>(File.ReadAllText(Path.Combine(folder, "probes.json"))) ?? [];
        var own = all.Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(own);
        return own;
    }

    /// <summary>White space made equal: where a line ends is not what a probe asks.</summary>
    public static string Spaced(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

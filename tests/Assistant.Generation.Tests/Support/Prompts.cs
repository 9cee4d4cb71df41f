using System.Text.RegularExpressions;
using Assistant.Testing.ModelServer;

namespace Assistant.Generation.Tests.Support;

/// <summary>Reads the prompts that the endpoint got.</summary>
internal static partial class Prompts
{
    /// <summary>The numbered sentences of a prompt.</summary>
    public static IReadOnlyList<(string Id, string Text)> Sentences(ModelRequest request) =>
        [.. Line().Matches(request.Messages[^1].Text).Select(line => (line.Groups[1].Value, line.Groups[2].Value.Trim()))];

    /// <summary>The id of a sentence.</summary>
    public static string IdOf(ModelRequest request, string sentence) =>
        Sentences(request).FirstOrDefault(line => line.Text == sentence).Id
        ?? throw new InvalidOperationException($"The prompt does not hold '{sentence}'.");

    [GeneratedRegex(@"^\[([A-Z]{3}[0-9]+)\] (.*)$", RegexOptions.Multiline)]
    private static partial Regex Line();
}

using System.Text.RegularExpressions;
using Assistant.Testing.ModelServer;

namespace Assistant.Generation.Tests;

/// <summary>Reads the ids out of a prompt, as a model does.</summary>
internal static partial class Evidence
{
    /// <summary>A text in which <c>{beginning}</c> stands for the id of the sentence of the prompt that begins so.</summary>
    public static string Cite(this ModelRequest request, string text) => Beginning().Replace(text, match =>
        Regex.Match(request.Prompt, $@"^\[([A-Z]{{3}}[0-9]+)\] {Regex.Escape(match.Groups[1].Value)}", RegexOptions.Multiline).Groups[1].Value);

    [GeneratedRegex(@"\{([^}]+)\}")]
    private static partial Regex Beginning();
}

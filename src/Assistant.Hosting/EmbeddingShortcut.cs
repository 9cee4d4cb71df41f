namespace Assistant.Hosting;

/// <summary>The embedding model in a word, for command lines: <c>ollama:nomic-embed-text</c> stands for the provider, the endpoint and the model.</summary>
public static class EmbeddingShortcut
{
    /// <summary>What can be written, in words that end the sentence “allowed is …”.</summary>
    public const string Allowed = "builtin, openai, openai:MODEL, ollama:MODEL, lmstudio:MODEL, vllm:MODEL or onnx:PATH";

    /// <summary>The settings that <paramref name="shortcut"/> stands for, by configuration key; null when it stands for none.</summary>
    public static IReadOnlyDictionary<string, string?>? Read(string? shortcut)
    {
        var text = shortcut?.Trim() ?? "";
        // Names of models, and paths, hold colons of their own.
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var (kind, rest) = colon < 0 ? (text, null) : (text[..colon], text[(colon + 1)..].Trim());
        if (rest is { Length: 0 })
        {
            return null;
        }

        return kind.ToUpperInvariant() switch
        {
            "BUILTIN" when rest is null => Settings(EmbeddingProvider.BuiltIn),
            "ONNX" when rest is not null => Settings(EmbeddingProvider.Onnx, (nameof(EmbeddingOptions.ModelPath), rest)),
            "OPENAI" => Settings(
                EmbeddingProvider.OpenAI,
                (nameof(EmbeddingOptions.Endpoint), ModelService.OpenAIEndpoint), (nameof(EmbeddingOptions.Model), rest ?? EmbeddingOptions.OpenAIModel)),
            _ when rest is not null && ModelService.LocalServer(kind) is { } endpoint => Settings(
                EmbeddingProvider.OpenAI, (nameof(EmbeddingOptions.Endpoint), endpoint), (nameof(EmbeddingOptions.Model), rest)),
            _ => null,
        };
    }

    /// <summary>What to say about a shortcut that stands for nothing.</summary>
    public static string Mistake(string? shortcut) => $"--embeddings is '{shortcut}'; allowed is {Allowed}.";

    private static Dictionary<string, string?> Settings(EmbeddingProvider provider, params ReadOnlySpan<(string Name, string Value)> others)
    {
        var settings = new Dictionary<string, string?>
        {
            [Key(nameof(EmbeddingOptions.Provider))] = provider.ToString(),
            // What is configured of another model does not hold for this one.
            [Key(nameof(EmbeddingOptions.Dimensions))] = null,
            [Key(nameof(EmbeddingOptions.MaxTokens))] = null,
        };
        foreach (var (name, value) in others)
        {
            settings[Key(name)] = value;
        }

        return settings;

        static string Key(string name) => $"{AssistantOptions.SectionName}:Embeddings:{name}";
    }
}

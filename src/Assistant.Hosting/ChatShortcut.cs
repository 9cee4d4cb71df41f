namespace Assistant.Hosting;

/// <summary>
/// The language model in a word, for command lines: <c>ollama:llama3.2</c> stands for the provider, the endpoint and the model.
/// </summary>
public static class ChatShortcut
{
    /// <summary>What can be written, in words that end the sentence “allowed is …”.</summary>
    public const string Allowed = "none, openai, openai:MODEL, ollama:MODEL, lmstudio:MODEL or vllm:MODEL";

    /// <summary>The settings that <paramref name="shortcut"/> stands for, by configuration key; null when it stands for none.</summary>
    public static IReadOnlyDictionary<string, string?>? Read(string? shortcut)
    {
        var text = shortcut?.Trim() ?? "";
        // Names of models hold colons of their own: ollama:llama3.2:3b.
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var (server, model) = colon < 0 ? (text, null) : (text[..colon], text[(colon + 1)..].Trim());
        if (model is { Length: 0 })
        {
            return null;
        }

        if (server.Equals("none", StringComparison.OrdinalIgnoreCase) && model is null)
        {
            return Settings(ChatProvider.None, null, null);
        }

        if (server.Equals("openai", StringComparison.OrdinalIgnoreCase))
        {
            return Settings(ChatProvider.OpenAI, ModelService.OpenAIEndpoint, model ?? ChatOptions.OpenAIModel);
        }

        return model is not null && ModelService.LocalServer(server) is { } endpoint ? Settings(ChatProvider.OpenAI, endpoint, model) : null;
    }

    /// <summary>What to say about a shortcut that stands for nothing.</summary>
    public static string Mistake(string? shortcut) => $"--chat is '{shortcut}'; allowed is {Allowed}.";

    private static Dictionary<string, string?> Settings(ChatProvider provider, string? endpoint, string? model)
    {
        var settings = new Dictionary<string, string?> { [Key(nameof(ChatOptions.Provider))] = provider.ToString() };
        if (endpoint is not null)
        {
            settings[Key(nameof(ChatOptions.Endpoint))] = endpoint;
            settings[Key(nameof(ChatOptions.Model))] = model;
        }

        return settings;

        static string Key(string name) => $"{AssistantOptions.SectionName}:Chat:{name}";
    }
}

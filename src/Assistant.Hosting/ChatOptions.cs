using System.Globalization;
using static Assistant.Hosting.SettingValues;

namespace Assistant.Hosting;

/// <summary>The language model that writes answers.</summary>
public sealed class ChatOptions
{
    /// <summary>The model that is used where none is configured.</summary>
    public const string OpenAIModel = "gpt-4.1-mini";

    /// <summary>Who writes answers. Default <see cref="ChatProvider.None"/>: they are quoted, and nothing leaves the machine.</summary>
    public ChatProvider Provider { get; set; } = ChatProvider.None;

    /// <summary>
    /// Address of an API like OpenAI's, up to and with <c>/v1</c>. Default that of OpenAI. Azure OpenAI:
    /// <c>https://NAME.openai.azure.com/openai/v1</c>; Ollama: <c>http://localhost:11434/v1</c>.
    /// </summary>
    public string? Endpoint { get; set; }

    /// <summary>
    /// The key, sent as <c>Authorization: Bearer</c>. Default the variable <c>OPENAI_API_KEY</c> for OpenAI's own endpoint, and none for
    /// any other: that key is never sent elsewhere.
    /// </summary>
    public string? ApiKey { get; set; }

    /// <summary>The model; for Azure OpenAI the deployment. Default <c>gpt-4.1-mini</c> at OpenAI; another endpoint needs it.</summary>
    public string? Model { get; set; }

    /// <summary>Tokens that the model takes, question, evidence and answer together, 2,048 to 2,000,000. Default 8192.</summary>
    public int ContextTokens { get; set; } = 8192;

    /// <summary>The most tokens of an answer, 64 to 16,000. Default 600.</summary>
    public int MaxAnswerTokens { get; set; } = 600;

    /// <summary>How long the model may be silent, until its first token and between two, in seconds, 1 to 3,600. Default 30.</summary>
    public double FirstTokenSeconds { get; set; } = 30;

    /// <summary>How long all that is asked of the model for one question may take, in seconds, 1 to 3,600. Default 50.</summary>
    public double TotalSeconds { get; set; } = 50;

    /// <summary>How long it may take to make a follow-up question stand alone, in seconds, 0.1 to 3,600. Default 8.</summary>
    public double RewriteSeconds { get; set; } = 8;
}

/// <summary>Who writes answers.</summary>
public enum ChatProvider
{
    /// <summary>Nobody: sentences of the documents are quoted.</summary>
    None,

    /// <summary>A model behind an API like OpenAI's: OpenAI, Azure OpenAI, Ollama, vLLM, LM Studio.</summary>
    OpenAI,
}

/// <summary>The settings of <see cref="ChatOptions"/> and what they may be.</summary>
internal static class ChatSettings
{
    public static IReadOnlyList<AssistantSetting> All { get; } =
    [
        new("Chat:Provider", string.Join(", ", Enum.GetNames<ChatProvider>()), IsNameOf<ChatProvider>),
        new("Chat:Endpoint", "an address like http://localhost:11434/v1", IsAddress),
        new("Chat:ApiKey", "a key of visible ASCII characters", IsKey),
        new("Chat:Model", "the name of a model", IsName),
        new("Chat:ContextTokens", "a whole number from 2048 to 2000000", value => IsWhole(value, 2_048, 2_000_000)),
        new("Chat:MaxAnswerTokens", "a whole number from 64 to 16000", value => IsWhole(value, 64, 16_000)),
        new("Chat:FirstTokenSeconds", "a number of seconds from 1 to 3600", value => IsNumber(value, 1, 3_600)),
        new("Chat:TotalSeconds", "a number of seconds from 1 to 3600", value => IsNumber(value, 1, 3_600)),
        new("Chat:RewriteSeconds", "a number of seconds from 0.1 to 3600", value => IsNumber(value, 0.1, 3_600)),
    ];

    /// <summary>A sentence for each setting that does not go with another one.</summary>
    public static IEnumerable<string> Mistakes(ChatOptions options)
    {
        if (options.Provider == ChatProvider.None)
        {
            yield break;
        }

        foreach (var missing in ModelService.Missing("Chat", "--chat", options.Endpoint, options.ApiKey, options.Model))
        {
            yield return missing;
        }

        if (options.MaxAnswerTokens > options.ContextTokens / 2)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"Assistant:Chat:MaxAnswerTokens is '{options.MaxAnswerTokens}'; allowed is half of Assistant:Chat:ContextTokens, {options.ContextTokens / 2}, at most.");
        }
    }
}

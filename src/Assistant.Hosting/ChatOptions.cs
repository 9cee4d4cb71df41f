using System.Globalization;

namespace Assistant.Hosting;

/// <summary>The language model that writes answers.</summary>
public sealed class ChatOptions
{
    /// <summary>OpenAI's endpoint, used where none is configured.</summary>
    public const string OpenAIEndpoint = "https://api.openai.com/v1";

    /// <summary>The model that is used where none is configured.</summary>
    public const string OpenAIModel = "gpt-4.1-mini";

    /// <summary>Variable of the environment that holds the key for OpenAI's own endpoint where <see cref="ApiKey"/> is not set.</summary>
    public const string OpenAIKeyVariable = "OPENAI_API_KEY";

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
        new("Chat:Provider", string.Join(", ", Enum.GetNames<ChatProvider>()), IsProvider),
        new("Chat:Endpoint", "an address like http://localhost:11434/v1", IsEndpoint),
        new("Chat:ApiKey", "a key of visible ASCII characters", IsKey),
        new("Chat:Model", "the name of a model", value => !string.IsNullOrWhiteSpace(value) && !value.Any(char.IsControl)),
        new("Chat:ContextTokens", "a whole number from 2048 to 2000000", value => IsWhole(value, 2_048, 2_000_000)),
        new("Chat:MaxAnswerTokens", "a whole number from 64 to 16000", value => IsWhole(value, 64, 16_000)),
        new("Chat:FirstTokenSeconds", "a number of seconds from 1 to 3600", value => IsSeconds(value, 1)),
        new("Chat:TotalSeconds", "a number of seconds from 1 to 3600", value => IsSeconds(value, 1)),
        new("Chat:RewriteSeconds", "a number of seconds from 0.1 to 3600", value => IsSeconds(value, 0.1)),
    ];

    /// <summary>A sentence for each setting that does not go with another one.</summary>
    public static IEnumerable<string> Mistakes(ChatOptions options)
    {
        if (options.Provider == ChatProvider.None)
        {
            yield break;
        }

        if (options.Endpoint is not null && options.Model is null)
        {
            yield return "Assistant:Chat:Model is not set; an endpoint of your own needs the name of one of its models.";
        }

        if (IsOpenAI(options) && KeyOf(options) is null)
        {
            yield return $"Assistant:Chat:ApiKey is not set; OpenAI needs a key, there or in the variable {ChatOptions.OpenAIKeyVariable}. "
                + "A local model needs an address instead: Assistant:Chat:Endpoint, or --chat ollama:MODEL.";
        }

        if (options.MaxAnswerTokens > options.ContextTokens / 2)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"Assistant:Chat:MaxAnswerTokens is '{options.MaxAnswerTokens}'; allowed is half of Assistant:Chat:ContextTokens, {options.ContextTokens / 2}, at most.");
        }
    }

    /// <summary>The key to send; null for none.</summary>
    public static string? KeyOf(ChatOptions options) =>
        options.ApiKey ?? (IsOpenAI(options) && Environment.GetEnvironmentVariable(ChatOptions.OpenAIKeyVariable) is { Length: > 0 } key ? key.Trim() : null);

    private static bool IsOpenAI(ChatOptions options) =>
        options.Endpoint is null || new Uri(options.Endpoint).Host.Equals(new Uri(ChatOptions.OpenAIEndpoint).Host, StringComparison.OrdinalIgnoreCase);

    private static bool IsProvider(string value) => Enum.GetNames<ChatProvider>().Contains(value, StringComparer.OrdinalIgnoreCase);

    /// <summary>No user and password: they would stand in messages about the endpoint.</summary>
    private static bool IsEndpoint(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0 && url.Query.Length == 0;

    private static bool IsKey(string value) => value.Length > 0 && !value.AsSpan().ContainsAnyExceptInRange('!', '~');

    private static bool IsWhole(string value, int least, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most;

    private static bool IsSeconds(string value, double least) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds >= least && seconds <= 3_600;
}

using static Assistant.Hosting.SettingValues;

namespace Assistant.Hosting;

/// <summary>What embeds passages and questions, so that they are found by meaning.</summary>
public sealed class EmbeddingOptions
{
    /// <summary>The model that is used at OpenAI where none is configured.</summary>
    public const string OpenAIModel = "text-embedding-3-small";

    /// <summary>What embeds. Default <see cref="EmbeddingProvider.BuiltIn"/>: a table of English words, and nothing leaves the machine. Another one rebuilds the index.</summary>
    public EmbeddingProvider Provider { get; set; } = EmbeddingProvider.BuiltIn;

    /// <summary>
    /// For <see cref="EmbeddingProvider.OpenAI"/>: address of an API like OpenAI's, up to and with <c>/v1</c>. Default that of OpenAI.
    /// Another one rebuilds the index, because the same name may be another model there.
    /// </summary>
    public string? Endpoint { get; set; }

    /// <summary>
    /// For <see cref="EmbeddingProvider.OpenAI"/>: the key. Default the variable <c>OPENAI_API_KEY</c> for OpenAI's own endpoint, and none for
    /// any other: that key is never sent elsewhere.
    /// </summary>
    public string? ApiKey { get; set; }

    /// <summary>
    /// For <see cref="EmbeddingProvider.OpenAI"/>: the model; for Azure OpenAI the deployment. Default <c>text-embedding-3-small</c> at OpenAI; another
    /// endpoint needs it. Another one rebuilds the index.
    /// </summary>
    public string? Model { get; set; }

    /// <summary>
    /// The length of the vectors, 8 to 8192. Default what the model gives. A service is asked for that length where it is not the model's own;
    /// a vector of another length is an error. Another number rebuilds the index.
    /// </summary>
    public int? Dimensions { get; set; }

    /// <summary>
    /// For <see cref="EmbeddingProvider.Onnx"/>: the folder of a sentence-transformers model (<c>model.onnx</c> and <c>vocab.txt</c> or
    /// <c>tokenizer.json</c>), or its <c>.onnx</c> file. Another model, wherever it is, rebuilds the index.
    /// </summary>
    public string? ModelPath { get; set; }

    /// <summary>
    /// The most tokens of a text, 16 to 32,000. Default what is known of the model, else 512 for a service and 256 for a file. A longer passage is
    /// embedded in pieces by a service and cut off by a file.
    /// </summary>
    public int? MaxTokens { get; set; }

    /// <summary>What is put in front of a question, such as <c>query: </c> for models of the E5 family. Default nothing. Another one rebuilds the index.</summary>
    public string QuestionPrefix { get; set; } = "";

    /// <summary>What is put in front of a passage, such as <c>passage: </c>. Default nothing. Another one rebuilds the index.</summary>
    public string PassagePrefix { get; set; } = "";

    /// <summary>The most texts of a request to a service, 1 to 2,048. Default 64.</summary>
    public int BatchTexts { get; set; } = 64;

    /// <summary>The most tokens of a request to a service, 256 to 300,000. Default 8,000.</summary>
    public int BatchTokens { get; set; } = 8_000;

    /// <summary>Requests to a service at once, 1 to 64. Default 4.</summary>
    public int Parallelism { get; set; } = 4;

    /// <summary>How long a request to a service may take, in seconds, 1 to 3,600; then it is tried again, four times at most. Default 120.</summary>
    public double RequestSeconds { get; set; } = 120;

    /// <summary>How long a question waits for its vector, in seconds, 0.1 to 600; then it is searched by its words only. Default 10.</summary>
    public double QuestionSeconds { get; set; } = 10;

    /// <summary>
    /// The file that keeps vectors by model and content, so that none is computed or paid for twice. Default <c>embeddings.db</c> beside the index.
    /// The built-in table needs none.
    /// </summary>
    public string? CachePath { get; set; }

    /// <summary>The most that <see cref="CachePath"/> may grow to, in megabytes, 0 to 1,000,000; 0 keeps nothing. Default 512.</summary>
    public int CacheMegabytes { get; set; } = 512;
}

/// <summary>What embeds.</summary>
public enum EmbeddingProvider
{
    /// <summary>The table of English words that ships with the product.</summary>
    BuiltIn,

    /// <summary>A model behind an API like OpenAI's: OpenAI, Azure OpenAI, Ollama, vLLM, LM Studio.</summary>
    OpenAI,

    /// <summary>A model in a file, run in this process by ONNX Runtime.</summary>
    Onnx,
}

/// <summary>The settings of <see cref="EmbeddingOptions"/> and what they may be.</summary>
internal static class EmbeddingSettings
{
    public static IReadOnlyList<AssistantSetting> All { get; } =
    [
        new("Embeddings:Provider", string.Join(", ", Enum.GetNames<EmbeddingProvider>()), IsNameOf<EmbeddingProvider>),
        new("Embeddings:Endpoint", "an address like http://localhost:11434/v1", IsAddress),
        new("Embeddings:ApiKey", "a key of visible ASCII characters", IsKey),
        new("Embeddings:Model", "the name of a model", IsName),
        new("Embeddings:Dimensions", "a whole number from 8 to 8192", value => IsWhole(value, 8, 8_192)),
        new("Embeddings:ModelPath", "the path of a folder with model.onnx and vocab.txt or tokenizer.json, or of an .onnx file", IsName),
        new("Embeddings:MaxTokens", "a whole number from 16 to 32000", value => IsWhole(value, 16, 32_000)),
        new("Embeddings:QuestionPrefix", "text without control characters", value => !value.Any(char.IsControl)),
        new("Embeddings:PassagePrefix", "text without control characters", value => !value.Any(char.IsControl)),
        new("Embeddings:BatchTexts", "a whole number from 1 to 2048", value => IsWhole(value, 1, 2_048)),
        new("Embeddings:BatchTokens", "a whole number from 256 to 300000", value => IsWhole(value, 256, 300_000)),
        new("Embeddings:Parallelism", "a whole number from 1 to 64", value => IsWhole(value, 1, 64)),
        new("Embeddings:RequestSeconds", "a number of seconds from 1 to 3600", value => IsNumber(value, 1, 3_600)),
        new("Embeddings:QuestionSeconds", "a number of seconds from 0.1 to 600", value => IsNumber(value, 0.1, 600)),
        new("Embeddings:CachePath", "the path of a file", IsName),
        new("Embeddings:CacheMegabytes", "a whole number from 0 to 1000000", value => IsWhole(value, 0, 1_000_000)),
    ];

    /// <summary>A sentence for each setting that does not go with another one.</summary>
    public static IEnumerable<string> Mistakes(EmbeddingOptions options)
    {
        if (options.Provider == EmbeddingProvider.Onnx && options.ModelPath is null)
        {
            yield return "Assistant:Embeddings:ModelPath is not set; with Assistant:Embeddings:Provider Onnx it names the folder that holds model.onnx and vocab.txt or tokenizer.json.";
        }

        if (options.Provider == EmbeddingProvider.OpenAI)
        {
            foreach (var missing in ModelService.Missing("Embeddings", "--embeddings", options.Endpoint, options.ApiKey, options.Model))
            {
                yield return missing;
            }
        }
    }
}

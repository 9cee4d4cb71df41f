using Microsoft.Extensions.AI;

namespace Assistant.Core.Embeddings;

/// <summary>
/// Tells an embedder that a text is a question and someone waits for its answer. Some models embed questions otherwise than passages;
/// and a service that does not answer soon is done without.
/// </summary>
public static class QuestionEmbedding
{
    private const string Key = "assistant.question";

    /// <summary>The options that say so.</summary>
    public static EmbeddingGenerationOptions CreateOptions() => new() { AdditionalProperties = new() { [Key] = true } };

    /// <summary>Whether <paramref name="options"/> say so.</summary>
    public static bool IsAsked(EmbeddingGenerationOptions? options) =>
        options?.AdditionalProperties is { } properties && properties.TryGetValue(Key, out var value) && value is true;
}

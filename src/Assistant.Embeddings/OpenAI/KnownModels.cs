namespace Assistant.Embeddings.OpenAI;

/// <summary>What is known of widely used models.</summary>
/// <param name="Dimensions">Length of their vectors.</param>
/// <param name="MaxTokens">The most tokens that they take.</param>
internal sealed record KnownModel(int Dimensions, int MaxTokens)
{
    private static readonly Dictionary<string, KnownModel> Models = new(StringComparer.OrdinalIgnoreCase)
    {
        ["text-embedding-3-small"] = new(1536, 8191),
        ["text-embedding-3-large"] = new(3072, 8191),
        ["text-embedding-ada-002"] = new(1536, 8191),
        ["nomic-embed-text"] = new(768, 2048),
        ["mxbai-embed-large"] = new(1024, 512),
        ["bge-m3"] = new(1024, 8192),
        ["all-minilm"] = new(384, 256),
        ["snowflake-arctic-embed"] = new(1024, 512),
    };

    /// <summary>The model of this name, whatever its tag (<c>:latest</c>); null when it is not known. A tag can stand for another size.</summary>
    public static KnownModel? Find(string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        return colon >= 0 && !name.EndsWith(":latest", StringComparison.OrdinalIgnoreCase)
            ? null
            : Models.GetValueOrDefault(colon < 0 ? name : name[..colon]);
    }
}

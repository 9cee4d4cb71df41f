namespace Assistant.Embeddings.Onnx;

/// <summary>A sentence-transformers model that was exported to ONNX.</summary>
/// <param name="Path">The <c>.onnx</c> file, or the folder that it and its vocabulary are in.</param>
public sealed record OnnxModel(string Path)
{
    /// <summary>The most tokens of a text, the rest is cut off; null for what the model's files say.</summary>
    public int? MaxTokens { get; init; }
}

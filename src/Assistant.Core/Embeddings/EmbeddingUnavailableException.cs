namespace Assistant.Core.Embeddings;

/// <summary>No embedding can be had now, whatever the text; the message says why and which setting to look at. It holds no key and no text.</summary>
public sealed class EmbeddingUnavailableException : Exception
{
    /// <summary>Creates the error with why, and what to do.</summary>
    public EmbeddingUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the error with why, what to do, and the cause.</summary>
    public EmbeddingUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

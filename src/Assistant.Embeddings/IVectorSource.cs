namespace Assistant.Embeddings;

/// <summary>What turns texts into vectors: a model in this process or a service. Thread-safe.</summary>
internal interface IVectorSource : IDisposable
{
    /// <summary>Who it is, in a person's words: the beginning of error messages.</summary>
    string Name { get; }

    /// <summary>Names model, and everything else that decides what a text's vector is; the same name always stands for the same vectors.</summary>
    string Identity { get; }

    /// <summary>Length of the vectors; null when only the first one tells.</summary>
    int? Dimensions { get; }

    /// <summary>Embeds texts.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="isQuestion">Whether someone waits for the answer.</param>
    /// <param name="onVector">
    /// Told of each vector with its text's index as soon as it is there, from any thread, so that what was paid for is kept whatever happens
    /// to the rest. The vector need not have length 1; all zeros stand for a text that the model refuses while it embeds others.
    /// </param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="Assistant.Core.Embeddings.EmbeddingUnavailableException">No vectors can be had.</exception>
    Task EmbedAsync(IReadOnlyList<string> texts, bool isQuestion, Action<int, float[]> onVector, CancellationToken cancellationToken);
}

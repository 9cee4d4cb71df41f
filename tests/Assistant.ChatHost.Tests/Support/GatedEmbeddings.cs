using Assistant.Core.Embeddings;
using Microsoft.Extensions.AI;

namespace Assistant.ChatHost.Tests.Support;

/// <summary>The built-in embedder behind a gate: what asks while it is closed waits, and a wait that is cancelled is counted.</summary>
internal sealed class GatedEmbeddings : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly BuiltInEmbeddingGenerator inner = new();
    private readonly TaskCompletionSource cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when someone waits at the closed gate.</summary>
    public Task Entered => entered.Task;

    /// <summary>Completes when someone who waited was told to stop.</summary>
    public Task Cancelled => cancelled.Task;

    public void Open() => gate.TrySetResult();

    public void Close() => gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (!gate.Task.IsCompleted)
        {
            entered.TrySetResult();
            try
            {
                await gate.Task.WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                cancelled.TrySetResult();
                throw;
            }
        }

        return await inner.GenerateAsync(values, options, cancellationToken);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => ((IEmbeddingGenerator)inner).GetService(serviceType, serviceKey);

    public void Dispose() => inner.Dispose();
}

using Assistant.Core.Embeddings;

namespace Assistant.Embeddings.OpenAI;

/// <summary>A service that embeds refuses the texts themselves (400, 413 or 422).</summary>
internal sealed class TextsRefusedException(int status, EmbeddingUnavailableException reason) : Exception(reason.Message, reason)
{
    /// <summary>The HTTP status.</summary>
    public int Status => status;

    /// <summary>What to tell when it is not the texts' fault.</summary>
    public EmbeddingUnavailableException Reason => reason;
}

/// <summary>
/// Fills requests from all who wait: as long as a place is free a text goes out at once; while all are taken, texts gather, and the next
/// request takes as many as fit. So batches grow with the load, without anyone waiting for a batch to fill. Thread-safe.
/// </summary>
/// <param name="parallelism">Requests at once.</param>
/// <param name="mostTexts">The most texts of a request.</param>
/// <param name="mostTokens">The most tokens of a request of several texts.</param>
/// <param name="send">Sends one request; gives as many vectors as texts.</param>
/// <param name="onRefused">Told of a text that is refused although others are embedded.</param>
internal sealed class RequestQueue(
    int parallelism,
    int mostTexts,
    int mostTokens,
    Func<IReadOnlyList<string>, CancellationToken, Task<IReadOnlyList<float[]>>> send,
    Action<TextPiece, int> onRefused)
{
    private const string HarmlessText = "hello";

    private readonly Lock gate = new();
    private readonly Queue<Waiting> queue = new();
    private int running;

    /// <summary>Length of the vectors; 0 as long as there was none.</summary>
    private volatile int length;

    /// <summary>The vectors of texts, in order; all zeros for a text that the service refuses while it takes others.</summary>
    /// <exception cref="EmbeddingUnavailableException">The service gives none.</exception>
    public IReadOnlyList<Task<float[]>> Enqueue(IReadOnlyList<TextPiece> texts, CancellationToken cancellationToken)
    {
        List<Waiting> added =
        [
            .. texts.Select(text => new Waiting(
                text, new TaskCompletionSource<float[]>(TaskCreationOptions.RunContinuationsAsynchronously), cancellationToken)),
        ];
        int starting;
        lock (gate)
        {
            // All at once, so that texts that come together go out together.
            added.ForEach(queue.Enqueue);
            starting = Math.Min(parallelism - running, (added.Count + mostTexts - 1) / mostTexts);
            running += starting;
        }

        for (var i = 0; i < starting; i++)
        {
            _ = Task.Run(WorkAsync, CancellationToken.None);
        }

        return [.. added.Select(waiting => waiting.Vector.Task)];
    }

    private async Task WorkAsync()
    {
        while (NextBatch() is { Count: > 0 } batch)
        {
            try
            {
                await SendAsync(batch);
            }
            catch (Exception error)
            {
                Fail(batch, error);
            }
        }
    }

    /// <summary>What is sent next; empty when nothing waits, and then this worker has ended.</summary>
    private List<Waiting> NextBatch()
    {
        var batch = new List<Waiting>();
        var tokens = 0;
        lock (gate)
        {
            while (queue.TryPeek(out var next) && batch.Count < mostTexts && (batch.Count == 0 || tokens + next.Text.Tokens <= mostTokens))
            {
                queue.Dequeue();
                if (next.Cancellation.IsCancellationRequested)
                {
                    next.Vector.TrySetCanceled(next.Cancellation);
                    continue;
                }

                batch.Add(next);
                tokens += next.Text.Tokens;
            }

            running -= batch.Count == 0 ? 1 : 0;
        }

        return batch;
    }

    private async Task SendAsync(List<Waiting> batch)
    {
        IReadOnlyList<float[]> vectors;
        try
        {
            vectors = await SendWhileWantedAsync(batch);
        }
        catch (TextsRefusedException) when (batch.Count > 1)
        {
            // One of them spoils it for the others.
            await SendAsync(batch[..(batch.Count / 2)]);
            await SendAsync(batch[(batch.Count / 2)..]);
            return;
        }
        catch (TextsRefusedException refused)
        {
            await EnsureItEmbedsAsync(refused);
            onRefused(batch[0].Text, refused.Status);
            batch[0].Vector.TrySetResult(new float[length]);
            return;
        }

        length = vectors[0].Length;
        for (var i = 0; i < batch.Count; i++)
        {
            batch[i].Vector.TrySetResult(vectors[i]);
        }
    }

    /// <summary>Tells a text that cannot be embedded from a service that embeds none.</summary>
    /// <exception cref="EmbeddingUnavailableException">It embeds none.</exception>
    private async Task EnsureItEmbedsAsync(TextsRefusedException refused)
    {
        if (length > 0)
        {
            return;
        }

        try
        {
            length = (await send([HarmlessText], CancellationToken.None))[0].Length;
        }
        catch (TextsRefusedException)
        {
            throw refused.Reason;
        }
    }

    /// <summary>Sends, and stops when all who wait for the answer have gone.</summary>
    private async Task<IReadOnlyList<float[]>> SendWhileWantedAsync(List<Waiting> batch)
    {
        using var unwanted = new CancellationTokenSource();
        var wanted = batch.Count;
        var registrations = batch.Select(waiting => waiting.Cancellation.Register(() =>
        {
            waiting.Vector.TrySetCanceled(waiting.Cancellation);
            if (Interlocked.Decrement(ref wanted) == 0)
            {
                unwanted.Cancel();
            }
        })).ToList();
        try
        {
            return await send([.. batch.Select(waiting => waiting.Text.Text)], unwanted.Token);
        }
        finally
        {
            foreach (var registration in registrations)
            {
                await registration.DisposeAsync();
            }
        }
    }

    private void Fail(List<Waiting> batch, Exception error)
    {
        var failed = new List<Waiting>(batch);
        if (error is EmbeddingUnavailableException)
        {
            // Those who wait would only meet the same, one request after the other.
            lock (gate)
            {
                failed.AddRange(queue);
                queue.Clear();
            }
        }

        foreach (var waiting in failed)
        {
            waiting.Vector.TrySetException(error);
        }
    }

    private sealed record Waiting(TextPiece Text, TaskCompletionSource<float[]> Vector, CancellationToken Cancellation);
}

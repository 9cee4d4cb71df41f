using System.ClientModel;
using Assistant.Core.Embeddings;
using Microsoft.Extensions.Logging;
using OpenAI.Embeddings;

namespace Assistant.Embeddings.OpenAI;

/// <summary>A model behind an OpenAI-compatible address, spoken to with the OpenAI SDK.</summary>
/// <remarks>
/// The SDK's own client, not an adapter around it: it alone tells which text each vector is of, and an answer that mixes them up must
/// not go unnoticed.
/// </remarks>
internal sealed class OpenAIVectorSource : IVectorSource
{
    /// <summary>Taken where nothing is known of a model: what most small ones take.</summary>
    private const int DefaultMaxTokens = 512;

    private readonly OpenAIModel model;
    private readonly int? askedDimensions;
    private readonly int maxTokens;
    private readonly ServiceClients clients;
    private readonly ServiceErrors errors;
    private readonly RequestQueue queue;

    public OpenAIVectorSource(OpenAIModel model, int? dimensions, ILogger logger)
    {
        this.model = model;
        var known = KnownModel.Find(model.Model);
        // Asked for only where it can make a difference: many services refuse it.
        askedDimensions = dimensions == known?.Dimensions ? null : dimensions;
        Dimensions = dimensions ?? known?.Dimensions;
        maxTokens = model.MaxTokens ?? known?.MaxTokens ?? DefaultMaxTokens;
        Name = $"The embedding service {model.Endpoint.Authority} (model {model.Model})";
        // The service is a part of it: the same name may be another model elsewhere.
        Identity = $"openai:{(model.Endpoint.IsLoopback ? $"localhost:{model.Endpoint.Port}" : model.Endpoint.Authority)}/{model.Model}";
        clients = new ServiceClients(model);
        errors = new ServiceErrors(model, Name, askedDimensions is not null);
        queue = new RequestQueue(
            model.Parallelism, model.BatchTexts, model.BatchTokens,
            (texts, cancellationToken) => SendAsync(clients.Passages, texts, cancellationToken),
            (text, status) => Log.TextRefused(logger, Name, text.Text.Length, status));
    }

    public string Name { get; }

    public string Identity { get; }

    public int? Dimensions { get; }

    public async Task EmbedAsync(
        IReadOnlyList<string> texts, bool isQuestion, Action<int, float[]> onVector, CancellationToken cancellationToken)
    {
        var pieces = texts.Select(text => TextPieces.Cut(text, maxTokens)).ToList();
        var all = pieces.SelectMany(text => text).ToList();
        // A question does not queue behind passages.
        var vectors = isQuestion
            ? [.. (await SendQuestionAsync(all, cancellationToken)).Select(Task.FromResult)]
            : queue.Enqueue(all, cancellationToken);
        var ends = pieces.Select(text => text.Count).ToArray();
        for (var i = 1; i < ends.Length; i++)
        {
            ends[i] += ends[i - 1];
        }

        // Each is told of as soon as it is there: a failure of others must not cost what was paid for.
        await Task.WhenAll(pieces.Select(async (text, index) =>
        {
            var own = await Task.WhenAll(vectors.Skip(ends[index] - text.Count).Take(text.Count));
            onVector(index, own.All(vector => vector.Length == own[0].Length)
                ? TextPieces.Join(text, own)
                : throw errors.WrongAnswer("gave vectors of different lengths"));
        }));
    }

    public void Dispose() => clients.Dispose();

    private async Task<IReadOnlyList<float[]>> SendQuestionAsync(List<TextPiece> pieces, CancellationToken cancellationToken)
    {
        try
        {
            return await SendAsync(clients.Questions, [.. pieces.Select(piece => piece.Text)], cancellationToken);
        }
        catch (TextsRefusedException refused)
        {
            throw refused.Reason;
        }
    }

    private async Task<IReadOnlyList<float[]>> SendAsync(EmbeddingClient client, IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        try
        {
            ClientResult<OpenAIEmbeddingCollection> answer = await client.GenerateEmbeddingsAsync(
                texts, new EmbeddingGenerationOptions { Dimensions = askedDimensions }, cancellationToken);
            return InOrder(answer.Value, texts.Count);
        }
        catch (Exception error) when (error is not (EmbeddingUnavailableException or OperationCanceledException))
        {
            throw errors.Translate(error);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw errors.Translate(error.InnerException ?? error);
        }
    }

    private float[][] InOrder(OpenAIEmbeddingCollection answer, int count)
    {
        if (answer.Count != count)
        {
            throw errors.WrongAnswer($"gave {answer.Count} vectors for {count} texts");
        }

        var vectors = new float[count][];
        foreach (var embedding in answer)
        {
            if (embedding.Index < 0 || embedding.Index >= count || vectors[embedding.Index] is not null)
            {
                throw errors.WrongAnswer("gave vectors that do not say which text they are of");
            }

            vectors[embedding.Index] = embedding.ToFloats().ToArray();
            if (vectors[embedding.Index].Length == 0)
            {
                throw errors.WrongAnswer("gave an empty vector");
            }
        }

        return vectors;
    }
}

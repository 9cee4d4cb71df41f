using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Assistant.ChatHost.Json;
using Assistant.Core.Answering;

namespace Assistant.ChatHost.OpenAi;

/// <summary>Writes one answer in OpenAI's shapes.</summary>
/// <param name="request">The request.</param>
/// <param name="page">Address of the host's page.</param>
/// <param name="now">Time of the answer.</param>
internal sealed class CompletionWriter(ChatCompletionRequest request, Uri page, DateTimeOffset now)
{
    private const string Whole = "chat.completion";
    private const string Chunk = "chat.completion.chunk";
    private const string Stop = "stop";

    private readonly string id = $"chatcmpl-{Guid.CreateVersion7(now):N}";

    /// <summary>The whole completion.</summary>
    public ChatCompletion Complete(Answer answer)
    {
        var content = answer.Text + SourceList.Of(answer, page);
        var message = new CompletionMessage
        {
            Role = ConversationTurn.Assistant,
            Content = content,
            Annotations = SourceList.Annotate(answer, page),
        };
        return Piece(Whole, new Choice { Message = message, FinishReason = Stop }) with
        {
            Usage = TokenUsage.Of(request, content),
            Assistant = answer,
        };
    }

    /// <summary>The completion in chunks; the one with the end of the text holds annotations and typed answer too.</summary>
    public async IAsyncEnumerable<SseItem<byte[]>> StreamAsync(
        IAsyncEnumerable<AnswerEvent> steps, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var content = new StringBuilder();
        yield return Event(Piece(Chunk, new Choice { Delta = new CompletionMessage { Role = ConversationTurn.Assistant, Content = "" } }));
        await foreach (var step in steps.WithCancellation(cancellationToken))
        {
            switch (step)
            {
                case AnswerDelta delta:
                    content.Append(delta.Text);
                    yield return Event(Piece(Chunk, new Choice { Delta = new CompletionMessage { Content = delta.Text } }));
                    break;
                case AnswerCompleted { Answer: var answer }:
                    var sources = SourceList.Of(answer, page);
                    content.Append(sources);
                    var end = new CompletionMessage { Content = sources, Annotations = SourceList.Annotate(answer, page) };
                    yield return Event(Piece(Chunk, new Choice { Delta = end }) with { Assistant = answer });
                    yield return Event(Piece(Chunk, new Choice { Delta = new CompletionMessage(), FinishReason = Stop }));
                    break;
                case AnswerFailed failed:
                    yield return Event(new ErrorBody(new Error(failed.Error, "server_error")));
                    break;
            }
        }

        if (request.StreamOptions?.IncludeUsage == true)
        {
            yield return Event(Piece(Chunk) with { Usage = TokenUsage.Of(request, content.ToString()) });
        }

        yield return new SseItem<byte[]>("[DONE]"u8.ToArray());
    }

    private ChatCompletion Piece(string kind, params IReadOnlyList<Choice> choices) =>
        new(id, kind, now.ToUnixTimeSeconds(), CompletionQuestion.Model, choices);

    private static SseItem<byte[]> Event<T>(T data) => new(JsonSerializer.SerializeToUtf8Bytes(data, JsonSetup.Options.GetTypeInfo(typeof(T))));
}

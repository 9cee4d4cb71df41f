using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Assistant.ChatHost.Json;
using Assistant.ChatHost.Problems;
using Assistant.Core.Answering;

namespace Assistant.ChatHost.Chat;

/// <summary>The server-sent events of an answer: <c>evidence</c>, <c>delta</c>, … and in the end <c>answer</c> or <c>error</c>.</summary>
internal static class ChatEvents
{
    private const int MostPassages = 10;

    public static async IAsyncEnumerable<SseItem<byte[]>> Of(
        IAsyncEnumerable<AnswerEvent> steps, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var step in steps.WithCancellation(cancellationToken))
        {
            switch (step)
            {
                case EvidenceFound found:
                    yield return Event("evidence", new ChatEvidence(found.Evidence.Question.Display, EvidencePassage.Best(found.Evidence, MostPassages)));
                    break;
                case AnswerDelta delta:
                    yield return Event("delta", new ChatDelta(delta.Text));
                    break;
                case AnswerCompleted completed:
                    yield return Event("answer", completed.Answer);
                    break;
                case AnswerFailed failed:
                    yield return Event("error", Problem.Unanswered(failed.Error));
                    break;
            }
        }
    }

    private static SseItem<byte[]> Event<T>(string type, T data) =>
        new(JsonSerializer.SerializeToUtf8Bytes(data, JsonSetup.Options.GetTypeInfo(typeof(T))), type);
}

using Assistant.ChatHost.Description;
using Assistant.Core.Answering;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assistant.ChatHost.Chat;

/// <summary><c>POST /api/chat</c></summary>
internal static class ChatEndpoints
{
    private const string EventStream = "text/event-stream";

    public static void MapChat(this IEndpointRouteBuilder routes) => routes.MapPost("/api/chat", AskAsync)
        .Describe(
            "ask",
            "Questions",
            "Answer a question from the documents",
            "Gives the answer as one JSON document or, with 'Accept: text/event-stream', as server-sent events: one 'evidence' with the passages that "
            + "were found, 'delta's with the text as it is written, and in the end 'answer' with the same JSON document, or 'error' with problem details. "
            + "A client that leaves cancels the work.",
            StatusCodes.Status400BadRequest, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType, StatusCodes.Status503ServiceUnavailable)
        .RequestExample(Examples.Question)
        .Response(typeof(Answer), Examples.Answer, Examples.AnswerEvents);

    private static async Task<Results<Ok<Answer>, ServerSentEventsResult<byte[]>>> AskAsync(
        ChatRequest request, Questions questions, HttpRequest http, CancellationToken cancellationToken)
    {
        var question = await questions.CheckAsync(request, cancellationToken);
        return WantsEvents(http)
            ? TypedResults.ServerSentEvents(ChatEvents.Of(await questions.AskAsync(question, cancellationToken), cancellationToken))
            : TypedResults.Ok(await questions.AnswerAsync(question, cancellationToken));
    }

    /// <summary>Whether the client asks for events at least as much as for JSON.</summary>
    private static bool WantsEvents(HttpRequest http)
    {
        double events = 0, json = 0;
        foreach (var accepted in http.GetTypedHeaders().Accept)
        {
            var quality = accepted.Quality ?? 1;
            if (accepted.MediaType.Equals(EventStream, StringComparison.OrdinalIgnoreCase))
            {
                events = Math.Max(events, quality);
            }
            else if (accepted.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
            {
                json = Math.Max(json, quality);
            }
        }

        return events > 0 && events >= json;
    }
}

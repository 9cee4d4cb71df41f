using Assistant.ChatHost.Chat;
using Assistant.ChatHost.Page;
using Assistant.ChatHost.Protection;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Assistant.ChatHost.OpenAi;

/// <summary><c>POST /v1/chat/completions</c> and <c>GET /v1/models</c>, as OpenAI's clients know them.</summary>
internal static class CompletionEndpoints
{
    /// <summary>What the paths of this API begin with.</summary>
    public const string Prefix = "/v1";

    public static void MapOpenAi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Prefix);
        group.MapPost("/chat/completions", CompleteAsync);
        group.MapGet("/models", () => TypedResults.Ok(new ModelList([new Model(CompletionQuestion.Model)])));
        group.MapGet("/models/{id}", GetModel);
    }

    private static async Task<Results<Ok<ChatCompletion>, ServerSentEventsResult<byte[]>>> CompleteAsync(
        ChatCompletionRequest request,
        Questions questions,
        IOptions<HttpOptions> options,
        HttpRequest http,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var question = await questions.CheckAsync(CompletionQuestion.Of(request, options.Value.MaxHistoryTurns), cancellationToken);
        var writer = new CompletionWriter(request, PageSetup.Address(http, options.Value), time.GetUtcNow());
        return request.Stream == true
            ? TypedResults.ServerSentEvents(writer.StreamAsync(questions.AskAsync(question, cancellationToken), cancellationToken))
            : TypedResults.Ok(writer.Complete(await questions.AnswerAsync(question, cancellationToken)));
    }

    private static Ok<Model> GetModel(string id)
    {
        CompletionQuestion.RequireModel(id);
        return TypedResults.Ok(new Model(id));
    }
}

using Assistant.ChatHost.Chat;
using Assistant.ChatHost.Description;
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
        group.MapPost("/chat/completions", CompleteAsync)
            .DescribeOpenAi(
                "createChatCompletion",
                "Answer the last question of a conversation",
                "OpenAI's chat completions. The last message of the user is the question, earlier ones its history; system messages, tools and what steers a "
                + "model are ignored. Citations stand in the text as a Markdown list of sources, in 'annotations', and whole in 'assistant'.",
                StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status413PayloadTooLarge,
                StatusCodes.Status415UnsupportedMediaType, StatusCodes.Status503ServiceUnavailable)
            .RequestExample(Examples.Completion)
            .Response(typeof(ChatCompletion), Examples.Completed, Examples.CompletionEvents);
        group.MapGet("/models", () => TypedResults.Ok(new ModelList([new Model(CompletionQuestion.Model)])))
            .DescribeOpenAi("listModels", "List the models", "There is one.")
            .Response(typeof(ModelList), Examples.Models);
        group.MapGet("/models/{id}", GetModel)
            .DescribeOpenAi("getModel", "Describe a model", "Tells whether there is a model of that name.", StatusCodes.Status404NotFound)
            .Response(typeof(Model), Examples.Model);
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
            ? TypedResults.ServerSentEvents(writer.StreamAsync(await questions.AskAsync(question, cancellationToken), cancellationToken))
            : TypedResults.Ok(writer.Complete(await questions.AnswerAsync(question, cancellationToken)));
    }

    private static Ok<Model> GetModel(string id)
    {
        CompletionQuestion.RequireModel(id);
        return TypedResults.Ok(new Model(id));
    }
}

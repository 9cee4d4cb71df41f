using System.Globalization;
using System.Text.Json;
using Assistant.ChatHost.Chat;
using Assistant.ChatHost.Problems;
using Assistant.Core.Answering;

namespace Assistant.ChatHost.OpenAi;

/// <summary>Reads a question and its history out of a list of messages.</summary>
internal static class CompletionQuestion
{
    /// <summary>Name of the model that answers.</summary>
    public const string Model = "assistant";

    /// <param name="request">The request.</param>
    /// <param name="mostTurns">Turns that are kept; chat programs send whole conversations, of which the newest turns count.</param>
    /// <exception cref="RequestRefusedException">The request asks for what there is not.</exception>
    public static ChatRequest Of(ChatCompletionRequest request, int mostTurns)
    {
        Refuse(request);
        ConversationTurn[] turns =
        [
            .. request.Messages
                .Where(message => message.Role is ConversationTurn.User or ConversationTurn.Assistant && message.Content is not null)
                .Select(message => new ConversationTurn(message.Role, message.Content!.Text)),
        ];
        var question = Array.FindLastIndex(turns, turn => turn.Role == ConversationTurn.User);
        if (question < 0)
        {
            throw new RequestRefusedException("'messages' has no message of role 'user' with text. Put the question into one.") { Parameter = "messages" };
        }

        var history = turns[..question].TakeLast(mostTurns).Select(turn =>
            turn.Role == ConversationTurn.Assistant ? turn with { Content = SourceList.Strip(turn.Content) } : turn);
        return new ChatRequest(turns[question].Content, [.. history]);
    }

    /// <exception cref="RequestRefusedException">There is no such model.</exception>
    public static void RequireModel(string model)
    {
        if (model != Model)
        {
            throw new RequestRefusedException(
                $"There is no model '{Problem.Shorten(model)}'. Use '{Model}'; GET /v1/models lists what there is.", StatusCodes.Status404NotFound)
            {
                Parameter = "model",
                Code = "model_not_found",
            };
        }
    }

    private static void Refuse(ChatCompletionRequest request)
    {
        foreach (var message in request.Messages)
        {
            if (message is null)
            {
                throw new RequestRefusedException("'messages' holds null. Send messages with 'role' and 'content'.") { Parameter = "messages" };
            }
        }

        if (request.Model is { } model)
        {
            RequireModel(model);
        }

        if (request.N is { } n and not 1)
        {
            throw new RequestRefusedException(string.Create(CultureInfo.InvariantCulture, $"'n' is {n}, but a question has one answer. Leave it out."))
            {
                Parameter = "n",
            };
        }

        if (request.ToolChoice is { } choice && DemandsTool(choice))
        {
            throw new RequestRefusedException("'tool_choice' demands a tool, but answers come from the documents alone. Leave it out.")
            {
                Parameter = "tool_choice",
            };
        }

        if (request.ResponseFormat?.Type is { } format and not "text")
        {
            throw new RequestRefusedException($"'response_format' is '{Problem.Shorten(format)}', but answers are text. Leave it out.")
            {
                Parameter = "response_format",
            };
        }
    }

    private static bool DemandsTool(JsonElement choice) =>
        choice.ValueKind == JsonValueKind.Object || (choice.ValueKind == JsonValueKind.String && choice.ValueEquals("required"));
}

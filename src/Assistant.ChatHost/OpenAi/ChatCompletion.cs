using System.Text.Json.Serialization;
using Assistant.Core.Answering;

namespace Assistant.ChatHost.OpenAi;

/// <summary>A completion, or with <see cref="Object"/> <c>chat.completion.chunk</c> a piece of one.</summary>
/// <param name="Id">Name of the completion; the same in all its chunks.</param>
/// <param name="Object"><c>chat.completion</c> or <c>chat.completion.chunk</c>.</param>
/// <param name="Created">Seconds since 1970, UTC.</param>
/// <param name="Model">The model's name.</param>
/// <param name="Choices">The one answer; empty in the chunk that only counts tokens.</param>
internal sealed record ChatCompletion(string Id, string Object, long Created, string Model, IReadOnlyList<Choice> Choices)
{
    /// <summary>Tokens (o200k_base) of question and answer.</summary>
    public Usage? Usage { get; init; }

    /// <summary>The whole typed answer with its citations: what <c>POST /api/chat</c> gives.</summary>
    public Answer? Assistant { get; init; }
}

/// <summary>The answer.</summary>
internal sealed record Choice
{
    /// <summary>Always 0.</summary>
    public int Index { get; init; }

    /// <summary>The whole message; null in a chunk.</summary>
    public CompletionMessage? Message { get; init; }

    /// <summary>The next piece of the message; null in a whole completion.</summary>
    public CompletionMessage? Delta { get; init; }

    /// <summary><c>stop</c> at the end, else null.</summary>
    [JsonPropertyName("finish_reason")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? FinishReason { get; init; }
}

/// <summary>The assistant's message, or a piece of it.</summary>
internal sealed record CompletionMessage
{
    /// <summary><c>assistant</c>; null in the later pieces.</summary>
    public string? Role { get; init; }

    /// <summary>The answer with its markers, and at its end the sources as a Markdown list.</summary>
    public string? Content { get; init; }

    /// <summary>One for each marker in the text.</summary>
    public IReadOnlyList<Annotation>? Annotations { get; init; }
}

/// <summary>Says what a range of the message cites.</summary>
/// <param name="UrlCitation">The citation.</param>
internal sealed record Annotation([property: JsonPropertyName("url_citation")] UrlCitation UrlCitation)
{
    /// <summary>Always <c>url_citation</c>.</summary>
    public string Type { get; } = "url_citation";
}

/// <summary>A cited source.</summary>
/// <param name="StartIndex">Where the marker begins in the message, in UTF-16 code units.</param>
/// <param name="EndIndex">Where it ends.</param>
/// <param name="Url">The quoted range of the document on the host's page.</param>
/// <param name="Title">Title of the document.</param>
internal sealed record UrlCitation(
    [property: JsonPropertyName("start_index")] int StartIndex,
    [property: JsonPropertyName("end_index")] int EndIndex,
    string Url,
    string Title);

/// <summary>Tokens (o200k_base).</summary>
/// <param name="PromptTokens">Of all messages of the request.</param>
/// <param name="CompletionTokens">Of the answer.</param>
/// <param name="TotalTokens">Of both.</param>
internal sealed record Usage(
    [property: JsonPropertyName("prompt_tokens")] int PromptTokens,
    [property: JsonPropertyName("completion_tokens")] int CompletionTokens,
    [property: JsonPropertyName("total_tokens")] int TotalTokens);

/// <summary>The models there are.</summary>
/// <param name="Data">The models.</param>
internal sealed record ModelList(IReadOnlyList<Model> Data)
{
    /// <summary>Always <c>list</c>.</summary>
    public string Object { get; } = "list";
}

/// <summary>A model.</summary>
/// <param name="Id">Its name.</param>
internal sealed record Model(string Id)
{
    /// <summary>Always <c>model</c>.</summary>
    public string Object { get; } = "model";

    /// <summary>Seconds since 1970; this model has no date.</summary>
    public long Created { get; }

    /// <summary>Who runs it.</summary>
    [JsonPropertyName("owned_by")]
    public string OwnedBy { get; } = "assistant";
}

/// <summary>An error in OpenAI's shape.</summary>
/// <param name="Error">The error.</param>
internal sealed record ErrorBody(Error Error);

/// <summary>What went wrong.</summary>
/// <param name="Message">What it is and what to do.</param>
/// <param name="Type">Its kind, e.g. <c>invalid_request_error</c>.</param>
/// <param name="Param">The parameter at fault.</param>
/// <param name="Code">Its name, e.g. <c>model_not_found</c>.</param>
internal sealed record Error(
    string Message,
    string Type,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Param = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Code = null);

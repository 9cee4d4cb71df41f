using System.Text.Json;
using System.Text.Json.Serialization;
using Assistant.ChatHost.Chat;
using Assistant.ChatHost.Documents;
using Assistant.ChatHost.Mcp;
using Assistant.ChatHost.OpenAi;
using Assistant.ChatHost.Verification;
using Assistant.Core.Answering;
using Microsoft.AspNetCore.Mvc;

namespace Assistant.ChatHost.Json;

/// <summary>The JSON of what only the host says and hears; the answer itself is <c>AssistantJson</c>'s.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ChatRequest))]
[JsonSerializable(typeof(ChatEvidence))]
[JsonSerializable(typeof(ChatDelta))]
[JsonSerializable(typeof(DocumentDetail))]
[JsonSerializable(typeof(VerifyRequest))]
[JsonSerializable(typeof(QuotationReport))]
[JsonSerializable(typeof(SearchResult))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(ChatCompletionRequest))]
[JsonSerializable(typeof(ChatCompletion))]
[JsonSerializable(typeof(ModelList))]
[JsonSerializable(typeof(ErrorBody))]
internal sealed partial class ChatHostJson : JsonSerializerContext;

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Assistant.Core;
using Assistant.Core.Documents;
using Microsoft.AspNetCore.Http.Json;

namespace Assistant.ChatHost.Json;

/// <summary>How the host reads and writes JSON.</summary>
internal static class JsonSetup
{
    /// <summary>Sets the options of every endpoint: source-generated, and the same bytes that the console program prints.</summary>
    public static void AddJson(this WebApplicationBuilder builder) =>
        builder.Services.Configure<JsonOptions>(options => Apply(options.SerializerOptions));

    /// <summary>The options by themselves.</summary>
    public static JsonSerializerOptions Options { get; } = Apply(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    private static JsonSerializerOptions Apply(JsonSerializerOptions options)
    {
        options.TypeInfoResolverChain.Insert(0, ChatHostJson.Default);
        options.TypeInfoResolverChain.Insert(0, AssistantJson.Default);
        options.Converters.Add(new JsonStringEnumConverter<BlockKind>(JsonNamingPolicy.KebabCaseLower));
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.AllowDuplicateProperties = false;
        // Responses are application/json with nosniff, never HTML, so that characters need no escaping beyond JSON's own.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        return options;
    }
}

using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assistant.QdrantStandIn;
using NJsonSchema;

namespace Assistant.Storage.Tests.Qdrant;

/// <summary>
/// Qdrant's own description of its interface (OpenAPI 3.0), as JSON Schema, and stricter than it: a field that it does not name is
/// wrong. Bodies of one shape are looked at once.
/// </summary>
internal sealed class QdrantDescription
{
    private static readonly string[] File = ["qdrant", "openapi-v1.19.json"];
    private static readonly Lazy<Task<QdrantDescription?>> Loaded = new(LoadAsync);

    private readonly JsonSchema schema;
    private readonly ConcurrentDictionary<string, IReadOnlyList<string>> seen = new();

    private QdrantDescription(JsonSchema schema) => this.schema = schema;

    /// <summary>The description; null when it is not here.</summary>
    public static Task<QdrantDescription?> FindAsync() => Loaded.Value;

    /// <summary>The description; skips the test, visibly, when it is not here.</summary>
    public static async Task<QdrantDescription> NeedAsync()
    {
        var description = await Loaded.Value;
        Assert.SkipWhen(description is null, $"needs {Path.Combine(["..", "shared", .. File])}, which is not here");
        return description;
    }

    /// <summary>What is wrong with a request or its answer; nothing for one of a path that is not served.</summary>
    public IEnumerable<string> Mistakes(Exchange exchange)
    {
        if (exchange.Template.Length == 0 || exchange.Template is "/readyz" or "/livez" or "/healthz")
        {
            return [];
        }

        var operation = $"{exchange.Method} {exchange.Template}";
        return
        [
            .. exchange.Request is null ? [] : MistakesOf(operation + " request", exchange.Request),
            .. exchange.Status == 200 ? MistakesOf(operation + " response", exchange.Response) : [],
        ];
    }

    private IReadOnlyList<string> MistakesOf(string name, string json) => seen.GetOrAdd(name + Shape(JsonNode.Parse(json)), _ =>
        !schema.Definitions.TryGetValue(name, out var wanted)
            ? [$"{name} is not described"]
            : [.. wanted.Validate(json).Select(mistake => $"{name}: {mistake} in {(json.Length > 500 ? json[..500] : json)}")]);

    /// <summary>The names and kinds in a body, without its values.</summary>
    private static string Shape(JsonNode? node) => node switch
    {
        JsonObject fields => "{" + string.Join(',', fields.Select(field => field.Key + ":" + Shape(field.Value))) + "}",
        JsonArray items => "[" + string.Join(',', items.Select(Shape).Distinct()) + "]",
        null => "null",
        _ => node.GetValueKind() is JsonValueKind.String && node.GetValue<string>() is { Length: <= 12 } word ? word : node.GetValueKind().ToString(),
    };

    private static async Task<QdrantDescription?> LoadAsync()
    {
        if (SharedFiles.Find(File) is not { } path)
        {
            return null;
        }

        var description = JsonNode.Parse(await System.IO.File.ReadAllTextAsync(path))!;
        var definitions = new JsonObject();
        foreach (var (name, definition) in description["components"]!["schemas"]!.AsObject())
        {
            definitions.Add(name, ToJsonSchema(definition!, allowOthers: name == "Payload"));
        }

        foreach (var (template, operations) in description["paths"]!.AsObject())
        {
            foreach (var (method, operation) in operations!.AsObject())
            {
                Add(operation!["requestBody"], "request");
                Add(operation["responses"]?["200"], "response");

                void Add(JsonNode? body, string kind)
                {
                    if (body?["content"]?["application/json"]?["schema"] is { } schema)
                    {
                        definitions.Add($"{method.ToUpperInvariant()} {template} {kind}", ToJsonSchema(schema, allowOthers: false));
                    }
                }
            }
        }

        return new QdrantDescription(await JsonSchema.FromJsonAsync(new JsonObject { ["definitions"] = definitions }.ToJsonString()));
    }

    /// <summary>OpenAPI 3.0 says otherwise than JSON Schema what may be null and where definitions are.</summary>
    private static JsonNode ToJsonSchema(JsonNode node, bool allowOthers)
    {
        switch (node)
        {
            case JsonArray items:
                return new JsonArray([.. items.Select(item => ToJsonSchema(item!, false))]);
            case JsonObject fields:
                var schema = new JsonObject();
                foreach (var (name, value) in fields)
                {
                    switch (name)
                    {
                        // Formats such as uint64 are the server's; examples and defaults say nothing.
                        case "nullable" or "format" or "example" or "examples" or "default" or "deprecated" or "description":
                            break;
                        case "$ref":
                            schema.Add(name, value!.GetValue<string>().Replace("#/components/schemas/", "#/definitions/", StringComparison.Ordinal));
                            break;
                        case "properties":
                            schema.Add(name, new JsonObject(value!.AsObject().Select(property =>
                                KeyValuePair.Create(property.Key, (JsonNode?)ToJsonSchema(property.Value!, false)))));
                            break;
                        default:
                            schema.Add(name, value is JsonObject or JsonArray ? ToJsonSchema(value, false) : value?.DeepClone());
                            break;
                    }
                }

                if (fields["nullable"]?.GetValue<bool>() == true)
                {
                    return fields.Count == 1 ? new JsonObject { ["type"] = "null" } : new JsonObject { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) };
                }

                if (!allowOthers && schema.ContainsKey("properties") && !schema.ContainsKey("additionalProperties"))
                {
                    schema.Add("additionalProperties", false);
                }

                return schema;
            default:
                return node.DeepClone();
        }
    }
}

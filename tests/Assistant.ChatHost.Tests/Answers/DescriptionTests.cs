using Assistant.ChatHost.Tests.Support;

namespace Assistant.ChatHost.Tests.Answers;

public sealed class DescriptionTests(SharedHost shared) : SharedHostTests(shared)
{
    private static readonly string[] Paths =
        ["/api/chat", "/api/documents", "/api/documents/{id}", "/api/documents/{id}/changes", "/api/verify", "/v1/chat/completions", "/v1/models", "/v1/models/{id}"];

    [Fact]
    public async Task Every_operation_is_described_with_an_example_and_its_errors()
    {
        var description = await Client.GetJsonAsync("/openapi/v1.json");
        var paths = description["paths"]!.AsObject();
        Assert.Equal(Paths, paths.Select(path => path.Key).Order(StringComparer.Ordinal));
        foreach (var (path, methods) in paths)
        {
            foreach (var (method, operation) in methods!.AsObject())
            {
                var name = $"{method} {path}";
                Assert.True(((string?)operation!["summary"])?.Length > 5, name);
                Assert.True(((string?)operation["description"])?.Length > 10, name);
                Assert.False(string.IsNullOrEmpty((string?)operation["operationId"]), name);
                Assert.NotNull(operation["responses"]!["200"]!["content"]!["application/json"]!["schema"]);
                Assert.NotNull(operation["responses"]!["200"]!["content"]!["application/json"]!["example"]);
                Assert.True(operation["responses"]!["401"] is not null && operation["responses"]!["429"] is not null, name);
                if (method == "post")
                {
                    Assert.NotNull(operation["requestBody"]!["content"]!["application/json"]!["example"]);
                    Assert.NotNull(operation["responses"]!["400"]);
                }
            }
        }

        Assert.All(
            description["components"]!["schemas"]!["Answer"]!["properties"]!.AsObject(),
            property => Assert.True(((string?)property.Value!["description"])?.Length > 5 || property.Value!["$ref"] is not null, property.Key));
        Assert.Equal(2, description["components"]!["securitySchemes"]!.AsObject().Count);
    }

    [Fact]
    public async Task The_example_requests_work()
    {
        var description = await Client.GetJsonAsync("/openapi/v1.json");
        var tried = 0;
        foreach (var (path, methods) in description["paths"]!.AsObject())
        {
            if (methods!["post"]?["requestBody"]?["content"]?["application/json"]?["example"] is { } example)
            {
                using var response = await Client.PostAsync(path, example.ToJsonString());
                Assert.True(response.IsSuccessStatusCode, path);
                tried++;
            }
        }

        Assert.Equal(3, tried);
    }
}

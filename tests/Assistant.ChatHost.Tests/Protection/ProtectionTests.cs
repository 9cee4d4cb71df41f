using Assistant.ChatHost.Tests.Support;

namespace Assistant.ChatHost.Tests.Protection;

/// <summary>A host with two keys and an origin.</summary>
public sealed class ProtectedHost() : SharedHost(
    ("Assistant:Http:ApiKeys:0", "first-key-of-two-000"), ("Assistant:Http:ApiKeys:1", "second-key-of-two-00"), ("Assistant:Http:CorsOrigins:0", "https://example.org"));

public sealed class ProtectionTests(ProtectedHost shared) : IClassFixture<ProtectedHost>
{
    private const string Question = """{"question":"How fast does the turbine spin?"}""";

    [Theory]
    [InlineData("Authorization", "Bearer first-key-of-two-000", true)]
    [InlineData("Authorization", "bearer second-key-of-two-00", true)]
    [InlineData("x-api-key", "second-key-of-two-00", true)]
    [InlineData("x-api-key", "second-key-of-two-01", false)]
    [InlineData("x-api-key", "second-key-of-two-0", false)]
    [InlineData("x-api-key", "", false)]
    [InlineData("Authorization", "Basic first-key-of-two-000", false)]
    [InlineData("Authorization", "Bearer ", false)]
    [InlineData("Authorization", "Bearer first-key-of-two-000,second-key-of-two-00", false)]
    [InlineData("X-Nothing", "x", false)]
    public async Task A_configured_key_opens_the_api_and_nothing_else_does(string header, string value, bool opens)
    {
        using var client = shared.Host.CreateClient();
        client.DefaultRequestHeaders.TryAddWithoutValidation(header, value);
        foreach (var path in new[] { "/api/chat", "/api/verify", "/v1/chat/completions", "/mcp" })
        {
            using var posted = await client.PostAsync(path, Question);
            Assert.Equal(opens, posted.StatusCode != System.Net.HttpStatusCode.Unauthorized);
        }

        using var listed = await client.GetAsync("/api/documents", HttpHelp.Cancellation);
        if (opens)
        {
            Assert.True(listed.IsSuccessStatusCode);
        }
        else
        {
            await listed.ProblemAsync(401);
            Assert.Equal("Bearer", listed.Headers.WwwAuthenticate.ToString());
        }
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/")]
    public async Task Health_description_and_page_need_no_key(string path)
    {
        Assert.True((await shared.Client.GetAsync(path, HttpHelp.Cancellation)).IsSuccessStatusCode);
    }

    [Fact]
    public async Task Each_key_has_an_allowance_of_its_own_and_is_told_when_to_come_back()
    {
        await using var host = new TestHost(
            null, ("Assistant:Http:ApiKeys:0", "first-key-of-two-000"), ("Assistant:Http:ApiKeys:1", "second-key-of-two-00"), ("Assistant:Http:RequestsPerMinute", "3"));
        using var client = host.CreateClient();
        await TestHost.WaitUntilReadyAsync(client);
        client.DefaultRequestHeaders.Add("x-api-key", "first-key-of-two-000");
        for (var i = 0; i < 3; i++)
        {
            Assert.True((await client.GetAsync("/api/documents", HttpHelp.Cancellation)).IsSuccessStatusCode);
        }

        using var refused = await client.GetAsync("/api/documents", HttpHelp.Cancellation);
        await refused.ProblemAsync(429);
        Assert.InRange(refused.Headers.RetryAfter?.Delta?.TotalSeconds ?? 0, 1, 60);
        using var refusedByOpenAi = await client.GetAsync("/v1/models", HttpHelp.Cancellation);
        Assert.Equal("rate_limit_exceeded", (string?)(await refusedByOpenAi.JsonAsync())["error"]!["code"]);
        Assert.True((await client.GetAsync("/health/live", HttpHelp.Cancellation)).IsSuccessStatusCode);

        using var other = host.CreateClient();
        other.DefaultRequestHeaders.Add("x-api-key", "second-key-of-two-00");
        Assert.True((await other.GetAsync("/api/documents", HttpHelp.Cancellation)).IsSuccessStatusCode);
    }

    [Theory]
    [InlineData("https://example.org", true)]
    [InlineData("https://example.com", false)]
    public async Task Only_configured_origins_may_call_from_a_browser(string origin, bool allowed)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/api/chat");
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "authorization,content-type");
        using var response = await shared.Client.SendAsync(request, HttpHelp.Cancellation);
        Assert.Equal(allowed, response.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) && values.Single() == origin);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api/documents")]
    [InlineData("/api/documents/nothing")]
    [InlineData("/api/documents/talks.md?version=x")]
    [InlineData("/health/live")]
    public async Task Every_response_carries_the_security_headers(string path)
    {
        using var client = shared.Host.CreateClient();
        client.DefaultRequestHeaders.Add("x-api-key", "first-key-of-two-000");
        using var response = await client.GetAsync(path, HttpHelp.Cancellation);
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'; script-src 'self'; style-src 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.False(response.Headers.Contains("Server"));
    }

    [Fact]
    public async Task A_question_beyond_the_limit_is_told_the_limit()
    {
        await using var host = new TestHost(null, ("Assistant:Http:MaxQuestionCharacters", "50"));
        using var client = host.CreateClient();
        using var response = await client.PostAsync("/api/chat", $$"""{"question":"{{new string('x', 51)}}"}""");
        Assert.Equal("'question' has 51 characters. Send 50 at most.", (string?)(await response.ProblemAsync(400))["detail"]);
    }
}

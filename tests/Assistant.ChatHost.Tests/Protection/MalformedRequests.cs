using System.Text;

namespace Assistant.ChatHost.Tests.Protection;

/// <summary>Requests that no client should send, and that some will.</summary>
internal static class MalformedRequests
{
    private const string Json = "application/json";

    /// <summary>Wrong for every endpoint that takes JSON.</summary>
    private static readonly byte[][] Bodies =
    [
        .. new[]
        {
            "", " ", "\n\n", "null", "[]", "{}", "\"x\"", "42", "true", "{", "}", "[", "{\"", "{\"question\"}", "{\"question\":}", "{'question':'x'}",
            "{\"question\":\"x\",}", "{/* c */\"question\":\"x\"}", "{\"question\":NaN}", "question=x", "<xml/>", "\0", "{\"a\":1}", "--x\r\n\r\n",
            new string('[', 10_000), string.Concat(Enumerable.Repeat("{\"question\":", 5_000)), string.Concat(Enumerable.Repeat("{\"a\":", 100)) + "1" + new string('}', 100),
            new string(' ', 1_200_000), "\"" + new string('x', 1_200_000) + "\"",
        }.Select(Encoding.UTF8.GetBytes),
        [0xC3, 0x28], [0xFF, 0xFE, 0x7B, 0x00], [0x1F, 0x8B, 0x08, 0x00],
    ];

    /// <summary>Wrong values of a text.</summary>
    private static readonly string[] Texts =
    [
        "null", "3", "-1.5e308", "true", "{}", "[]", "[\"x\"]", "\"\"", "\" \\t\\n\"", "\"a\\u0000b\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\x\"", "\"\u0001\"",
        "\"" + new string('x', 200_000) + "\"",
    ];

    private static readonly string[] Histories =
    [
        "\"x\"", "{}", "3", "[1]", "[null]", "[[]]", "[{}]", "[{\"role\":\"user\"}]", "[{\"content\":\"x\"}]", "[{\"role\":1,\"content\":\"x\"}]",
        "[{\"role\":\"user\",\"content\":null}]", "[{\"role\":\"user\",\"content\":[]}]", "[{\"role\":null,\"content\":\"x\"}]",
        "[" + string.Join(',', Enumerable.Repeat("{\"role\":\"user\",\"content\":\"x\"}", 101)) + "]",
    ];

    private static readonly string[] DocumentIds =
    [
        "\"talks.md\"", "{}", "3", "[]", "[1]", "[null]", "[[]]", "[\"\"]", "[\"../talks.md\"]", "[\"/etc/passwd\"]", "[\"..\\\\..\\\\x\"]", "[\"talks.md\\u0000\"]",
        "[\"TALKS.MD\"]", "[\"talks.md\",\"nothing.md\"]", "[\"./talks.md\"]", "[\"" + new string('a', 5_000) + "\"]",
    ];

    private static readonly string[] Messages =
    [
        "null", "3", "\"x\"", "{}", "[]", "[null]", "[3]", "[[]]", "[{}]", "[{\"role\":\"user\"}]", "[{\"role\":\"user\",\"content\":null}]", "[{\"role\":\"user\",\"content\":3}]",
        "[{\"role\":\"user\",\"content\":{}}]", "[{\"role\":\"user\",\"content\":[3]}]", "[{\"role\":\"user\",\"content\":[{\"type\":1}]}]", "[{\"role\":\"user\",\"content\":\"\"}]",
        "[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":{}}]}]", "[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\"}]}]", "[{\"role\":3,\"content\":\"x\"}]",
        "[{\"role\":\"system\",\"content\":\"x\"}]", "[{\"role\":\"user\",\"content\":\"a\\u0000\"}]", "[{\"role\":\"user\",\"content\":\"\\ud800\"}]",
        "[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"x\"]}]", "[{\"role\":\"user\",\"content\":[[[[[[]]]]]]}]",
    ];

    private static readonly string[] Paths =
    [
        "/api/documents/..%2f..%2fetc%2fpasswd", "/api/documents/%2e%2e/%2e%2e/etc/passwd", "/api/documents/..%5c..%5cwindows", "/api/documents/%2fetc%2fpasswd",
        "/api/documents//etc/passwd", "/api/documents/file:%2f%2f%2fetc%2fpasswd", "/api/documents/talks.md%2f..", "/api/documents/" + new string('a', 4_000),
        "/api/documents/talks.md?version=abc", "/api/documents/talks.md?version=99999999999999", "/api/documents/talks.md?version=1.5", "/api/documents/talks.md?version=1&version=2",
        "/api/documents/talks.md?version=%00", "/api/documents/talks.md?version=0", "/api/documents/talks.md?version=-2147483648", "/api/documents/%F0%9F%98%80",
        "/api/documents/talks.md'%20OR%201=1--", "/api/documents/<script>", "/api", "/api/nothing", "/v1", "/v1/nothing", "/v1/models/..%2f", "/openapi/v2.json", "/wwwroot/index.html",
        "/..%2fappsettings.json", "/%2e%2e/appsettings.json", "/appsettings.json", "/data/assistant.db", "/health", "/health/nothing",
    ];

    private static readonly string[] ContentTypes =
        ["text/plain", "application/xml", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "text/event-stream"];

    private static readonly string[] Charsets = ["application/json; charset=utf-16", "application/json; charset=nothing"];

    private static readonly string[] Methods = ["GET", "PUT", "DELETE", "PATCH", "HEAD", "TRACE", "NONSENSE"];

    private static readonly string[] WritingMethods = ["POST", "PUT", "DELETE"];

    public static IEnumerable<HttpRequestMessage> All() =>
    [
        .. Bodies.SelectMany(body => new[] { Post("/api/chat", body), Post("/api/verify", body), Post("/v1/chat/completions", body) }),
        .. Texts.Select(text => Post("/api/chat", $$"""{"question":{{text}}}""")),
        .. Texts.Select(text => Post("/api/verify", $$"""{"text":{{text}}}""")),
        .. Histories.Select(history => Post("/api/chat", $$"""{"question":"Who?","history":{{history}}}""")),
        .. DocumentIds.Select(ids => Post("/api/chat", $$"""{"question":"Who?","documentIds":{{ids}}}""", accept: "text/event-stream")),
        .. Messages.Select(messages => Post("/v1/chat/completions", $$"""{"stream":true,"messages":{{messages}}}""")),
        .. ContentTypes.Select(type => Post("/api/chat", """{"question":"Who?"}"""u8.ToArray(), type)),
        .. Charsets.Select(type => Post("/api/chat", "\0{\0}"u8.ToArray(), type)),
        Post("/api/chat", """{"question":"Who?","question":"What?"}"""),
        Post("/api/chat", """{"question":"Who?","Documents":["x"]}"""),
        Post("/api/chat", """{"question":"Who?"}x"""),
        .. Paths.Select(path => new HttpRequestMessage(HttpMethod.Get, path)),
        .. Methods.Select(method => Stream(new HttpMethod(method), "/api/chat")),
        .. WritingMethods.Select(method => new HttpRequestMessage(new HttpMethod(method), "/api/documents/talks.md")),
    ];

    /// <summary>The beginning of the body, for the message of a test that fails.</summary>
    public static async Task<string> DescribeAsync(HttpRequestMessage request) =>
        request.Content is null ? "" : Encoding.Latin1.GetString((await request.Content.ReadAsByteArrayAsync()).AsSpan()[..(int)Math.Min(80, request.Content.Headers.ContentLength ?? 0)]);

    private static HttpRequestMessage Post(string path, string body, string accept = Json) => Post(path, Encoding.UTF8.GetBytes(body), Json, accept);

    private static HttpRequestMessage Post(string path, byte[] body, string type = Json, string accept = Json)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        request.Headers.Accept.ParseAdd(accept);
        // The server refuses it unread and hangs up, which a client that asks first sees as the response it is.
        request.Headers.ExpectContinue = body.Length > 1_000_000;
        return request;
    }

    private static HttpRequestMessage Stream(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Accept.ParseAdd("text/event-stream");
        request.Headers.Add("Last-Event-ID", "-1");
        return request;
    }
}

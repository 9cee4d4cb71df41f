using System.Net.Sockets;
using System.Text;
using Assistant.ChatHost.Tests.Support;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Assistant.ChatHost.Tests.Protection;

public sealed class MalformedRequestTests(SharedHost shared) : IClassFixture<SharedHost>
{
    [Fact]
    public async Task Two_hundred_malformed_requests_get_problems_of_the_client_and_the_host_still_answers()
    {
        var faults = new List<string>();
        var sent = 0;
        foreach (var request in MalformedRequests.All())
        {
            sent++;
            using (request)
            {
                var name = $"{request.Method} {request.RequestUri} {request.Content?.Headers.ContentType} {await MalformedRequests.DescribeAsync(request)}";
                using var response = await shared.Client.SendAsync(request, HttpHelp.Cancellation);
                var body = await response.Content.ReadAsStringAsync(HttpHelp.Cancellation);
                var isProblem = body.Contains("\"detail\":\"", StringComparison.Ordinal) || body.Contains("\"message\":\"", StringComparison.Ordinal)
                    || request.Method == HttpMethod.Head;
                if ((int)response.StatusCode is < 400 or >= 500 || !isProblem)
                {
                    faults.Add($"{(int)response.StatusCode} {name}: {body}");
                }
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.True(sent >= 200, $"{sent} requests");
        Assert.NotEmpty((await shared.Client.PostJsonAsync("/api/chat", new { question = "How fast does the turbine spin?" }))["citations"]!.AsArray());
    }

    [Theory]
    [InlineData("POST /api/chat HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 40\r\n\r\n{\"question\":")]
    [InlineData("POST /api/chat HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAccept: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"que")]
    public async Task A_body_that_comes_too_slowly_is_a_problem_of_the_client(string beginning)
    {
        var (host, client, address) = await TestHost.StartServerAsync(services => services.Configure<KestrelServerOptions>(kestrel =>
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(1_000, TimeSpan.FromSeconds(1.5))));
        await using var disposed = host;
        var response = await SendRawAsync(address, beginning);
        Assert.StartsWith("HTTP/1.1 408 ", response, StringComparison.Ordinal);
        Assert.Contains("faster", response, StringComparison.Ordinal);
        Assert.True((await client.GetAsync("/health/live", HttpHelp.Cancellation)).IsSuccessStatusCode);
    }

    [Theory]
    [InlineData("GARBAGE\r\n\r\n")]
    [InlineData("GET /api/documents\r\n\r\n")]
    [InlineData("GET /api/documents/%00 HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("GET /api/documents/%ff%fe HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("GET /api/documents HTTP/1.1\r\n\r\n")]
    [InlineData("GET /api/documents HTTP/1.1\r\nHost: a b\r\n\r\n")]
    [InlineData("GET /api/documents HTTP/1.1\r\nHost: rebound.example.org\r\n\r\n")]
    [InlineData("GET /api/documents HTTP/1.1\r\nHost: localhost\r\nX: \0\r\n\r\n")]
    [InlineData("GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("GET /api/documents/../../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("POST /api/chat HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("POST /api/chat HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n")]
    [InlineData("POST /api/chat HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99999999999\r\n\r\n")]
    public async Task What_is_hardly_http_is_refused(string request)
    {
        Assert.StartsWith("HTTP/1.1 4", await SendRawAsync(shared.Address, request), StringComparison.Ordinal);
        Assert.True((await shared.Client.GetAsync("/health/live", HttpHelp.Cancellation)).IsSuccessStatusCode);
    }

    [Fact]
    public async Task A_body_without_end_is_cut_off_at_the_limit()
    {
        var (host, client, address) = await TestHost.StartServerAsync(null, ("Assistant:Http:MaxBodyBytes", "20000"));
        await using var disposed = host;
        var chunk = new string(' ', 4096);
        var response = await SendRawAsync(
            address,
            "POST /api/chat HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                + string.Concat(Enumerable.Repeat($"1000\r\n{chunk}\r\n", 6)));
        Assert.StartsWith("HTTP/1.1 413 ", response, StringComparison.Ordinal);
        Assert.Contains("MaxBodyBytes", response, StringComparison.Ordinal);
        Assert.True((await client.GetAsync("/health/live", HttpHelp.Cancellation)).IsSuccessStatusCode);
    }

    /// <summary>Sends bytes and reads until the server closes the connection or a response is there.</summary>
    private static async Task<string> SendRawAsync(Uri address, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, HttpHelp.Cancellation);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request), HttpHelp.Cancellation);
        var response = new StringBuilder();
        var buffer = new byte[4096];
        while (!response.ToString().Contains("\r\n\r\n", StringComparison.Ordinal) || response.ToString().Contains("chunked", StringComparison.Ordinal))
        {
            var read = await client.GetStream().ReadAsync(buffer, HttpHelp.Cancellation);
            response.Append(Encoding.UTF8.GetString(buffer, 0, read));
            if (read == 0 || response.ToString().EndsWith("0\r\n\r\n", StringComparison.Ordinal))
            {
                break;
            }
        }

        return response.ToString();
    }
}

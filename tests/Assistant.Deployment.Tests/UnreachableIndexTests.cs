using System.Diagnostics;
using System.Net.Http.Json;
using System.Net.Sockets;

namespace Assistant.Deployment.Tests;

/// <summary>The programs as they are built, with the settings of the containers and a server that is not there.</summary>
public sealed class UnreachableIndexTests
{
    private const string Key = "a-key-of-this-test";

    private readonly string index = $"http://127.0.0.1:{FreePort()}";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Assistant.Ingestion")]
    [InlineData("Assistant.Console", "ask", "Who met in Paris?")]
    public async Task A_command_says_in_a_line_which_index_cannot_be_reached_and_fails(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        var error = await process.StandardError.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        Assert.Equal(1, process.ExitCode);
        var line = Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(index, line, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_chat_host_stays_up_and_says_why_it_is_not_ready()
    {
        var port = FreePort();
        using var process = Start("Assistant.ChatHost", "--urls", $"http://127.0.0.1:{port}");
        try
        {
            using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
            while (!(await ReadyAsync(client)).Contains(index, StringComparison.Ordinal))
            {
                Assert.False(process.HasExited);
                await Task.Delay(50, Cancel);
            }

            Assert.True((await client.GetAsync("/health/live", Cancel)).IsSuccessStatusCode);
            using var refused = await client.PostAsJsonAsync("/api/chat", new { question = "Who met in Paris?" }, Cancel);
            Assert.Equal(503, (int)refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
            var problem = await refused.Content.ReadAsStringAsync(Cancel);
            Assert.Contains(index, problem, StringComparison.Ordinal);
            Assert.DoesNotContain(Key, problem, StringComparison.Ordinal);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static async Task<string> ReadyAsync(HttpClient client)
    {
        try
        {
            using var response = await client.GetAsync("/health/ready", Cancel);
            Assert.Equal(503, (int)response.StatusCode);
            return await response.Content.ReadAsStringAsync(Cancel);
        }
        catch (HttpRequestException)
        {
            return "";
        }
    }

    private Process Start(string program, params string[] arguments)
    {
        var path = Path.Combine(Repository.Root, "src", program, "bin", Repository.Configuration, "net10.0", $"{program}.dll");
        var start = new ProcessStartInfo("dotnet", [path, .. arguments])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (key, value) in Compose.Services["worker"].Environment)
        {
            start.Environment[key] = Compose.Resolve(value, new Dictionary<string, string> { ["QDRANT_API_KEY"] = Key });
        }

        start.Environment["Assistant__Storage__Qdrant__Url"] = index;
        start.Environment["Assistant__Ingestion__IndexWaitSeconds"] = "0";
        return Process.Start(start)!;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}

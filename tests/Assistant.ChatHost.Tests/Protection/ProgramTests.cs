using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Assistant.ChatHost.Tests.Support;

namespace Assistant.ChatHost.Tests.Protection;

/// <summary>The host as people start it: a program of its own.</summary>
public sealed partial class ProgramTests : IDisposable
{
    private readonly Corpus corpus = new();

    public void Dispose() => corpus.Dispose();

    [Theory]
    [InlineData("--Assistant:Http:ApiKeys:0=short", "Assistant:Http:ApiKeys:0 is not shown; allowed is a key of at least 16 visible ASCII characters.")]
    [InlineData("--Assistant:Http:RequestsPerMinute=many", "Assistant:Http:RequestsPerMinute is 'many'; allowed is a whole number from 0 to 1000000.")]
    [InlineData("--Assistant:Http:CorsOrigins:0=*", "Assistant:Http:CorsOrigins:0 is '*'; allowed is an origin like https://example.org, without a path.")]
    [InlineData("--Assistant:Http:ApiKey=0123456789abcdef", "There is no setting Assistant:Http:ApiKey")]
    [InlineData("--Assistant:Corpus:Folder=x", "There is no setting Assistant:Corpus:Folder")]
    public async Task A_wrong_setting_stops_the_start_and_says_what_is_allowed(string argument, string message)
    {
        var (exitCode, output, error) = await Programs.RunAsync(corpus.Root, "dotnet", Host, "--urls", "http://127.0.0.1:0", argument);
        Assert.Equal(1, exitCode);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error + output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listening_to_the_network_without_a_key_is_warned_of()
    {
        using var process = Start("http://0.0.0.0:0");
        var log = await ReadUntilAsync(process, "Application started");
        process.Kill();
        Assert.Contains(Warning, log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_lets_the_running_end_and_says_goodbye_with_exit_code_zero()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs SIGTERM");
        using var process = Start("http://127.0.0.1:0");
        var log = await ReadUntilAsync(process, "The index is in step");
        Assert.Matches("3 added, 0 updated", log);
        Assert.DoesNotContain(Warning, log, StringComparison.Ordinal);
        using var client = new HttpClient { BaseAddress = new Uri(Address().Match(log).Value) };
        var answer = await client.PostJsonAsync("/api/chat", new { question = "How fast does the turbine spin?" });
        await CitationCheck.HoldsAsync(answer, client);
        if (OperatingSystem.IsLinux())
        {
            // Who configures no model does not wait for the libraries that models need.
            var loaded = await File.ReadAllTextAsync($"/proc/{process.Id}/maps", HttpHelp.Cancellation);
            Assert.Contains("/Assistant.Hosting.dll", loaded, StringComparison.Ordinal);
            Assert.All(OfModels, name => Assert.DoesNotContain($"/{name}", loaded, StringComparison.Ordinal));
        }

        Assert.Equal(0, Kill(process.Id, SigTerm));
        var rest = await process.StandardOutput.ReadToEndAsync(HttpHelp.Cancellation);
        await process.WaitForExitAsync(HttpHelp.Cancellation);
        Assert.Equal(0, process.ExitCode);
        Assert.DoesNotContain("turbine", log + rest, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_port_in_use_is_told_in_a_line()
    {
        using var first = new TcpListener(IPAddress.Loopback, 0);
        first.Start();
        var (exitCode, _, error) = await Programs.RunAsync(corpus.Root, "dotnet", Host, "--urls", $"http://{first.LocalEndpoint}");
        Assert.Equal(1, exitCode);
        Assert.Contains("--urls", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    private const int SigTerm = 15;
    private const string Warning = "without an API key";

    private static readonly string[] OfModels =
        ["Assistant.Embeddings.", "Assistant.Generation.", "OpenAI.", "System.ClientModel.", "Microsoft.SemanticKernel", "Microsoft.ML.OnnxRuntime", "Microsoft.Extensions.Http.", "Polly."];

    private static string Host => Path.Combine(AppContext.BaseDirectory, "Assistant.ChatHost.dll");

    private Process Start(string url, params string[] more) => Programs.Start(corpus.Root, "dotnet", [Host, "--urls", url, .. more]);

    private static async Task<string> ReadUntilAsync(Process process, string text)
    {
        var log = "";
        while (!log.Contains(text, StringComparison.Ordinal))
        {
            var line = await process.StandardOutput.ReadLineAsync(HttpHelp.Cancellation);
            Assert.True(line is not null, log);
            log += line + "\n";
        }

        return log;
    }

    [GeneratedRegex(@"http://\S+:[0-9]+")]
    private static partial Regex Address();

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}

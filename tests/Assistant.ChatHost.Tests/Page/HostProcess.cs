using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Assistant.ChatHost.Tests.Page;

/// <summary>The built host as a process of its own, on a free port, over a folder of documents.</summary>
internal sealed partial class HostProcess : IAsyncDisposable
{
    private readonly Process process;

    private HostProcess(Process process) => this.process = process;

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    /// <summary>Starts the host and waits until its index can answer.</summary>
    public static async Task<HostProcess> StartAsync(string folder, params string[] settings)
    {
        var process = Process.Start(new ProcessStartInfo(
            "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "Assistant.ChatHost.dll"), "--urls", "http://127.0.0.1:0",
                "--Assistant:Http:RequestsPerMinute=0", .. settings,
            ])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        })!;
        var host = new HostProcess(process);
        try
        {
            host.Address = await host.ReadAddressAsync();
            await host.WaitUntilReadyAsync();
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
    }

    /// <summary>Where the host listens, as it says on its output; the rest of that is read away, so that it never waits for a reader.</summary>
    private async Task<Uri> ReadAddressAsync()
    {
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                address.TrySetException(new InvalidOperationException("The host ended before it listened."));
            }
            else if (Listening().Match(line.Data) is { Success: true } match)
            {
                address.TrySetResult(new Uri(match.Groups[1].Value));
            }
        };
        process.BeginOutputReadLine();
        return await address.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    private async Task WaitUntilReadyAsync()
    {
        using var client = new HttpClient { BaseAddress = Address };
        while (true)
        {
            using var response = await client.GetAsync("/health/ready", TestContext.Current.CancellationToken);
            if (response.IsSuccessStatusCode)
            {
                return;
            }

            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    [GeneratedRegex(@"Now listening on: (http://\S+)")]
    private static partial Regex Listening();
}

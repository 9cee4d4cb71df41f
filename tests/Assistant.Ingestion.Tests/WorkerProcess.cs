using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Assistant.Core;
using Assistant.Core.Ingestion;

namespace Assistant.Ingestion.Tests;

/// <summary>How a run of the worker ended.</summary>
internal sealed record RunResult(int ExitCode, string Output, string Error)
{
    public string[] OutputLines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The report of a run with <c>--json</c>.</summary>
    public IngestionReport Report => JsonSerializer.Deserialize(OutputLines[^1], AssistantJson.Readable.IngestionReport)!;
}

/// <summary>A worker at work.</summary>
internal sealed class WorkerProcess(Process process) : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    private Task<string>? error;

    /// <summary>The next line on standard output; null when the worker has ended.</summary>
    public async Task<string?> ReadLineAsync() =>
        await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(LongestWait, TestContext.Current.CancellationToken);

    /// <summary>The next report of a worker with <c>--json</c>.</summary>
    public async Task<IngestionReport> NextReportAsync()
    {
        while (true)
        {
            var line = await ReadLineAsync() ?? throw new InvalidOperationException($"The worker ended: {await ErrorAsync()}");
            if (!line.StartsWith("{\"event\"", StringComparison.Ordinal))
            {
                return JsonSerializer.Deserialize(line, AssistantJson.Readable.IngestionReport)!;
            }
        }
    }

    /// <summary>The next line on standard error.</summary>
    public async Task<string?> ReadErrorLineAsync() =>
        await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(LongestWait, TestContext.Current.CancellationToken);

    /// <summary>Waits for the end.</summary>
    public async Task<RunResult> EndAsync()
    {
        var complaints = ErrorAsync();
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken).WaitAsync(LongestWait, TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new RunResult(process.ExitCode, output, await complaints);
    }

    private Task<string> ErrorAsync() => error ??= process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);

    /// <summary>Asks the worker to stop, as a service manager does.</summary>
    public void Terminate()
    {
        using var signal = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        signal.WaitForExit();
    }

    /// <summary>Ends the worker in the middle of whatever it does.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }

        process.Dispose();
    }
}

using System.Diagnostics;
using System.Text;
using Assistant.Console.Commands;
using Assistant.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Assistant.Console.Tests.Processes;

/// <summary>How a run of the program ended.</summary>
internal sealed record RunResult(int ExitCode, string Output, string Error)
{
    public string[] OutputLines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>
/// A folder of its own with a corpus, in which the program is run: as it is shipped, where the process itself matters, otherwise in this
/// process, which takes a fiftieth of the time.
/// </summary>
internal sealed class Workspace : IDisposable
{
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(2);

    public string Folder { get; } = Directory.CreateTempSubdirectory("assistant-console-").FullName;

    public string Corpus => Path.Combine(Folder, "corpus");

    public string Index => Path.Combine(Folder, "data", "assistant.db");

    /// <summary>Variables that the program is run with beside those of this process.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    public Workspace() => Directory.CreateDirectory(Corpus);

    public void Write(string documentId, string text)
    {
        var path = Path.Combine(Corpus, documentId);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    /// <summary>A file that no reader takes: larger than any, without taking room on the disk.</summary>
    public void WriteTooLarge(string documentId)
    {
        using var file = File.Create(Path.Combine(Corpus, documentId));
        file.SetLength(200_000_000);
    }

    /// <summary>The same services in this process, to look at what the program left behind.</summary>
    public IHost Services()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Assistant:Corpus:Path"] = Corpus,
            ["Assistant:Storage:Sqlite:Path"] = Index,
        });
        return builder.AddAssistant().Build();
    }

    /// <summary>Runs the program in this process, on the corpus and the index of this folder.</summary>
    public async Task<RunResult> RunHereAsync(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var exitCode = await CommandLine.RunAsync(
            ["--corpus", Corpus, "--db", Index, .. arguments], new Terminal(TextReader.Null, output, error));
        return new RunResult(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Runs the program as it is shipped.</summary>
    public Task<RunResult> RunAsync(params string[] arguments) => RunWithInputAsync("", arguments);

    public async Task<RunResult> RunWithInputAsync(string input, params string[] arguments)
    {
        using var process = Start(arguments);
        return await FinishAsync(process, input);
    }

    public static async Task<RunResult> FinishAsync(Process process, string input = "")
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(LongestRun);
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return new RunResult(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    public Process Start(params string[] arguments)
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Assistant.Console.dll"), .. arguments])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = utf8,
            StandardOutputEncoding = utf8,
            StandardErrorEncoding = utf8,
        };
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

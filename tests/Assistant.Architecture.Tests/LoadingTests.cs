using System.Diagnostics;

namespace Assistant.Architecture.Tests;

/// <summary>Who configures no model does not wait for the libraries that models need.</summary>
public sealed class LoadingTests : IDisposable
{
    private static readonly string[] OfModels =
        ["Assistant.Embeddings", "Assistant.Generation", "OpenAI", "System.ClientModel", "Microsoft.SemanticKernel", "Microsoft.ML.OnnxRuntime", "Microsoft.Extensions.Http", "Polly"];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("assistant-loading-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("Assistant.Console", "ask", "Who keeps the lighthouse?")]
    [InlineData("Assistant.Ingestion")]
    public async Task Without_a_model_nothing_that_models_need_is_loaded(string program, params string[] arguments)
    {
        var loaded = await LoadedByAsync(program, arguments);

        Assert.Contains("Assistant.Hosting", loaded);
        Assert.DoesNotContain(loaded, name => OfModels.Any(prefix => name == prefix || name.StartsWith(prefix + ".", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task With_a_model_it_is()
    {
        var loaded = await LoadedByAsync("Assistant.Ingestion", "--embeddings", "onnx:nowhere");
        Assert.Contains("Assistant.Embeddings", loaded);
    }

    private async Task<string[]> LoadedByAsync(string program, params string[] arguments)
    {
        var corpus = folder.CreateSubdirectory("corpus");
        await File.WriteAllTextAsync(Path.Combine(corpus.FullName, "a.md"), "# Lighthouse\n\nAnna Berg keeps the lighthouse.\n", TestContext.Current.CancellationToken);
        var names = Path.Combine(folder.FullName, "loaded.txt");
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, program + ".dll"), .. arguments])
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location;
        start.Environment["LOADED_ASSEMBLIES"] = names;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(File.Exists(names), await output + await error);
        return await File.ReadAllLinesAsync(names, TestContext.Current.CancellationToken);
    }
}

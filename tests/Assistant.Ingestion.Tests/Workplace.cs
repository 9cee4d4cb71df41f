using System.Diagnostics;
using System.Runtime.InteropServices;
using Assistant.Core.Documents;
using Assistant.Core.Ingestion;
using Assistant.Core.Retrieval;
using Assistant.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Assistant.Ingestion.Tests;

/// <summary>A folder of its own with a corpus, in which the worker is run as it is shipped.</summary>
internal sealed class Workplace : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("assistant-worker-").FullName;

    public string Corpus => Path.Combine(Folder, "corpus");

    public string Index => Path.Combine(Folder, "data", "assistant.db");

    /// <summary>Settings that the worker is run with.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public Workplace() => Directory.CreateDirectory(Corpus);

    public string PathOf(string documentId) => Path.Combine(Corpus, documentId);

    public void Write(string documentId, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(documentId))!);
        File.WriteAllText(PathOf(documentId), text);
    }

    public WorkerProcess Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Assistant.Ingestion.dll"), .. arguments])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (key, value) in Settings)
        {
            start.Environment["Assistant__" + key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        return new WorkerProcess(Process.Start(start)!);
    }

    public async Task<RunResult> RunAsync(params string[] arguments)
    {
        using var worker = Start(arguments);
        return await worker.EndAsync();
    }

    /// <summary>The same services in this process.</summary>
    public IHost Services(string? index = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Assistant:Corpus:Path"] = Corpus,
            ["Assistant:Storage:Sqlite:Path"] = index ?? Index,
        });
        return builder.AddAssistant().Build();
    }

    /// <summary>All that can be found: documents, passages and vectors, as lines.</summary>
    public async Task<List<string>> ContentAsync(string? index = null)
    {
        using var host = Services(index);
        return await ContentAsync(host.Services, index ?? Index);
    }

    /// <summary>The same of a new index of the folder as it is now.</summary>
    public async Task<List<string>> FreshContentAsync()
    {
        var index = Path.Combine(Folder, "fresh", "assistant.db");
        using var host = Services(index);
        await foreach (var _ in host.Services.GetRequiredService<CorpusReconciler>().ReconcileAsync(Cancel))
        {
        }

        return await ContentAsync(host.Services, index);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static async Task<List<string>> ContentAsync(IServiceProvider services, string index)
    {
        var store = services.GetRequiredService<IDocumentStore>();
        var content = new List<string>();
        foreach (var document in await store.ListAsync(Cancel))
        {
            var version = (await store.GetAsync(document.DocumentId, document.Version, Cancel))!;
            var passages = await services.GetRequiredService<IPassageIndex>()
                .GetPassagesAsync(document.DocumentId, version.Number, new TextSpan(0, int.MaxValue), int.MaxValue, Cancel);
            var vectors = await VectorsAsync(index, document.DocumentId);
            content.Add($"{document.DocumentId} {document.ContentHash} {document.Title} {document.Passages} {version.Text}");
            // A document that is replaced while it is listed is not what it was asked for.
            content.AddRange(passages.Select(passage =>
                $"{passage.Id} {passage.Ordinal} {passage.Span} {string.Join('/', passage.Headings)} {passage.Text} {vectors.GetValueOrDefault(passage.Id)}"));
        }

        return content;
    }

    private static async Task<Dictionary<Guid, string>> VectorsAsync(string index, string documentId)
    {
        await using var connection = new SqliteConnection($"Data Source={index};Pooling=False");
        await connection.OpenAsync(Cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT p.id, p.vector, p.terms_hash FROM passages p JOIN documents d ON d.key = p.document WHERE d.id = $id";
        command.Parameters.AddWithValue("$id", documentId);
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        var vectors = new Dictionary<Guid, string>();
        while (await reader.ReadAsync(Cancel))
        {
            vectors.Add(
                new Guid(reader.GetFieldValue<byte[]>(0), bigEndian: true),
                $"{string.Join(' ', MemoryMarshal.Cast<byte, float>(reader.GetFieldValue<byte[]>(1)).ToArray())} {reader.GetInt64(2)}");
        }

        return vectors;
    }
}

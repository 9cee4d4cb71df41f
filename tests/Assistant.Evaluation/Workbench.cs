using Assistant.Core.Answering;
using Assistant.Core.Ingestion;
using Assistant.Core.Retrieval;
using Assistant.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Assistant.Evaluation;

/// <summary>The product as shipped, on a corpus folder and an index of its own.</summary>
internal sealed class Workbench : IAsyncDisposable
{
    private readonly IHost host;
    private readonly string data;

    private Workbench(IHost host, string data)
    {
        this.host = host;
        this.data = data;
    }

    public Retriever Retriever => host.Services.GetRequiredService<Retriever>();

    public Core.Documents.IDocumentStore Documents => host.Services.GetRequiredService<Core.Documents.IDocumentStore>();

    public QuestionService Questions => host.Services.GetRequiredService<QuestionService>();

    public CitationVerifier Verifier => host.Services.GetRequiredService<CitationVerifier>();

    /// <summary>What ingesting the corpus did.</summary>
    public required IngestionReport Report { get; init; }

    public static async Task<Workbench> OpenAsync(string corpus, CancellationToken cancellationToken)
    {
        var data = Directory.CreateTempSubdirectory("assistant-evaluation-").FullName;
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings
        {
            Args = [$"--Assistant:Corpus:Path={corpus}", $"--Assistant:Storage:Sqlite:Path={Path.Combine(data, "assistant.db")}"],
        });
        builder.AddAssistant();
        var host = builder.Build();
        IngestionReport? report = null;
        await foreach (var step in host.Services.GetRequiredService<CorpusReconciler>().ReconcileAsync(cancellationToken))
        {
            report = (step as IngestionCompleted)?.Report ?? report;
        }

        return new Workbench(host, data) { Report = report ?? throw new InvalidOperationException("The ingestion did not complete.") };
    }

    public async ValueTask DisposeAsync()
    {
        if (host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }

        Directory.Delete(data, recursive: true);
    }
}

using System.Diagnostics;
using Assistant.Core.Answering;
using Assistant.Core.Documents;
using Assistant.Core.Ingestion;
using Assistant.Core.Retrieval;
using Assistant.Hosting;
using Microsoft.Extensions.AI;
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

    public QuestionService Questions => host.Services.GetRequiredService<QuestionService>();

    public IDocumentStore Documents => host.Services.GetRequiredService<IDocumentStore>();

    public IEmbeddingGenerator<string, Embedding<float>> Embeddings => host.Services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();

    /// <summary>What ingesting the corpus did.</summary>
    public required IngestionReport Report { get; init; }

    public static Task<Workbench> OpenAsync(string corpus, CancellationToken cancellationToken) => OpenAsync(corpus, [], cancellationToken);

    /// <summary>Ingests a corpus.</summary>
    /// <param name="corpus">Its folder.</param>
    /// <param name="settings">Settings of the product in the form of its command line.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static Task<Workbench> OpenAsync(string corpus, IReadOnlyList<string> settings, CancellationToken cancellationToken) =>
        OpenAsync(corpus, settings, NewFolder(), cancellationToken);

    /// <summary>Ingests the documents of a data set, each as a file of its own.</summary>
    /// <param name="set">The set.</param>
    /// <param name="settings">Settings of the product in the form of its command line.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<Workbench> OpenAsync(DataSet set, IReadOnlyList<string> settings, CancellationToken cancellationToken)
    {
        var data = NewFolder();
        var corpus = Directory.CreateDirectory(Path.Combine(data, "corpus")).FullName;
        set.WriteCorpus(corpus);
        return await OpenAsync(corpus, settings, data, cancellationToken);
    }

    private static string NewFolder() => Directory.CreateTempSubdirectory("assistant-evaluation-").FullName;

    private static async Task<Workbench> OpenAsync(string corpus, IReadOnlyList<string> settings, string data, CancellationToken cancellationToken)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings
        {
            Args = [$"--Assistant:Corpus:Path={corpus}", $"--Assistant:Storage:Sqlite:Path={Path.Combine(data, "assistant.db")}", .. settings],
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

    /// <summary>Asks as every interface of the product does, and looks at what it found on the way.</summary>
    public async Task<AskedQuestion> AskAsync(Question question, CancellationToken cancellationToken)
    {
        Evidence? evidence = null;
        await foreach (var step in Questions.AskAsync(question, cancellationToken))
        {
            evidence = (step as EvidenceFound)?.Evidence ?? evidence;
            if (step is AnswerCompleted completed)
            {
                var verifier = host.Services.GetRequiredService<CitationVerifier>();
                var exact = 0;
                foreach (var citation in completed.Answer.Citations)
                {
                    exact += await verifier.VerifyAsync(citation, cancellationToken) ? 1 : 0;
                }

                return new AskedQuestion(completed.Answer, evidence!, ExtractiveAnswerer.Answer(evidence!), exact);
            }
        }

        throw new UnreachableException("Every question ends with an answer or an exception.");
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

/// <summary>What became of a question.</summary>
/// <param name="Answer">The answer as people get it.</param>
/// <param name="Evidence">The passages it was made from.</param>
/// <param name="Draft">What the extractive answerer makes of them, with its confidence.</param>
/// <param name="Exact">How many of the answer's citations are exact.</param>
internal sealed record AskedQuestion(Answer Answer, Evidence Evidence, AnswerDraft Draft, int Exact);

using Assistant.Core.Answering;
using Assistant.Core.Documents;
using Assistant.Core.Ingestion;
using Assistant.Hosting;
using Assistant.Testing.ModelServer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Assistant.Generation.Tests.Support;

/// <summary>The product over a small corpus of a port, with a model behind a scripted endpoint.</summary>
internal sealed class Scene : IAsyncDisposable
{
    public const string Key = "sk-the-key-of-this-test-0123456789";
    public const string Question = "Why was the northern lock closed?";
    public const string HonestSentence = "The harbour master closed the northern lock on Friday because of a broken gate.";
    public const string SecondSentence = "Repairs of the lock take six weeks.";
    public const string Harbour = "harbour.md";

    private readonly DirectoryInfo root;
    private readonly IHost host;

    private Scene(DirectoryInfo root, IHost host, ScriptedModelServer server, LogRecord logs)
    {
        (this.root, this.host, Server, Logs) = (root, host, server, logs);
    }

    /// <summary>Documents that tell the truth.</summary>
    public static IReadOnlyDictionary<string, string> Honest { get; } = new Dictionary<string, string>
    {
        [Harbour] = $"""
            # Harbour of Emden

            {HonestSentence} {SecondSentence}

            ## Ferries

            Ferries to Borkum leave from the outer pier until the lock is open again.
            """,
        ["budget.md"] = """
            # Budget of the port

            The council set aside nine million euros for dredging. The crane was sold to a museum for one euro.
            """,
    };

    public ScriptedModelServer Server { get; }

    public LogRecord Logs { get; }

    public IServiceProvider Services => host.Services;

    /// <summary>The settings of the index, as a program takes them from its command line.</summary>
    public string[] Arguments =>
    [
        "--Assistant:Corpus:Path", Path.Combine(root.FullName, "corpus"), "--Assistant:Storage:Sqlite:Path", Path.Combine(root.FullName, "assistant.db"),
    ];

    public IDocumentStore Documents => Services.GetRequiredService<IDocumentStore>();

    public static async Task<Scene> StartAsync(
        IEnumerable<KeyValuePair<string, string>>? more = null,
        ScriptedModelServerOptions? endpoint = null,
        TimeProvider? time = null,
        Action<IServiceCollection>? services = null,
        params (string Key, string Value)[] settings)
    {
        var server = await ScriptedModelServer.StartAsync(endpoint ?? new ScriptedModelServerOptions { ApiKey = Key });
        var root = Directory.CreateTempSubdirectory("assistant-generation-");
        foreach (var (id, text) in Honest.Concat(more ?? []))
        {
            var path = Path.Combine(root.FullName, "corpus", id);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, text, Cancellation);
        }

        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        (string Key, string Value)[] configured =
        [
            ("Assistant:Corpus:Path", Path.Combine(root.FullName, "corpus")),
            ("Assistant:Storage:Sqlite:Path", Path.Combine(root.FullName, "assistant.db")),
            ("Assistant:Chat:Provider", "OpenAI"),
            ("Assistant:Chat:Endpoint", server.Endpoint.ToString()),
            ("Assistant:Chat:Model", ScriptedModelServer.ChatModel),
            ("Assistant:Chat:ApiKey", Key),
        ];
        foreach (var (key, value) in configured.Concat(settings))
        {
            builder.Configuration[key] = value;
        }

        var logs = new LogRecord();
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(logs);
        if (time is not null)
        {
            builder.Services.AddSingleton(time);
        }

        builder.AddAssistant();
        services?.Invoke(builder.Services);
        var host = builder.Build();
        await foreach (var step in host.Services.GetRequiredService<CorpusReconciler>().ReconcileAsync(Cancellation))
        {
            Assert.IsNotType<DocumentFailed>(step);
        }

        return new Scene(root, host, server, logs);
    }

    /// <summary>What happens while a question is answered.</summary>
    public IAsyncEnumerable<AnswerEvent> AskStepsAsync(string question = Question, CancellationToken? cancellationToken = null) =>
        Services.GetRequiredService<QuestionService>().AskAsync(new Question(question), cancellationToken ?? Cancellation);

    /// <summary>The answer and the pieces that it came in.</summary>
    public async Task<(Answer Answer, IReadOnlyList<string> Deltas)> AskAsync(string question = Question)
    {
        var steps = await AskStepsAsync(question).ToListAsync(Cancellation);
        return (Assert.IsType<AnswerCompleted>(steps[^1]).Answer, [.. steps.OfType<AnswerDelta>().Select(delta => delta.Text)]);
    }

    public async ValueTask DisposeAsync()
    {
        if (host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }

        await Server.DisposeAsync();
        root.Delete(recursive: true);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}

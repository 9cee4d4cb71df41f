using Assistant.Core.Answering;
using Assistant.Core.Ingestion;
using Assistant.Hosting;
using Assistant.Testing.ModelServer;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Assistant.Generation.Tests;

/// <summary>All services over a folder of documents, with a language model behind an endpoint.</summary>
internal sealed class Desk : IAsyncDisposable
{
    public const string Key = "sk-secret-0123456789abcdef";

    public const string Talks = """
        # The talks

        ## Caution

        Some European states urged prudence, emphasizing legal clarity. They stressed the importance of guarantees that are sustainable at home.

        ## The view from Moscow

        Moscow has repeatedly criticized Western security arrangements. Western officials counter that guarantees are defensive.

        ## The recovery fund

        The fund holds 2 billion euros. It was set up on 12 May 2025.
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("assistant-generation-");
    private readonly IHost host;

    private Desk(Dictionary<string, string?> settings)
    {
        var corpus = folder.CreateSubdirectory("corpus");
        File.WriteAllText(Path.Combine(corpus.FullName, "talks.md"), Talks);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings).AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Assistant:Corpus:Path"] = corpus.FullName,
            ["Assistant:Storage:Sqlite:Path"] = Path.Combine(folder.FullName, "assistant.db"),
        });
        host = builder.AddAssistant().Build();
    }

    public QuestionService Questions => host.Services.GetRequiredService<QuestionService>();

    public static Task<Desk> OpenAsync(ScriptedModelServer server, params (string Key, string Value)[] more) => OpenAsync(
        [("Endpoint", server.Endpoint.ToString()), ("Model", ScriptedModelServer.ChatModel), ("ApiKey", Key), .. more]);

    public static async Task<Desk> OpenAsync(params (string Key, string Value)[] chat)
    {
        var settings = chat.ToDictionary(pair => $"Assistant:Chat:{pair.Key}", pair => (string?)pair.Value);
        settings["Assistant:Chat:Provider"] = "OpenAI";
        var desk = new Desk(settings);
        await foreach (var _ in desk.host.Services.GetRequiredService<CorpusReconciler>().ReconcileAsync(TestContext.Current.CancellationToken))
        {
        }

        return desk;
    }

    public Task<Answer> AskAsync(string question = "What did European states urge?", params ConversationTurn[] history) =>
        Questions.AnswerAsync(new Question(question) { History = history }, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync()
    {
        host.Dispose();
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}

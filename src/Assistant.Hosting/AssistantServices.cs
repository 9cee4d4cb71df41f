using Assistant.Core.Answering;
using Assistant.Core.Changes;
using Assistant.Core.Documents;
using Assistant.Core.Generation;
using Assistant.Core.Ingestion;
using Assistant.Core.Passages;
using Assistant.Core.Retention;
using Assistant.Core.Retrieval;
using Assistant.Documents.Epub;
using Assistant.Documents.Html;
using Assistant.Documents.Markdown;
using Assistant.Documents.Pdf;
using Assistant.Documents.PlainText;
using Assistant.Documents.Word;
using Assistant.Storage.Qdrant;
using Assistant.Storage.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Assistant.Hosting;

/// <summary>The one place where choices become services.</summary>
public static class AssistantServices
{
    /// <summary>Adds all that answers questions and keeps the index in step, as configured in section <c>Assistant</c>.</summary>
    /// <param name="builder">A host that is being built.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>A setting that is wrong or unknown is an <see cref="OptionsValidationException"/> when the host starts.</remarks>
    public static TBuilder AddAssistant<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddAssistant();
        return builder;
    }

    /// <inheritdoc cref="AddAssistant{TBuilder}"/>
    /// <param name="services">Services that have an <see cref="IConfiguration"/> among them.</param>
    public static IServiceCollection AddAssistant(this IServiceCollection services)
    {
        services.AddOptions<AssistantOptions>()
            .Configure<IConfiguration, IEnumerable<AssistantSetting>>((options, configuration, own) =>
                Bind(options, configuration.GetSection(AssistantOptions.SectionName), own))
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddLogging();
        AddDocuments(services);
        AddStorage(services);
        services.AddSingleton(provider => EmbedderSetup.Create(provider, Options(provider)));
        services.AddSingleton(provider => Rule(Options(provider).Retention));
        services.AddSingleton<VersionRetention>();
        services.AddSingleton(provider => new IngestionLimits
        {
            LargestRemovalShare = Options(provider).Ingestion.LargestRemovalShare,
            ReadingTime = TimeSpan.FromSeconds(Options(provider).Ingestion.ReadingSeconds),
        });
        services.AddSingleton<CorpusReconciler>();
        services.AddSingleton<ChangeHistory>();
        services.AddSingleton<Retriever>();
        services.AddSingleton<CitationVerifier>();
        services.AddSingleton(provider => new QuestionService(
            provider.GetRequiredService<Retriever>(), provider.GetRequiredService<CitationVerifier>(), provider.GetRequiredService<TimeProvider>(),
            // A model that a program brings itself goes before the one that is configured.
            provider.GetService<LanguageModel>() ?? ChatModelSetup.Create(provider, Options(provider).Chat)));
        return services;
    }

    private static void AddDocuments(IServiceCollection services)
    {
        services.AddSingleton(provider => new CorpusFolder(Options(provider).Corpus.Path));
        services.AddSingleton<IDocumentReader, MarkdownReader>();
        services.AddSingleton<IDocumentReader, PlainTextReader>();
        services.AddSingleton<IDocumentReader, HtmlReader>();
        services.AddSingleton<IDocumentReader, EpubReader>();
        services.AddSingleton<IDocumentReader, PdfReader>();
        services.AddSingleton<IDocumentReader, WordReader>();
        services.AddSingleton(provider => new PassageSplitter(Options(provider).Passages.MaxTokens));
    }

    private static void AddStorage(IServiceCollection services)
    {
        services.AddSingleton(provider => new SqliteStoreOptions { Path = Options(provider).Storage.Sqlite.Path });
        services.AddSingleton<SqliteStore>();
        services.AddQdrantStore(provider => Options(provider).Storage.Qdrant.ToStoreOptions());
        services.AddSingleton(ChosenStore<IDocumentStore>);
        services.AddSingleton(ChosenStore<IPassageIndex>);
        services.AddSingleton(ChosenStore<IIndexWriterFactory>);
    }

    /// <summary>A port of the store that was chosen; only that one is ever made.</summary>
    private static TPort ChosenStore<TPort>(IServiceProvider provider)
        where TPort : class => Options(provider).Storage.Provider switch
        {
            StorageProvider.Sqlite => (TPort)(object)provider.GetRequiredService<SqliteStore>(),
            StorageProvider.Qdrant => (TPort)(object)provider.GetRequiredService<QdrantStore>(),
            var unknown => throw new InvalidOperationException($"There is no store {unknown}."),
        };

    private static RetentionRule Rule(RetentionOptions options) =>
        new(options.Versions, options.Days is { } days ? TimeSpan.FromDays(days) : null);

    private static AssistantOptions Options(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<AssistantOptions>>().Value;

    private static void Bind(AssistantOptions options, IConfigurationSection section, IEnumerable<AssistantSetting> own)
    {
        var mistakes = SettingsCheck.Mistakes(section, own);
        if (mistakes.Count > 0)
        {
            throw new OptionsValidationException(Microsoft.Extensions.Options.Options.DefaultName, typeof(AssistantOptions), mistakes);
        }

        section.Bind(options);
        mistakes = [.. ChatSettings.Mistakes(options.Chat), .. EmbeddingSettings.Mistakes(options.Embeddings)];
        if (mistakes.Count > 0)
        {
            throw new OptionsValidationException(Microsoft.Extensions.Options.Options.DefaultName, typeof(AssistantOptions), mistakes);
        }
    }
}

using System.Runtime.CompilerServices;
using Assistant.Core.Embeddings;
using Assistant.Embeddings;
using Assistant.Embeddings.Onnx;
using Assistant.Embeddings.OpenAI;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Assistant.Hosting;

/// <summary>Makes the embedder that is configured.</summary>
internal static class EmbedderSetup
{
    /// <summary>The embedder; for the built-in one nothing that runs or talks to models is loaded.</summary>
    public static IEmbeddingGenerator<string, Embedding<float>> Create(IServiceProvider provider, AssistantOptions options) =>
        options.Embeddings.Provider == EmbeddingProvider.BuiltIn ? new BuiltInEmbeddingGenerator() : Load(provider, options);

    // A method of its own: to compile the one above would otherwise load the assemblies that this one names.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static IEmbeddingGenerator<string, Embedding<float>> Load(IServiceProvider provider, AssistantOptions assistant)
    {
        var options = assistant.Embeddings;
        var time = provider.GetRequiredService<TimeProvider>();
        var loggers = provider.GetRequiredService<ILoggerFactory>();
        var rules = new EmbeddingRules
        {
            Dimensions = options.Dimensions,
            QuestionPrefix = options.QuestionPrefix,
            PassagePrefix = options.PassagePrefix,
            QuestionTime = TimeSpan.FromSeconds(options.QuestionSeconds),
            CachePath = options.CachePath ?? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(assistant.Storage.Sqlite.Path))!, "embeddings.db"),
            CacheBytes = options.CacheMegabytes * 1_000_000L,
        };
        return options.Provider == EmbeddingProvider.Onnx
            ? EmbeddingModels.CreateOnnx(new OnnxModel(options.ModelPath!) { MaxTokens = options.MaxTokens }, rules, time, loggers)
            : EmbeddingModels.CreateOpenAI(
                new OpenAIModel(ModelService.EndpointOf(options.Endpoint), options.Model ?? EmbeddingOptions.OpenAIModel)
                {
                    ApiKey = ModelService.KeyOf(options.ApiKey, options.Endpoint),
                    MaxTokens = options.MaxTokens,
                    BatchTexts = options.BatchTexts,
                    BatchTokens = options.BatchTokens,
                    Parallelism = options.Parallelism,
                    RequestTime = TimeSpan.FromSeconds(options.RequestSeconds),
                },
                rules, time, loggers);
    }
}

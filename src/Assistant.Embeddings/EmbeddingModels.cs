using Assistant.Core.Embeddings;
using Assistant.Embeddings.Caching;
using Assistant.Embeddings.Onnx;
using Assistant.Embeddings.OpenAI;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Assistant.Embeddings;

/// <summary>Makes embedders of models that are configured. What they throw is <see cref="EmbeddingUnavailableException"/>, or that they were cancelled.</summary>
public static class EmbeddingModels
{
    /// <summary>A model behind an OpenAI-compatible address. Nothing is sent before the first text is embedded.</summary>
    public static IEmbeddingGenerator<string, Embedding<float>> CreateOpenAI(
        OpenAIModel model, EmbeddingRules rules, TimeProvider time, ILoggerFactory loggers)
    {
        var logger = loggers.CreateLogger(typeof(EmbeddingModels).Namespace!);
        return Create(new OpenAIVectorSource(model, rules.Dimensions, logger), rules, OpenCache(rules, time, logger), time, logger);
    }

    /// <summary>A model in a file. The model is loaded when the first text is embedded.</summary>
    /// <exception cref="EmbeddingUnavailableException">A file is missing or of no use.</exception>
    public static IEmbeddingGenerator<string, Embedding<float>> CreateOnnx(
        OnnxModel model, EmbeddingRules rules, TimeProvider time, ILoggerFactory loggers)
    {
        var logger = loggers.CreateLogger(typeof(EmbeddingModels).Namespace!);
        var cache = OpenCache(rules, time, logger);
        try
        {
            return Create(new OnnxVectorSource(model, cache), rules, cache, time, logger);
        }
        catch
        {
            cache?.Dispose();
            throw;
        }
    }

    private static ModelEmbeddingGenerator Create(
        IVectorSource source, EmbeddingRules rules, VectorCache? cache, TimeProvider time, ILogger logger) =>
        new(source, rules, cache, time, logger);

    private static VectorCache? OpenCache(EmbeddingRules rules, TimeProvider time, ILogger logger) =>
        rules.CachePath is { } path && rules.CacheBytes > 0 ? new VectorCache(path, rules.CacheBytes, time, logger) : null;
}

using Assistant.Core.Embeddings;
using Assistant.Embeddings.OpenAI;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;

namespace Assistant.Embeddings.Tests.OpenAI;

/// <summary>Against a service that is really there, where one is named.</summary>
public sealed class LiveEndpointTests
{
    [Fact]
    public async Task A_real_service_finds_the_passage_that_says_the_same_in_other_words()
    {
        var endpoint = Environment.GetEnvironmentVariable("ASSISTANT_TEST_OPENAI_ENDPOINT");
        var model = Environment.GetEnvironmentVariable("ASSISTANT_TEST_OPENAI_EMBEDDING_MODEL");
        Assert.SkipWhen(
            string.IsNullOrEmpty(endpoint) || string.IsNullOrEmpty(model),
            "needs ASSISTANT_TEST_OPENAI_ENDPOINT and ASSISTANT_TEST_OPENAI_EMBEDDING_MODEL (and ASSISTANT_TEST_OPENAI_API_KEY where a key is asked for)");
        using var embedder = EmbeddingModels.CreateOpenAI(
            new OpenAIModel(new Uri(endpoint!), model!) { ApiKey = Environment.GetEnvironmentVariable("ASSISTANT_TEST_OPENAI_API_KEY") },
            new EmbeddingRules { QuestionTime = TimeSpan.FromMinutes(2) }, TimeProvider.System, NullLoggerFactory.Instance);
        string[] texts = ["The harbour opens at six in the morning.", "Bread is baked with flour and water.", "Ships may enter the port from dawn."];

        var passages = await embedder.GenerateAsync(texts, cancellationToken: TestContext.Current.CancellationToken);
        var question = await embedder.GenerateVectorAsync(
            "When can boats come in?", QuestionEmbedding.CreateOptions(), TestContext.Current.CancellationToken);

        var scores = passages.Select(passage => System.Numerics.Tensors.TensorPrimitives.Dot(passage.Vector.Span, question.Span)).ToList();
        Assert.True(scores[1] < scores[0] && scores[1] < scores[2], string.Join(' ', scores));
    }
}

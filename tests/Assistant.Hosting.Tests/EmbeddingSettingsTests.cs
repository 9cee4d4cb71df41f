using Assistant.Core.Embeddings;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Assistant.Hosting.Tests;

/// <summary>One at a time: these tests set a variable of the process.</summary>
[Collection(nameof(EmbeddingSettingsTests))]
public sealed class EmbeddingSettingsTests : IDisposable
{
    private const string Secret = "sk-this-is-the-key-1234567890";

    private readonly string? before = Environment.GetEnvironmentVariable(ModelService.OpenAIKeyVariable);

    public EmbeddingSettingsTests() => Environment.SetEnvironmentVariable(ModelService.OpenAIKeyVariable, null);

    public void Dispose() => Environment.SetEnvironmentVariable(ModelService.OpenAIKeyVariable, before);

    [Fact]
    public void Without_configuration_the_built_in_table_embeds()
    {
        using var host = Build([]);
        Assert.IsType<BuiltInEmbeddingGenerator>(host.Services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>());
    }

    [Fact]
    public void Every_setting_of_embeddings_can_be_configured()
    {
        using var host = Build(new()
        {
            ["Provider"] = "openai", ["Endpoint"] = "http://gpu:8000/v1", ["ApiKey"] = "key", ["Model"] = "bge", ["Dimensions"] = "512", ["ModelPath"] = "models/x",
            ["MaxTokens"] = "300", ["QuestionPrefix"] = "query: ", ["PassagePrefix"] = "passage: ", ["BatchTexts"] = "8", ["BatchTokens"] = "1000", ["Parallelism"] = "2",
            ["RequestSeconds"] = "30", ["QuestionSeconds"] = "1.5", ["CachePath"] = "elsewhere/e.db", ["CacheMegabytes"] = "0",
        });
        var options = host.Services.GetRequiredService<IOptions<AssistantOptions>>().Value.Embeddings;

        Assert.Equal(
            (EmbeddingProvider.OpenAI, "http://gpu:8000/v1", "key", "bge", 512, "models/x"),
            (options.Provider, options.Endpoint, options.ApiKey, options.Model, options.Dimensions, options.ModelPath));
        Assert.Equal((300, "query: ", "passage: ", 8, 1000, 2), (options.MaxTokens, options.QuestionPrefix, options.PassagePrefix, options.BatchTexts, options.BatchTokens, options.Parallelism));
        Assert.Equal((30, 1.5, "elsewhere/e.db", 0), (options.RequestSeconds, options.QuestionSeconds, options.CachePath, options.CacheMegabytes));
    }

    [Theory]
    [InlineData("Provider", "Cohere", "BuiltIn, OpenAI, Onnx")]
    [InlineData("Endpoint", "gpu:8000", "http://localhost:11434/v1")]
    [InlineData("Endpoint", "http://user:word@gpu/v1", "http://localhost:11434/v1")]
    [InlineData("Dimensions", "7", "8 to 8192")]
    [InlineData("MaxTokens", "many", "16 to 32000")]
    [InlineData("BatchTexts", "0", "1 to 2048")]
    [InlineData("BatchTokens", "1", "256 to 300000")]
    [InlineData("Parallelism", "65", "1 to 64")]
    [InlineData("RequestSeconds", "0", "1 to 3600")]
    [InlineData("QuestionSeconds", "0", "0.1 to 600")]
    [InlineData("CacheMegabytes", "-1", "0 to 1000000")]
    public void A_wrong_setting_is_told_with_what_is_allowed(string name, string value, string allowed)
    {
        var message = Assert.Single(Mistakes(new() { [name] = value }));
        Assert.Contains($"Assistant:Embeddings:{name}", message, StringComparison.Ordinal);
        Assert.Contains($"'{value}'", message, StringComparison.Ordinal);
        Assert.Contains(allowed, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_that_need_each_other_are_told()
    {
        Assert.Contains("Assistant:Embeddings:ModelPath", Assert.Single(Mistakes(new() { ["Provider"] = "Onnx" })), StringComparison.Ordinal);
        Assert.Contains("OPENAI_API_KEY", Assert.Single(Mistakes(new() { ["Provider"] = "OpenAI" })), StringComparison.Ordinal);
        Assert.Contains("Assistant:Embeddings:Model", Assert.Single(Mistakes(new() { ["Provider"] = "OpenAI", ["Endpoint"] = "http://gpu:8000/v1" })), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ApiKey", Secret + " ")]
    [InlineData("ApiKeyy", Secret)]
    public void A_key_is_never_shown(string name, string value) =>
        Assert.DoesNotContain(Secret, Assert.Single(Mistakes(new() { [name] = value })), StringComparison.Ordinal);

    [Fact]
    public void The_key_of_the_environment_is_for_OpenAI_alone()
    {
        Environment.SetEnvironmentVariable(ModelService.OpenAIKeyVariable, Secret);

        Assert.Equal(Secret, ModelService.KeyOf(null, null));
        Assert.Equal(Secret, ModelService.KeyOf(null, "https://API.openai.com/v1/"));
        Assert.Equal("own", ModelService.KeyOf("own", null));
        string[] others = ["http://localhost:11434/v1", "http://api.openai.com/v1", "https://api.openai.com:8443/v1", "https://api.openai.com.example/v1", "https://example/api.openai.com/v1"];
        Assert.All(others, endpoint => Assert.Null(ModelService.KeyOf(null, endpoint)));
        Assert.Empty(Mistakes(new() { ["Provider"] = "OpenAI" }));
    }

    [Theory]
    [InlineData("builtin", "BuiltIn", null, null, null)]
    [InlineData("openai", "OpenAI", "https://api.openai.com/v1", "text-embedding-3-small", null)]
    [InlineData("OpenAI:text-embedding-3-large", "OpenAI", "https://api.openai.com/v1", "text-embedding-3-large", null)]
    [InlineData("ollama:nomic-embed-text:v1.5", "OpenAI", "http://localhost:11434/v1", "nomic-embed-text:v1.5", null)]
    [InlineData("lmstudio:bge", "OpenAI", "http://localhost:1234/v1", "bge", null)]
    [InlineData("onnx:C:\\models\\minilm", "Onnx", null, null, "C:\\models\\minilm")]
    public void A_word_stands_for_provider_endpoint_and_model(string shortcut, string provider, string? endpoint, string? model, string? path)
    {
        var settings = Assert.IsType<Dictionary<string, string?>>(EmbeddingShortcut.Read(shortcut));
        string? Of(string name) => settings.GetValueOrDefault($"Assistant:Embeddings:{name}");
        Assert.Equal((provider, endpoint, model, path), (Of("Provider"), Of("Endpoint"), Of("Model"), Of("ModelPath")));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ollama")]
    [InlineData("ollama:")]
    [InlineData("onnx")]
    [InlineData("builtin:x")]
    [InlineData("cohere:x")]
    public void Another_word_stands_for_nothing(string? shortcut) => Assert.Null(EmbeddingShortcut.Read(shortcut));

    private static IEnumerable<string> Mistakes(Dictionary<string, string?> settings)
    {
        using var host = Build(settings);
        try
        {
            host.Services.GetRequiredService<IStartupValidator>().Validate();
            return [];
        }
        catch (OptionsValidationException mistake)
        {
            return mistake.Failures;
        }
    }

    private static IHost Build(Dictionary<string, string?> settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => $"Assistant:Embeddings:{setting.Key}", setting => setting.Value));
        return builder.AddAssistant().Build();
    }
}

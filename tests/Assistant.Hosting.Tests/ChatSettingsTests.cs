using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Assistant.Hosting.Tests;

public sealed class ChatSettingsTests
{
    [Fact]
    public void Unless_a_model_is_asked_for_there_is_none() => Assert.Equal(ChatProvider.None, Read([]).Provider);

    [Theory]
    [InlineData("none", ChatProvider.None, null, null)]
    [InlineData("openai", ChatProvider.OpenAI, "https://api.openai.com/v1", "gpt-4.1-mini")]
    [InlineData("OpenAI:gpt-4o", ChatProvider.OpenAI, "https://api.openai.com/v1", "gpt-4o")]
    [InlineData("ollama:llama3.2", ChatProvider.OpenAI, "http://localhost:11434/v1", "llama3.2")]
    [InlineData("ollama:llama3.2:3b", ChatProvider.OpenAI, "http://localhost:11434/v1", "llama3.2:3b")]
    [InlineData("lmstudio:qwen3", ChatProvider.OpenAI, "http://localhost:1234/v1", "qwen3")]
    [InlineData("vllm:org/model", ChatProvider.OpenAI, "http://localhost:8000/v1", "org/model")]
    public void A_word_on_the_command_line_names_provider_endpoint_and_model(string shortcut, ChatProvider provider, string? endpoint, string? model)
    {
        var options = Read(new(ChatShortcut.Read(shortcut)!) { ["Assistant:Chat:ApiKey"] = "sk-0123" });

        Assert.Equal((provider, endpoint, model), (options.Provider, options.Endpoint, options.Model));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ollama")]
    [InlineData("ollama:")]
    [InlineData("none:x")]
    [InlineData("gpt-4o")]
    public void Any_other_word_is_refused(string shortcut)
    {
        Assert.Null(ChatShortcut.Read(shortcut));
        Assert.Contains($"'{shortcut}'", ChatShortcut.Mistake(shortcut), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Endpoint", "localhost:11434", "http://localhost:11434/v1")]
    [InlineData("Endpoint", "http://user:password@localhost/v1", "http://localhost:11434/v1")]
    [InlineData("ContextTokens", "100", "2048 to 2000000")]
    [InlineData("FirstTokenSeconds", "0", "1 to 3600")]
    [InlineData("Provider", "Bing", "None, OpenAI")]
    [InlineData("Provider", "1", "None, OpenAI")]
    public void A_wrong_setting_is_told_with_what_is_allowed(string key, string value, string allowed) =>
        Assert.Contains(allowed, Assert.Throws<OptionsValidationException>(() => Read(new() { [$"Assistant:Chat:{key}"] = value })).Message, StringComparison.Ordinal);

    [Fact]
    public void An_endpoint_needs_the_name_of_a_model() => Assert.Contains(
        "Assistant:Chat:Model",
        Assert.Throws<OptionsValidationException>(() => Read(new() { ["Assistant:Chat:Provider"] = "OpenAI", ["Assistant:Chat:Endpoint"] = "http://localhost:1/v1" })).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("Assistant:Chat:ApiKey")]
    [InlineData("Assistant:Chat:ApiKeyy")]
    [InlineData("Assistant:Chat:apikeys:0")]
    public void A_key_is_never_repeated(string setting)
    {
        var mistake = Assert.Throws<OptionsValidationException>(() => Read(new() { [setting] = "sk secret" }));

        Assert.Contains(setting, mistake.Message, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("sk secret", mistake.Message, StringComparison.Ordinal);
    }

    private static ChatOptions Read(Dictionary<string, string?> settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings);
        using var host = builder.AddAssistant().Build();
        return host.Services.GetRequiredService<IOptions<AssistantOptions>>().Value.Chat;
    }
}

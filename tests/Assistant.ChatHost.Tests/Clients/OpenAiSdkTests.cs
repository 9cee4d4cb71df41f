using System.ClientModel;
using Assistant.ChatHost.Tests.Support;
using OpenAI;
using OpenAI.Chat;

namespace Assistant.ChatHost.Tests.Clients;

public sealed class OpenAiSdkTests
{
    [Fact]
    public async Task The_sdk_gets_an_answer_with_sources_annotations_and_usage()
    {
        var (host, _, address) = await TestHost.StartServerAsync();
        await using var disposed = host;
        ChatCompletion completion = await Client(address).CompleteChatAsync(
            [
                new SystemChatMessage("You are a pirate."),
                new UserChatMessage("What about the repairs of the lock?"),
                new AssistantChatMessage("Repairs of the lock take six weeks. [1]"),
                new UserChatMessage(ChatMessageContentPart.CreateTextPart("Why was the northern lock closed?")),
            ],
            cancellationToken: HttpHelp.Cancellation);
        var text = completion.Content[0].Text;
        Assert.Contains("because of a broken gate. [1]", text, StringComparison.Ordinal);
        Assert.Contains("\n\n**Sources**\n\n1. [Harbour of Emden](", text, StringComparison.Ordinal);
        Assert.Equal(ChatFinishReason.Stop, completion.FinishReason);
        Assert.True(completion.Usage.InputTokenCount > 10 && completion.Usage.OutputTokenCount > 20);
        Assert.NotEmpty(completion.Annotations);
        Assert.Equal(completion.Annotations.Select((_, i) => $"[{i + 1}]"), completion.Annotations.Select(annotation => text[annotation.StartIndex..annotation.EndIndex]));
        Assert.All(completion.Annotations, annotation =>
        {
            Assert.Equal("Harbour of Emden", annotation.WebResourceTitle);
            Assert.StartsWith(address.ToString(), annotation.WebResourceUri.ToString(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task The_sdk_streams_the_same_text_and_counts_its_tokens()
    {
        var (host, _, address) = await TestHost.StartServerAsync();
        await using var disposed = host;
        var client = Client(address);
        ChatCompletion whole = await client.CompleteChatAsync([new UserChatMessage("How fast does the turbine spin?")], cancellationToken: HttpHelp.Cancellation);
        var text = "";
        ChatFinishReason? finish = null;
        ChatTokenUsage? usage = null;
        await foreach (var update in client.CompleteChatStreamingAsync([new UserChatMessage("How fast does the turbine spin?")], cancellationToken: HttpHelp.Cancellation))
        {
            text += string.Concat(update.ContentUpdate.Select(part => part.Text));
            finish = update.FinishReason ?? finish;
            usage = update.Usage ?? usage;
        }

        Assert.Equal(whole.Content[0].Text, text);
        Assert.Equal(ChatFinishReason.Stop, finish);
        Assert.Equal(whole.Usage.TotalTokenCount, usage?.TotalTokenCount);
    }

    [Fact]
    public async Task The_sdk_understands_the_errors()
    {
        var (host, _, address) = await TestHost.StartServerAsync(null, ("Assistant:Http:ApiKeys:0", "a-key-of-this-test"));
        await using var disposed = host;
        var unknownModel = await Assert.ThrowsAsync<ClientResultException>(() => Client(address, "gpt-4o").CompleteChatAsync("Who?"));
        Assert.Equal(404, unknownModel.Status);
        Assert.Contains("Use 'assistant'", unknownModel.Message, StringComparison.Ordinal);
        var unknownKey = await Assert.ThrowsAsync<ClientResultException>(() => Client(address, key: "another-key-of-this-test").CompleteChatAsync("Who?"));
        Assert.Equal(401, unknownKey.Status);
        Assert.Contains("API key", unknownKey.Message, StringComparison.Ordinal);
        Assert.NotEmpty((await Client(address).CompleteChatAsync("How fast does the turbine spin?")).Value.Content);
    }

    private static ChatClient Client(Uri address, string model = "assistant", string key = "a-key-of-this-test") => new(
        model, new ApiKeyCredential(key), new OpenAIClientOptions { Endpoint = new Uri(address, "/v1"), RetryPolicy = new System.ClientModel.Primitives.ClientRetryPolicy(0) });
}

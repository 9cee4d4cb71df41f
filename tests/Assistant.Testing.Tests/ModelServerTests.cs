using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assistant.Testing.ModelServer;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Embeddings;

namespace Assistant.Testing.Tests;

/// <summary>The scripted server is a fake that others lean on; here the real SDK says that it is faithful.</summary>
public sealed class ModelServerTests
{
    private const string Key = "sk-of-this-test";

    [Fact]
    public async Task The_sdk_gets_a_text_whole_with_finish_and_usage()
    {
        await using var server = await ScriptedModelServer.StartAsync();
        server.Then(ModelReply.Text("Twelve states met. \"Quoted\"\nÜber uns. 🙂"));
        ChatCompletion completion = await Client(server).CompleteChatAsync([new SystemChatMessage("Be brief."), new UserChatMessage("Who met?")], cancellationToken: Cancellation);
        Assert.Equal("Twelve states met. \"Quoted\"\nÜber uns. 🙂", completion.Content[0].Text);
        Assert.Equal(ChatFinishReason.Stop, completion.FinishReason);
        Assert.Equal(ScriptedModelServer.ChatModel, completion.Model);
        Assert.True(completion.Usage.InputTokenCount > 0 && completion.Usage.OutputTokenCount > 0);
        var request = Assert.Single(server.Requests);
        Assert.Equal([new ModelMessage("system", "Be brief."), new ModelMessage("user", "Who met?")], request.Messages);
        Assert.Equal($"Bearer {Key}", request.Headers["authorization"]);
        Assert.Equal(RequestEnd.Answered, await request.Ended.WaitAsync(Cancellation));
    }

    [Fact]
    public async Task A_stream_comes_piece_by_piece_as_the_test_lets_it()
    {
        await using var server = await ScriptedModelServer.StartAsync();
        var gate = new Gate();
        server.Then(ModelReply.Pieces("One", " two", " three.").Through(gate));
        await using var updates = Client(server).CompleteChatStreamingAsync([new UserChatMessage("Count.")], cancellationToken: Cancellation).GetAsyncEnumerator(Cancellation);
        var (seen, first) = ("", true);
        foreach (var piece in (string[])["One", " two", " three."])
        {
            gate.Release();
            while (!seen.EndsWith(piece, StringComparison.Ordinal))
            {
                Assert.True(await updates.MoveNextAsync());
                Assert.True(!first || updates.Current.Role == ChatMessageRole.Assistant);
                first = false;
                seen += string.Concat(updates.Current.ContentUpdate.Select(part => part.Text));
            }
        }

        await gate.ReachedAsync(4, Cancellation);
        Assert.False(server.Requests[0].Ended.IsCompleted);
        gate.Open();
        ChatFinishReason? finish = null;
        ChatTokenUsage? usage = null;
        while (await updates.MoveNextAsync())
        {
            finish ??= updates.Current.FinishReason;
            usage ??= updates.Current.Usage;
        }

        Assert.Equal("One two three.", seen);
        Assert.Equal(ChatFinishReason.Stop, finish);
        Assert.True(usage?.TotalTokenCount > 0);
        Assert.Equal(["One", " two", " three."], server.Requests[0].Sent.Select(piece => piece.Text));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Tool_calls_refusals_and_filters_have_their_own_fields(bool streamed)
    {
        await using var server = await ScriptedModelServer.StartAsync();
        server.Then(
            ModelReply.ToolCall("send_mail", """{"to":"all"}"""), ModelReply.Refused("I cannot help with that."),
            ModelReply.Filtered("Half a"), ModelReply.Empty(), ModelReply.Text("Cut short") with { FinishReason = "length" });
        var tool = await AskAsync(server, streamed);
        Assert.Equal((ChatFinishReason.ToolCalls, "send_mail", """{"to":"all"}"""), (tool.Finish, tool.Tool, tool.Arguments));
        var refused = await AskAsync(server, streamed);
        Assert.Equal((ChatFinishReason.Stop, "I cannot help with that.", ""), (refused.Finish, refused.Refusal, refused.Text));
        var filtered = await AskAsync(server, streamed);
        Assert.Equal((ChatFinishReason.ContentFilter, "Half a"), (filtered.Finish, filtered.Text));
        var empty = await AskAsync(server, streamed);
        Assert.Equal((ChatFinishReason.Stop, ""), (empty.Finish, empty.Text));
        Assert.Equal(ChatFinishReason.Length, (await AskAsync(server, streamed)).Finish);
    }

    [Fact]
    public async Task Faults_arrive_as_their_status_and_message()
    {
        await using var server = await ScriptedModelServer.StartAsync();
        foreach (var fault in (FaultReply[])
            [
                ModelReply.Unauthorized(), ModelReply.Forbidden(), ModelReply.ModelNotFound("gpt-9"), ModelReply.UnknownParameter("seed"),
                ModelReply.RateLimited(TimeSpan.FromSeconds(7)), ModelReply.ServerError(), ModelReply.ServerError(503), ModelReply.ErrorPage(502),
            ])
        {
            server.Then(fault);
            var error = await Assert.ThrowsAsync<ClientResultException>(() => AskAsync(server));
            Assert.Equal(fault.Status, error.Status);
            var raw = error.GetRawResponse()!;
            Assert.Equal(fault.RetryAfter is null ? null : "7", raw.Headers.TryGetValue("Retry-After", out var wait) ? wait : null);
            Assert.Equal(fault.Body, raw.Content.ToString());
            if (fault.ContentType == "application/json")
            {
                Assert.Contains((string)JsonNode.Parse(fault.Body)!["error"]!["message"]!, error.Message, StringComparison.Ordinal);
            }
        }

        server.Then(ModelReply.Nonsense("[1,2"));
        await Assert.ThrowsAnyAsync<JsonException>(() => AskAsync(server));
    }

    [Fact]
    public async Task What_was_not_scripted_says_so()
    {
        await using var server = await ScriptedModelServer.StartAsync();
        var error = await Assert.ThrowsAsync<ClientResultException>(() => AskAsync(server));
        Assert.Contains("Nothing is scripted", error.Message, StringComparison.Ordinal);
        server.Chat = request => ModelReply.Text($"You said: {request.Messages[^1].Text}");
        Assert.Equal("You said: Hello?", (await AskAsync(server, streamed: true)).Text);
    }

    [Fact]
    public async Task A_stream_breaks_off_where_the_test_says()
    {
        var gate = new Gate();
        await using var server = await ScriptedModelServer.StartAsync();
        var seen = new List<string>();
        async Task ReadAsync()
        {
            seen.Clear();
            await foreach (var update in Client(server).CompleteChatStreamingAsync([new UserChatMessage("Hello?")], cancellationToken: Cancellation))
            {
                seen.AddRange(update.ContentUpdate.Select(part => part.Text).Where(text => text.Length > 0));
                if (seen.Count == 2)
                {
                    gate.Open();
                }
            }
        }

        gate.Release(2);
        server.Then(ModelReply.Text("One two three.").CutAfter(2).Through(gate));
        await Assert.ThrowsAnyAsync<IOException>(ReadAsync);
        Assert.Equal(["One", " two"], seen);
        server.Then(ModelReply.Text("One two three.").BrokenAfter(2));
        await Assert.ThrowsAnyAsync<JsonException>(ReadAsync);
        server.Then(ModelReply.Text("One two three.").OverAfter(2));
        await ReadAsync();
        Assert.Equal(["One", " two"], seen);
        Assert.All(server.Requests, request => Assert.Equal(RequestEnd.Cut, request.Ended.Result));
    }

    [Fact]
    public async Task A_client_that_leaves_is_noticed()
    {
        await using var server = await ScriptedModelServer.StartAsync();
        server.Then(ModelReply.Endless("again "), ModelReply.Silence());
        await foreach (var update in Client(server).CompleteChatStreamingAsync([new UserChatMessage("Hello?")], cancellationToken: Cancellation))
        {
            if (update.ContentUpdate.Any(part => part.Text == "again "))
            {
                break;
            }
        }

        Assert.Equal(RequestEnd.ClientGone, await server.Requests[0].Ended.WaitAsync(Cancellation));
        using var impatient = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var asking = Client(server).CompleteChatAsync([new UserChatMessage("Hello?")], cancellationToken: impatient.Token);
        var silent = await server.RequestAsync(2, Cancellation);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.Equal(RequestEnd.ClientGone, await silent.Ended.WaitAsync(Cancellation));
    }

    [Fact]
    public async Task A_server_that_stopped_refuses_connections()
    {
        await using var server = await ScriptedModelServer.StartAsync();
        server.Then(ModelReply.Dropped(), ModelReply.Silence());
        await Assert.ThrowsAnyAsync<Exception>(() => AskAsync(server));
        var asking = AskAsync(server);
        await server.RequestAsync(2, Cancellation);
        await server.StopAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => asking);
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => AskAsync(server));
        Assert.Equal(SocketError.ConnectionRefused, Assert.IsType<SocketException>(Innermost(refused)).SocketErrorCode);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Embeddings_come_in_order_in_either_encoding_and_near_for_shared_words()
    {
        await using var server = await ScriptedModelServer.StartAsync(new ScriptedModelServerOptions { ApiKey = Key });
        var client = Sdk(server).GetEmbeddingClient(ScriptedModelServer.EmbeddingModel);
        string[] texts = ["the lock is closed", "the lock is open", "turbines spin"];
        OpenAIEmbeddingCollection embeddings = await client.GenerateEmbeddingsAsync(texts, cancellationToken: Cancellation);
        Assert.Equal("base64", (string?)server.Requests[0].Body!["encoding_format"]);
        Assert.Equal([0, 1, 2], embeddings.Select(embedding => embedding.Index));
        Assert.True(embeddings.Usage.InputTokenCount > 0);
        float[][] vectors = [.. embeddings.Select(embedding => embedding.ToFloats().ToArray())];
        Assert.All(texts.Zip(vectors), pair => Assert.Equal(HashedEmbedding.Of(pair.First, 64), pair.Second));
        Assert.True(Dot(vectors[0], vectors[1]) > Dot(vectors[0], vectors[2]) + 0.3);

        OpenAIEmbedding shorter = await client.GenerateEmbeddingAsync("one text", new EmbeddingGenerationOptions { Dimensions = 16 }, Cancellation);
        Assert.Equal(16, shorter.ToFloats().Length);
        Assert.Equal(1, Dot(shorter.ToFloats().ToArray(), shorter.ToFloats().ToArray()), 4);

        using var http = Http(Key);
        var floats = await (await PostAsync(http, server, "embeddings", """{"model":"scripted-embedding","input":"the lock is open"}""")).Content.ReadAsStringAsync(Cancellation);
        var numbers = JsonNode.Parse(floats)!["data"]![0]!["embedding"]!.AsArray().Select(value => (float)value!);
        Assert.Equal(vectors[1], numbers.ToArray());
    }

    [Theory]
    [InlineData("chat/completions", "{", 400)]
    [InlineData("chat/completions", """{"messages":[{"role":"user","content":"x"}]}""", 400)]
    [InlineData("chat/completions", """{"model":"scripted-chat","messages":[]}""", 400)]
    [InlineData("chat/completions", """{"model":"scripted-chat","messages":[{"role":"robot","content":"x"}]}""", 400)]
    [InlineData("chat/completions", """{"model":"scripted-chat","messages":[{"role":"user","content":null}]}""", 400)]
    [InlineData("chat/completions", """{"model":"scripted-chat","messages":[{"role":"user","content":"x"}],"temperature":3}""", 400)]
    [InlineData("chat/completions", """{"model":"scripted-chat","messages":[{"role":"user","content":"x"}],"stream":"yes"}""", 400)]
    [InlineData("chat/completions", """{"model":"scripted-chat","messages":[{"role":"user","content":"x"}],"top_k":1}""", 400)]
    [InlineData("chat/completions", """{"model":"scripted-chat","messages":[{"role":"user","content":"x"}],"logprobs":true}""", 400)]
    [InlineData("chat/completions", """{"model":"scripted-chat","messages":[{"role":"user","content":"x"}],"max_tokens":1,"max_completion_tokens":1}""", 400)]
    [InlineData("chat/completions", """{"model":"gpt-9","messages":[{"role":"user","content":"x"}]}""", 404)]
    [InlineData("embeddings", """{"model":"scripted-embedding","input":[]}""", 400)]
    [InlineData("embeddings", """{"model":"scripted-embedding","input":["x",""]}""", 400)]
    [InlineData("embeddings", """{"model":"scripted-embedding","input":"x","encoding_format":"hex"}""", 400)]
    [InlineData("embeddings", """{"model":"scripted-embedding","input":"x","dimensions":65}""", 400)]
    [InlineData("completions", """{"model":"scripted-chat","prompt":"x"}""", 404)]
    public async Task A_request_that_openai_refuses_is_refused(string path, string body, int status)
    {
        await using var server = await ScriptedModelServer.StartAsync(new ScriptedModelServerOptions { ApiKey = Key, UnsupportedParameters = ["logprobs"] });
        server.Chat = _ => ModelReply.Text("Not refused.");
        using var http = Http(Key);
        using var response = await PostAsync(http, server, path, body);
        Assert.Equal(status, (int)response.StatusCode);
        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!["error"]!.AsObject();
        Assert.Equal(["message", "type", "param", "code"], error.Select(pair => pair.Key));
    }

    [Fact]
    public async Task The_key_is_asked_for_everywhere()
    {
        await using var server = await ScriptedModelServer.StartAsync(new ScriptedModelServerOptions { ApiKey = Key });
        server.Chat = _ => ModelReply.Text("Hello.");
        Assert.Equal("Hello.", (await AskAsync(server)).Text);
        var wrong = await Assert.ThrowsAsync<ClientResultException>(() => Sdk(server, "sk-other").GetChatClient(ScriptedModelServer.ChatModel).CompleteChatAsync("Hello?"));
        Assert.Equal(401, wrong.Status);
        using var http = Http(null);
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync(new Uri(server.Endpoint + "/models"), Cancellation)).StatusCode);
        var models = await Sdk(server).GetOpenAIModelClient().GetModelsAsync(Cancellation);
        Assert.Equal([ScriptedModelServer.ChatModel, ScriptedModelServer.EmbeddingModel], models.Value.Select(model => model.Id));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static async Task<Said> AskAsync(ScriptedModelServer server, bool streamed = false)
    {
        var client = Client(server);
        if (!streamed)
        {
            ChatCompletion completion = await client.CompleteChatAsync([new UserChatMessage("Hello?")], cancellationToken: Cancellation);
            var call = completion.ToolCalls.SingleOrDefault();
            return new Said(
                string.Concat(completion.Content.Select(part => part.Text)), completion.FinishReason, completion.Refusal, call?.FunctionName, call?.FunctionArguments.ToString());
        }

        var said = new Said("", null, null, null, null);
        await foreach (var update in client.CompleteChatStreamingAsync([new UserChatMessage("Hello?")], cancellationToken: Cancellation))
        {
            var call = update.ToolCallUpdates.SingleOrDefault();
            said = new Said(
                said.Text + string.Concat(update.ContentUpdate.Select(part => part.Text)), said.Finish ?? update.FinishReason,
                said.Refusal ?? update.RefusalUpdate, said.Tool ?? call?.FunctionName, said.Arguments ?? call?.FunctionArgumentsUpdate.ToString());
        }

        return said;
    }

    private static OpenAIClient Sdk(ScriptedModelServer server, string key = Key) =>
        new(new ApiKeyCredential(key), new OpenAIClientOptions { Endpoint = server.Endpoint, RetryPolicy = new ClientRetryPolicy(0) });

    private static ChatClient Client(ScriptedModelServer server) => Sdk(server).GetChatClient(ScriptedModelServer.ChatModel);

    private static HttpClient Http(string? key)
    {
        var http = new HttpClient();
        if (key is not null)
        {
            http.DefaultRequestHeaders.Authorization = new("Bearer", key);
        }

        return http;
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient http, ScriptedModelServer server, string path, string body) =>
        http.PostAsync(new Uri($"{server.Endpoint}/{path}"), new StringContent(body, Encoding.UTF8, "application/json"), Cancellation);

    private static float Dot(float[] left, float[] right) => left.Zip(right, (a, b) => a * b).Sum();

    private static Exception Innermost(Exception exception) =>
        exception is AggregateException { InnerExceptions: [.., var last] } ? Innermost(last)
            : exception.InnerException is { } inner ? Innermost(inner) : exception;

    private sealed record Said(string Text, ChatFinishReason? Finish, string? Refusal, string? Tool, string? Arguments);
}

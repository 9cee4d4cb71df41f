using Assistant.Core.Embeddings;
using Assistant.Embeddings.OpenAI;
using Assistant.Testing.ModelServer;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Assistant.Embeddings.Tests.OpenAI;

/// <summary>Through the real SDK, against a server that does what a test tells it to.</summary>
public sealed class OpenAIModelTests
{
    private const string Key = "sk-this-is-the-key-1234567890";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Vectors_come_back_each_to_its_text_and_the_key_goes_along()
    {
        await using var server = await ScriptedModelServer.StartAsync(new() { ApiKey = Key });
        server.ThenEmbeddings(new EmbeddingReply(text => HashedEmbedding.Of(text, 64)) { IsReversed = true });
        using var embedder = Open(server);

        var vectors = await embedder.GenerateAsync(["the apple", "a pear"], cancellationToken: Cancel);

        VectorAssert.Equal(HashedEmbedding.Of("the apple", 64), vectors[0].Vector);
        VectorAssert.Equal(HashedEmbedding.Of("a pear", 64), vectors[1].Vector);
        var request = Assert.Single(server.EmbeddingRequests);
        Assert.Equal($"Bearer {Key}", request.Headers["Authorization"]);
        Assert.Equal(ScriptedModelServer.EmbeddingModel, request.Model);
        Assert.False(request.Body!.ContainsKey("dimensions"));
    }

    [Fact]
    public async Task A_service_may_answer_with_numbers_instead_of_base_64()
    {
        await using var server = await ScriptedModelServer.StartAsync();
        server.ThenEmbeddings(ModelReply.Nonsense(
            """{"object":"list","model":"m","data":[{"object":"embedding","index":0,"embedding":[3,0.0,-4]}],"usage":{"prompt_tokens":1,"total_tokens":1}}"""));
        using var embedder = Open(server);
        VectorAssert.Equal([0.6f, 0, -0.8f], await embedder.GenerateVectorAsync("a", cancellationToken: Cancel));
    }

    [Fact]
    public async Task Requests_are_filled_up_to_the_number_of_texts_and_of_tokens()
    {
        await using var server = await ScriptedModelServer.StartAsync();
        using var embedder = Open(server, model => model with { Parallelism = 1, BatchTexts = 10, BatchTokens = 256 });
        var shorts = Enumerable.Range(0, 35).Select(i => $"word{i}").ToList();
        var longs = Enumerable.Range(0, 6).Select(i => $"{i} " + string.Join(' ', Enumerable.Repeat("apple", 100))).ToList();

        var vectors = await embedder.GenerateAsync([.. shorts, .. longs], cancellationToken: Cancel);

        Assert.Equal(41, vectors.Count);
        Assert.Equal(41, server.EmbeddingRequests.Sum(request => request.Inputs.Count));
        Assert.All(server.EmbeddingRequests, request => Assert.InRange(request.Inputs.Count, 1, 10));
        Assert.All(server.EmbeddingRequests, request => Assert.InRange(request.Inputs.Count(input => input.Contains("apple apple", StringComparison.Ordinal)), 0, 2));
        Assert.InRange(server.EmbeddingRequests.Count, 6, 12);
    }

    [Fact]
    public async Task Never_more_requests_at_once_than_allowed_and_a_question_does_not_wait_for_them()
    {
        await using var server = await ScriptedModelServer.StartAsync();
        var gate = new Gate();
        server.Embeddings = request => new EmbeddingReply(text => HashedEmbedding.Of(text, 64)) { Hold = request.Inputs.Contains("why") ? null : gate };
        using var embedder = Open(server, model => model with { Parallelism = 2, BatchTexts = 1 });

        var passages = embedder.GenerateAsync(Enumerable.Range(0, 8).Select(i => $"passage {i}"), cancellationToken: Cancel);
        await server.RequestAsync(2, Cancel);
        await embedder.GenerateVectorAsync("why", QuestionEmbedding.CreateOptions(), Cancel);
        Assert.Equal(3, server.EmbeddingRequests.Count);
        gate.Open();

        Assert.Equal(8, (await passages).Count);
        Assert.Equal(9, server.EmbeddingRequests.Count);
    }

    [Fact]
    public async Task What_many_callers_want_goes_into_few_requests()
    {
        await using var server = await ScriptedModelServer.StartAsync();
        var gate = new Gate();
        server.Embeddings = _ => new EmbeddingReply(text => HashedEmbedding.Of(text, 64)) { Hold = gate };
        using var embedder = Open(server, model => model with { Parallelism = 1 });
        var first = embedder.GenerateAsync(["first"], cancellationToken: Cancel);
        await server.RequestAsync(1, Cancel);
        var others = Enumerable.Range(0, 30).Select(i => embedder.GenerateAsync([$"other {i}"], cancellationToken: Cancel)).ToList();
        gate.Open();

        await Task.WhenAll([first, .. others]);

        Assert.Equal(2, server.EmbeddingRequests.Count);
    }

    [Fact]
    public async Task A_text_longer_than_the_model_takes_is_embedded_in_pieces_and_made_one()
    {
        await using var server = await ScriptedModelServer.StartAsync();
        server.Embeddings = _ => new EmbeddingReply(text => text.Contains("apple", StringComparison.Ordinal) ? [1, 0] : [0, 1]);
        using var embedder = Open(server, model => model with { MaxTokens = 16 });
        var text = string.Join(' ', Enumerable.Repeat("apple", 16)) + " " + string.Join(' ', Enumerable.Repeat("pear", 16));

        var vector = await embedder.GenerateVectorAsync(text, cancellationToken: Cancel);

        Assert.Equal(text, string.Concat(server.EmbeddingRequests.SelectMany(request => request.Inputs)));
        Assert.True(server.EmbeddingRequests.Sum(request => request.Inputs.Count) > 1);
        Assert.All(vector.ToArray(), value => Assert.InRange(value, 0.4, 0.95));
        Assert.Equal(1, vector.ToArray().Sum(value => value * value), 1e-5);
    }

    [Fact]
    public async Task Another_length_is_asked_for_only_where_it_is_not_the_model_s_own()
    {
        await using var server = await ScriptedModelServer.StartAsync(new() { Models = [ScriptedModelServer.EmbeddingModel, "nomic-embed-text"], Dimensions = 768 });
        using var shorter = Open(server, rules: new EmbeddingRules { Dimensions = 32 });
        Assert.Equal(32, (await shorter.GenerateVectorAsync("a", cancellationToken: Cancel)).Length);
        Assert.Equal(32, (int?)server.EmbeddingRequests[0].Body!["dimensions"]);

        using var own = Open(server, model => model with { Model = "nomic-embed-text" }, new EmbeddingRules { Dimensions = 768 });
        await own.GenerateVectorAsync("a", cancellationToken: Cancel);
        Assert.False(server.EmbeddingRequests[1].Body!.ContainsKey("dimensions"));
    }

    [Fact]
    public async Task A_service_that_asks_to_wait_is_given_the_time_it_asks_for()
    {
        await using var server = await ScriptedModelServer.StartAsync();
        server.ThenEmbeddings(ModelReply.RateLimited(TimeSpan.FromSeconds(1)));
        using var embedder = Open(server);

        await embedder.GenerateVectorAsync("a", cancellationToken: Cancel);

        var requests = server.EmbeddingRequests;
        Assert.Equal(2, requests.Count);
        // A timer may be a little early.
        Assert.True(requests[1].At - requests[0].At > TimeSpan.FromSeconds(0.9), $"{requests[1].At - requests[0].At}");
    }

    [Fact]
    public async Task What_passes_is_tried_again_and_nobody_is_told()
    {
        await using var server = await ScriptedModelServer.StartAsync();
        server.ThenEmbeddings(ModelReply.ServerError(503), ModelReply.Dropped(), ModelReply.ErrorPage(502));
        var logs = new Logs();
        using var embedder = Open(server, logs: logs);

        VectorAssert.Equal(HashedEmbedding.Of("a", 64), await embedder.GenerateVectorAsync("a", cancellationToken: Cancel));

        Assert.Equal(4, server.EmbeddingRequests.Count);
        Assert.Empty(logs.Lines);
    }

    public static TheoryData<string, string> Faults => new()
    {
        { "unauthorized", "Assistant:Embeddings:ApiKey" },
        { "forbidden", "Assistant:Embeddings:ApiKey" },
        { "no model", "Assistant:Embeddings:Model" },
        { "rate limit", "slow down" },
        { "server error", "trouble of its own" },
        { "bad request", "Assistant:Embeddings:Model" },
        { "dropped", "Assistant:Embeddings:Endpoint" },
        { "no JSON", "Assistant:Embeddings:Endpoint" },
        { "other JSON", "Assistant:Embeddings:Endpoint" },
        { "too few", "gave 1 vectors for 2 texts" },
        { "redirect", "is not followed" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task What_does_not_pass_is_told_with_the_setting_and_without_key_or_text(string fault, string said)
    {
        await using var server = await ScriptedModelServer.StartAsync();
        server.Embeddings = _ => fault switch
        {
            "unauthorized" => ModelReply.Unauthorized(Key),
            "forbidden" => ModelReply.Forbidden(),
            "no model" => ModelReply.ModelNotFound("scripted-embedding"),
            "rate limit" => ModelReply.RateLimited(),
            "server error" => ModelReply.ServerError(),
            "bad request" => ModelReply.Error(400, $"Cannot embed 'the hidden text' with {Key}.", "invalid_request_error"),
            "dropped" => ModelReply.Dropped(),
            "no JSON" => ModelReply.Nonsense("<html>the hidden text</html>", "text/html"),
            "other JSON" => ModelReply.Nonsense("""{"answer": 42}"""),
            "too few" => new EmbeddingReply(text => HashedEmbedding.Of(text, 64)) { Missing = 1 },
            _ => ModelReply.Nonsense("") with { Status = 307 },
        };
        var logs = new Logs();
        using var embedder = Open(server, model => model with { ApiKey = Key }, logs: logs);

        var error = await Assert.ThrowsAsync<EmbeddingUnavailableException>(() => embedder.GenerateAsync(["the hidden text", "another"], cancellationToken: Cancel));

        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.Contains(server.Endpoint.Authority, error.Message, StringComparison.Ordinal);
        Assert.All([error.ToString(), .. logs.Lines], line =>
        {
            Assert.DoesNotContain(Key, line, StringComparison.Ordinal);
            Assert.DoesNotContain("hidden", line, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_service_that_is_not_there_is_told()
    {
        Uri endpoint;
        await using (var server = await ScriptedModelServer.StartAsync())
        {
            endpoint = server.Endpoint;
        }

        using var embedder = Open(endpoint);
        var error = await Assert.ThrowsAsync<EmbeddingUnavailableException>(() => embedder.GenerateAsync(["a"], cancellationToken: Cancel));
        Assert.Contains("cannot be reached", error.Message, StringComparison.Ordinal);
        Assert.Contains("Assistant:Embeddings:Endpoint", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silent_service_is_given_up_after_the_time_for_a_request()
    {
        await using var server = await ScriptedModelServer.StartAsync();
        server.Embeddings = _ => ModelReply.Silence();
        using var embedder = Open(server, model => model with { RequestTime = TimeSpan.FromSeconds(0.6) });
        var error = await Assert.ThrowsAsync<EmbeddingUnavailableException>(() => embedder.GenerateAsync(["a"], cancellationToken: Cancel));
        Assert.Contains("Assistant:Embeddings:RequestSeconds", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_text_that_is_refused_does_not_stand_in_the_way_of_the_others()
    {
        await using var server = await ScriptedModelServer.StartAsync();
        server.Embeddings = request => request.Inputs.Contains("poison")
            ? ModelReply.Error(400, "This model cannot embed that: poison", "invalid_request_error")
            : new EmbeddingReply(text => HashedEmbedding.Of(text, 64));
        var logs = new Logs();
        using var embedder = Open(server, model => model with { Parallelism = 1 }, logs: logs);

        var vectors = await embedder.GenerateAsync(["good", "better", "poison", "best", "last"], cancellationToken: Cancel);

        VectorAssert.Equal(HashedEmbedding.Of("last", 64), vectors[4].Vector);
        VectorAssert.Equal(new float[64], vectors[2].Vector);
        var line = Assert.Single(logs.Lines);
        Assert.Contains("found by its words only", line, StringComparison.Ordinal);
        Assert.DoesNotContain("poison", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_is_refused_before_any_other_was_embedded_does_not_stand_in_the_way_either()
    {
        await using var server = await ScriptedModelServer.StartAsync();
        server.Embeddings = request => request.Inputs.Contains("poison")
            ? ModelReply.Error(400, "This model cannot embed that.", "invalid_request_error")
            : new EmbeddingReply(text => HashedEmbedding.Of(text, 64));
        using var embedder = Open(server);
        VectorAssert.Equal(new float[64], await embedder.GenerateVectorAsync("poison", cancellationToken: Cancel));
    }

    [Fact]
    public async Task A_caller_who_goes_ends_the_request()
    {
        await using var server = await ScriptedModelServer.StartAsync();
        server.Embeddings = _ => ModelReply.Silence();
        using var embedder = Open(server);
        using var stop = new CancellationTokenSource();

        var embedding = embedder.GenerateAsync(["a", "b"], cancellationToken: stop.Token);
        var request = await server.RequestAsync(1, Cancel);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => embedding);
        Assert.Equal(RequestEnd.ClientGone, await request.Ended.WaitAsync(TimeSpan.FromSeconds(30), Cancel));
    }

    [Fact]
    public async Task The_space_tells_services_and_models_apart()
    {
        await using var server = await ScriptedModelServer.StartAsync();
        using var one = Open(server);
        using var same = Open(new Uri($"http://localhost:{server.Endpoint.Port}/v1/"));
        using var model = Open(server, model => model with { Model = "other" });
        using var service = Open(new Uri("https://api.openai.com/v1"));
        using var known = Open(new Uri("https://api.openai.com/v1"), model => model with { Model = "text-embedding-3-small" });

        Assert.Equal(EmbeddingSpace.Of(one), EmbeddingSpace.Of(same));
        Assert.Equal(4, new[] { one, model, service, known }.Select(EmbeddingSpace.Of).Distinct().Count());
        Assert.Equal("openai:api.openai.com/text-embedding-3-small|1536", EmbeddingSpace.Of(known));
    }

    private static IEmbeddingGenerator<string, Embedding<float>> Open(
        ScriptedModelServer server, Func<OpenAIModel, OpenAIModel>? with = null, EmbeddingRules? rules = null, Logs? logs = null) =>
        Open(server.Endpoint, model => (with ?? (same => same))(model with { ApiKey = Key }), rules, logs);

    private static IEmbeddingGenerator<string, Embedding<float>> Open(
        Uri endpoint, Func<OpenAIModel, OpenAIModel>? with = null, EmbeddingRules? rules = null, Logs? logs = null)
    {
        var model = new OpenAIModel(endpoint, ScriptedModelServer.EmbeddingModel) { RetryDelay = TimeSpan.FromMilliseconds(1) };
        return EmbeddingModels.CreateOpenAI(with?.Invoke(model) ?? model, rules ?? new EmbeddingRules(), TimeProvider.System, logs ?? new Logs());
    }

    private sealed class Logs : ILoggerFactory, ILogger
    {
        public List<string> Lines { get; } = [];

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (Lines)
            {
                Lines.Add($"{formatter(state, exception)} {exception}");
            }
        }

        public void Dispose()
        {
        }
    }
}

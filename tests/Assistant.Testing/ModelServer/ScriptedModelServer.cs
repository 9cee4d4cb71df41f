using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Assistant.Testing.ModelServer;

/// <summary>How a <see cref="ScriptedModelServer"/> is set up.</summary>
public sealed record ScriptedModelServerOptions
{
    /// <summary>The key that requests must carry; null when any or none will do.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The models there are; a request for another one is answered with 404.</summary>
    public IReadOnlyList<string> Models { get; init; } = [ScriptedModelServer.ChatModel, ScriptedModelServer.EmbeddingModel];

    /// <summary>Parameters that this endpoint does not know, as some compatible servers do not know <c>seed</c>; answered with 400.</summary>
    public IReadOnlyList<string> UnsupportedParameters { get; init; } = [];

    /// <summary>Length of an embedding when the request does not ask for another.</summary>
    public int Dimensions { get; init; } = 64;

    /// <summary>The clock of recorded requests.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>
/// An OpenAI-compatible endpoint on a loopback port that answers as a test tells it to: <c>chat/completions</c>, <c>embeddings</c> and
/// <c>models</c>. It is as strict about requests as OpenAI's own, and it remembers every one. Thread-safe.
/// </summary>
public sealed class ScriptedModelServer : IAsyncDisposable
{
    /// <summary>A model that every server has unless told otherwise.</summary>
    public const string ChatModel = "scripted-chat";

    /// <inheritdoc cref="ChatModel"/>
    public const string EmbeddingModel = "scripted-embedding";

    private const string ChatPath = "/v1/chat/completions";
    private const string EmbeddingsPath = "/v1/embeddings";
    private const string ModelsPath = "/v1/models";

    private readonly ScriptedModelServerOptions options;
    private readonly WebApplication app;
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentQueue<ModelReply> chats = new();
    private readonly ConcurrentQueue<ModelReply> embeddings = new();
    private readonly Lock recording = new();
    private readonly List<ModelRequest> requests = [];
    private TaskCompletionSource arrival = NewArrival();

    private ScriptedModelServer(ScriptedModelServerOptions options)
    {
        this.options = options;
        Embeddings = _ => new EmbeddingReply(text => HashedEmbedding.Of(text, options.Dimensions));
        // An empty builder reads no settings of the machine, such as ASPNETCORE_URLS.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        app = builder.Build();
        app.Run(HandleAsync);
    }

    /// <summary>The address for a client's settings; it ends with <c>/v1</c>.</summary>
    public Uri Endpoint { get; private set; } = null!;

    /// <summary>The answer to a chat request when none is queued. Unless it is set, that is an error of the server which says so.</summary>
    public Func<ModelRequest, ModelReply> Chat { get; set; } =
        _ => ModelReply.Error(500, "Nothing is scripted for this request.", "server_error");

    /// <summary>The answer to a request for embeddings when none is queued; vectors made of the words of each text by default.</summary>
    public Func<ModelRequest, ModelReply> Embeddings { get; set; }

    /// <summary>All requests so far, refused ones included, in order of arrival.</summary>
    public IReadOnlyList<ModelRequest> Requests
    {
        get
        {
            lock (recording)
            {
                return [.. requests];
            }
        }
    }

    /// <summary>The requests for chat completions so far.</summary>
    public IReadOnlyList<ModelRequest> ChatRequests => [.. Requests.Where(request => request.Path == ChatPath)];

    /// <summary>The requests for embeddings so far.</summary>
    public IReadOnlyList<ModelRequest> EmbeddingRequests => [.. Requests.Where(request => request.Path == EmbeddingsPath)];

    /// <summary>A server that listens.</summary>
    public static async Task<ScriptedModelServer> StartAsync(ScriptedModelServerOptions? options = null)
    {
        var server = new ScriptedModelServer(options ?? new ScriptedModelServerOptions());
        await server.app.StartAsync();
        var address = server.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        server.Endpoint = new Uri(address.TrimEnd('/') + "/v1");
        return server;
    }

    /// <summary>Queues answers to the next chat requests, one each.</summary>
    public ScriptedModelServer Then(params IEnumerable<ModelReply> replies) => Queue(chats, replies);

    /// <summary>Queues answers to the next requests for embeddings, one each.</summary>
    public ScriptedModelServer ThenEmbeddings(params IEnumerable<ModelReply> replies) => Queue(embeddings, replies);

    /// <summary>The request with this number, from 1, once it has arrived.</summary>
    public async Task<ModelRequest> RequestAsync(int number, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task next;
            lock (recording)
            {
                if (requests.Count >= number)
                {
                    return requests[number - 1];
                }

                next = arrival.Task;
            }

            await next.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Ends all connections and listens no more: from now on they are refused. What was recorded stays.</summary>
    public async Task StopAsync()
    {
        await stopping.CancelAsync();
        await app.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await app.DisposeAsync();
        stopping.Dispose();
    }

    private ScriptedModelServer Queue(ConcurrentQueue<ModelReply> queue, IEnumerable<ModelReply> replies)
    {
        foreach (var reply in replies)
        {
            queue.Enqueue(reply);
        }

        return this;
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping.Token);
        var request = await ModelRequest.ReadAsync(context.Request, options.Time, ending.Token);
        Record(request);
        var exchange = new Exchange(context, request, ending.Token);
        try
        {
            await ReplyTo(request).WriteAsync(exchange);
            request.End(exchange.IsCut ? RequestEnd.Cut : RequestEnd.Answered);
        }
        catch (Exception)
        {
            request.End(context.RequestAborted.IsCancellationRequested ? RequestEnd.ClientGone : RequestEnd.Cut);
            context.Abort();
        }
    }

    private ModelReply ReplyTo(ModelRequest request)
    {
        if (RequestRules.Refusal(request, options) is { } refusal)
        {
            return refusal;
        }

        return (request.Method, request.Path) switch
        {
            ("POST", ChatPath) => RequestRules.ChatRefusal(request, options) ?? Next(chats, Chat, request),
            ("POST", EmbeddingsPath) => RequestRules.EmbeddingsRefusal(request, options) ?? Next(embeddings, Embeddings, request),
            ("GET", ModelsPath) => new ModelListReply(options.Models),
            (_, ChatPath or EmbeddingsPath or ModelsPath) => ModelReply.Error(
                405, $"Not allowed to {request.Method} on {request.Path}.", "invalid_request_error", code: "method_not_supported"),
            _ => ModelReply.Error(404, $"Invalid URL ({request.Method} {request.Path})", "invalid_request_error"),
        };
    }

    private static ModelReply Next(ConcurrentQueue<ModelReply> queue, Func<ModelRequest, ModelReply> otherwise, ModelRequest request)
    {
        if (queue.TryDequeue(out var next))
        {
            return next;
        }

        try
        {
            return otherwise(request);
        }
        catch (Exception exception)
        {
            return ModelReply.Error(500, $"The script of the test failed: {exception.Message}", "server_error");
        }
    }

    private void Record(ModelRequest request)
    {
        TaskCompletionSource arrived;
        lock (recording)
        {
            requests.Add(request);
            (arrived, arrival) = (arrival, NewArrival());
        }

        arrived.SetResult();
    }

    private static TaskCompletionSource NewArrival() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>A request that is being answered.</summary>
internal sealed class Exchange(HttpContext context, ModelRequest request, CancellationToken ending)
{
    public HttpResponse Response => context.Response;

    public ModelRequest Request => request;

    /// <summary>The client has gone or the server stops.</summary>
    public CancellationToken Ending => ending;

    /// <summary>The connection was ended on purpose before the answer was whole.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Ends the connection as a crash of the server does.</summary>
    public void Cut()
    {
        IsCut = true;
        context.Abort();
    }

    /// <summary>Ends the body in good order, though what it says is not whole.</summary>
    public void EndEarly() => IsCut = true;

    /// <summary>Sends a piece of the body at once.</summary>
    public async Task SendAsync(string text)
    {
        await Response.WriteAsync(text, ending);
        await Response.Body.FlushAsync(ending);
    }

    /// <summary>Sends each piece on its own, not gathered with others.</summary>
    public void Unbuffered() => context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
}

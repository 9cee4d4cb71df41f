using System.Text.Json;
using System.Text.RegularExpressions;

namespace Assistant.Testing.ModelServer;

/// <summary>A tool that a model wants called.</summary>
/// <param name="Function">Its name.</param>
/// <param name="Arguments">What the model makes of its arguments: JSON, or not.</param>
public sealed record ScriptedToolCall(string Function, string Arguments);

/// <summary>How a scripted answer ends.</summary>
public enum StreamEnd
{
    /// <summary>As it should.</summary>
    Whole,

    /// <summary>The connection breaks.</summary>
    Reset,

    /// <summary>The body is over, in good order, before the answer is.</summary>
    Early,

    /// <summary>A piece that is no JSON, and nothing after it.</summary>
    BrokenJson,
}

/// <summary>What a model says, piece by piece: a stream of chunks, or one body when the request asks for no stream.</summary>
/// <param name="Content">The pieces; they may go on for ever.</param>
public sealed partial record TextReply(IEnumerable<string> Content) : ModelReply
{
    private const string Place = "@content@";

    /// <summary>Why the model stopped.</summary>
    public string FinishReason { get; init; } = "stop";

    /// <summary>What every piece waits at, and after them the end, be it as it should or not; null for nothing.</summary>
    public Gate? Gate { get; init; }

    /// <summary>Text of a refusal.</summary>
    public string? Refusal { get; init; }

    /// <summary>A tool that the model wants called after its text.</summary>
    public ScriptedToolCall? Tool { get; init; }

    /// <summary>How the answer ends.</summary>
    public StreamEnd End { get; init; } = StreamEnd.Whole;

    /// <summary>After how many pieces it ends when not as it should.</summary>
    public int EndAfter { get; init; }

    /// <summary>The same text, a piece for each character.</summary>
    public TextReply ByCharacter() => this with { Content = [.. Content.SelectMany(piece => piece.EnumerateRunes()).Select(rune => rune.ToString())] };

    /// <summary>The same text in one piece.</summary>
    public TextReply AtOnce() => this with { Content = [string.Concat(Content)] };

    /// <summary>Every piece, and then the end, waits at <paramref name="gate"/>.</summary>
    public TextReply Through(Gate gate) => this with { Gate = gate };

    /// <summary>The connection breaks after some pieces. Whether the client has seen them by then is certain only with a <see cref="Gate"/>.</summary>
    public TextReply CutAfter(int pieces) => this with { End = StreamEnd.Reset, EndAfter = pieces };

    /// <summary>The body is over after some pieces, as when a proxy gives up: no finish reason, no end mark.</summary>
    public TextReply OverAfter(int pieces) => this with { End = StreamEnd.Early, EndAfter = pieces };

    /// <summary>What comes after some pieces is no JSON.</summary>
    public TextReply BrokenAfter(int pieces) => this with { End = StreamEnd.BrokenJson, EndAfter = pieces };

    internal static IReadOnlyList<string> Words(string text) => [.. Word().Matches(text).Select(match => match.Value)];

    private protected override Task WriteBodyAsync(Exchange exchange) => exchange.Request.IsStreamed ? StreamAsync(exchange) : WholeAsync(exchange);

    private async Task StreamAsync(Exchange exchange)
    {
        exchange.Response.ContentType = "text/event-stream; charset=utf-8";
        exchange.Response.Headers.CacheControl = "no-cache";
        exchange.Unbuffered();
        var chunks = new ChunkShapes(exchange.Request);
        await exchange.SendAsync(chunks.First());
        if (!await SendPiecesAsync(exchange, chunks.Content))
        {
            return;
        }

        if (Refusal is not null)
        {
            await exchange.SendAsync(chunks.Refusal(Refusal));
        }

        if (Tool is not null)
        {
            await exchange.SendAsync(chunks.ToolCall(Tool));
        }

        await exchange.SendAsync(chunks.Last(FinishReason, SentLength(exchange)));
    }

    private async Task WholeAsync(Exchange exchange)
    {
        exchange.Response.ContentType = "application/json";
        var head = Whole(exchange.Request, 0);
        var place = head.IndexOf(Place, StringComparison.Ordinal);
        if (place < 0)
        {
            await exchange.SendAsync(head);
            return;
        }

        await exchange.SendAsync(head[..place]);
        if (await SendPiecesAsync(exchange, piece => JsonSerializer.Serialize(piece)[1..^1]))
        {
            var tail = Whole(exchange.Request, SentLength(exchange));
            await exchange.SendAsync(tail[(place + Place.Length)..]);
        }
    }

    /// <summary>Sends the pieces; false when the answer ended before it was whole.</summary>
    private async Task<bool> SendPiecesAsync(Exchange exchange, Func<string, string> shape)
    {
        var pieces = 0;
        using var content = Content.GetEnumerator();
        while (true)
        {
            if (Gate is not null)
            {
                await Gate.PassAsync(exchange.Ending);
            }

            if (End != StreamEnd.Whole && pieces == EndAfter)
            {
                await BreakOffAsync(exchange);
                return false;
            }

            if (!content.MoveNext())
            {
                return true;
            }

            exchange.Request.RecordSent(content.Current);
            await exchange.SendAsync(shape(content.Current));
            pieces++;
        }
    }

    private async Task BreakOffAsync(Exchange exchange)
    {
        switch (End)
        {
            case StreamEnd.Reset:
                exchange.Cut();
                break;
            case StreamEnd.Early:
                exchange.EndEarly();
                break;
            case StreamEnd.BrokenJson:
                await exchange.SendAsync(exchange.Request.IsStreamed ? "data: {\"id\":\"chatcmpl-broken\",\"choices\":[{\"del\n\n" : "\"]]");
                exchange.EndEarly();
                break;
            default:
                throw new InvalidOperationException($"'{End}' is no way to break off.");
        }
    }

    private string Whole(ModelRequest request, int length) => OpenAiJson.Completion(
        request, Refusal is null && Tool is null ? Place : null, Refusal, Tool, FinishReason, length).ToJsonString();

    private static int SentLength(Exchange exchange) => exchange.Request.Sent.Sum(piece => piece.Text.Length);

    /// <summary>A word with the white space before it, so that pieces look like a tokenizer's.</summary>
    [GeneratedRegex(@"\s*\S+|\s+\z")]
    private static partial Regex Word();
}

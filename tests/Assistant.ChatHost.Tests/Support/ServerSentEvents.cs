using System.Net.ServerSentEvents;

namespace Assistant.ChatHost.Tests.Support;

internal static class ServerSentEvents
{
    /// <summary>Asks for events and reads them all.</summary>
    public static async Task<IReadOnlyList<SseItem<string>>> AskForEventsAsync(this HttpClient client, string path, string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, HttpHelp.Cancellation);
        Assert.True(response.IsSuccessStatusCode, await Text(response));
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        var events = new List<SseItem<string>>();
        await foreach (var item in SseParser.Create(await response.Content.ReadAsStreamAsync(HttpHelp.Cancellation)).EnumerateAsync(HttpHelp.Cancellation))
        {
            events.Add(item);
        }

        return events;
    }

    private static async Task<string> Text(HttpResponseMessage response) =>
        response.IsSuccessStatusCode ? "" : await response.Content.ReadAsStringAsync(HttpHelp.Cancellation);
}

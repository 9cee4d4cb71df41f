namespace Assistant.ChatHost.Tests.Support;

/// <summary>Tests on a host of their own, in memory, whose index is ready.</summary>
public abstract class HostTests(params (string Key, string Value)[] settings) : IAsyncLifetime
{
    private protected TestHost Host { get; } = new(null, settings);

    private protected HttpClient Client => field ??= Host.CreateClient();

    public async ValueTask InitializeAsync() => await TestHost.WaitUntilReadyAsync(Client);

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

namespace Assistant.ChatHost.Tests.Support;

/// <summary>One host in this process, on a port of its own, for all tests of a class that only ask it.</summary>
public class SharedHost : IAsyncLifetime
{
    private readonly (string Key, string Value)[] settings;
    private TestHost? host;
    private HttpClient? client;
    private Uri? address;

    public SharedHost()
        : this([])
    {
    }

    private protected SharedHost(params (string Key, string Value)[] settings) => this.settings = settings;

    internal TestHost Host => host!;

    internal HttpClient Client => client!;

    internal Uri Address => address!;

    public async ValueTask InitializeAsync() => (host, client, address) = await TestHost.StartServerAsync(null, settings);

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

/// <summary>Tests on a host that they share.</summary>
public abstract class SharedHostTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private protected TestHost Host => shared.Host;

    private protected HttpClient Client => shared.Client;
}

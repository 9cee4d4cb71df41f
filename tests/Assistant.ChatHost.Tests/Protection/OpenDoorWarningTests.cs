using Assistant.ChatHost.Protection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Assistant.ChatHost.Tests.Protection;

public sealed class OpenDoorWarningTests
{
    [Theory]
    [InlineData("http://0.0.0.0:5080", null, true)]
    [InlineData("http://[::]:5080", null, true)]
    [InlineData("http://*:5080", null, true)]
    [InlineData("http://0.0.0.0:5080", "a-key-of-this-test", false)]
    [InlineData("http://127.0.0.1:5080", null, false)]
    [InlineData("http://[::1]:5080", null, false)]
    [InlineData("http://localhost:5080", null, false)]
    public async Task Listening_to_the_network_without_a_key_is_warned_of(string address, string? key, bool warns)
    {
        using var server = new Listening(address);
        var log = new Warnings();

        await new OpenDoorWarning(server, Options.Create(new HttpOptions { ApiKeys = key is null ? [] : [key] }), log).StartedAsync(TestContext.Current.CancellationToken);

        Assert.Equal(warns ? 1 : 0, log.Messages.Count);
        Assert.All(log.Messages, message => Assert.Contains(address, message, StringComparison.Ordinal));
    }

    private sealed class Listening : IServer
    {
        public Listening(string address)
        {
            var addresses = new ServerAddressesFeature();
            addresses.Addresses.Add(address);
            Features.Set<IServerAddressesFeature>(addresses);
        }

        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }

    private sealed class Warnings : ILogger<OpenDoorWarning>
    {
        public List<string> Messages { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Messages.Add(formatter(state, exception));
    }
}

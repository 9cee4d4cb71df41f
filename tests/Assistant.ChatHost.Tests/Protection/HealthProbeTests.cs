using Assistant.ChatHost.Health;
using Assistant.ChatHost.Tests.Support;

namespace Assistant.ChatHost.Tests.Protection;

public sealed class HealthProbeTests
{
    [Theory]
    [InlineData("http://localhost:5080/")]
    [InlineData("http://127.0.0.1:81/", "--urls", "http://0.0.0.0:81")]
    [InlineData("http://127.0.0.1:82/", "--urls", "https://*:81;http://+:82")]
    [InlineData("http://127.0.0.1:83/", "--urls", "http://[::]:83")]
    [InlineData("http://localhost:84/", "--http_ports", "84;85")]
    [InlineData("http://127.0.0.1:86/", "--Kestrel:Endpoints:Http:Url", "http://*:86", "--urls", "http://localhost:87")]
    [InlineData(null, "--urls", "https://localhost:88")]
    [InlineData(null, "--https_ports", "89")]
    public void The_host_is_asked_where_its_settings_let_it_listen(string? address, params string[] settings) =>
        Assert.Equal(address, HealthProbe.Address(settings)?.AbsoluteUri);

    [Fact]
    public async Task A_host_that_is_not_there_is_told_in_a_line()
    {
        var (exitCode, output, error) = await Programs.RunAsync(
            AppContext.BaseDirectory, "dotnet", Path.Combine(AppContext.BaseDirectory, "Assistant.ChatHost.dll"), "--health", "live", "--urls", "http://127.0.0.1:1");
        Assert.Equal((1, ""), (exitCode, output));
        Assert.StartsWith("Nothing answers at http://127.0.0.1:1/: ", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }
}

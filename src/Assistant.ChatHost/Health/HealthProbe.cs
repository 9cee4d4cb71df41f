namespace Assistant.ChatHost.Health;

/// <summary>
/// Asks the host that runs beside it how it is, with the same environment: <c>--health</c> for ready, <c>--health live</c> for live.
/// A container without a shell has no other program to ask with.
/// </summary>
internal static class HealthProbe
{
    private const string Option = "--health";

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <summary>Whether the host is only to be asked.</summary>
    public static bool IsAskedFor(string[] args) => args is [Option, ..];

    /// <summary>Asks, and tells what the answer is.</summary>
    /// <returns>The exit code: 0 when the host says that it is well, else 1.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var (check, settings) = args switch
        {
            [_, "live" or "ready", ..] => (args[1], args[2..]),
            _ => ("ready", args[1..]),
        };
        if (Address(settings) is not { } address)
        {
            await Console.Error.WriteLineAsync($"The host listens on https only; ask its /health/{check} from outside.");
            return 1;
        }

        using var client = new HttpClient { Timeout = LongestWait };
        try
        {
            using var response = await client.GetAsync(new Uri(address, $"/health/{check}"));
            await Console.Out.WriteLineAsync(await response.Content.ReadAsStringAsync());
            return response.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"Nothing answers at {address}: {exception.Message}");
            return 1;
        }
    }

    /// <summary>Where the host listens that has the same settings, from this machine; null when not over http.</summary>
    internal static Uri? Address(string[] settings)
    {
        // The sources of the web host, in its order.
        var configuration = new ConfigurationBuilder()
            .SetBasePath(Directory.GetCurrentDirectory())
            .AddEnvironmentVariables("ASPNETCORE_")
            .AddJsonFile("appsettings.json", optional: true)
            .AddEnvironmentVariables()
            .AddCommandLine(settings)
            .Build();
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>();
        string[] addresses =
        [
            .. endpoints,
            .. Split(configuration["urls"]),
            .. Split(configuration["http_ports"]).Select(port => $"http://localhost:{port}"),
        ];
        return (addresses.Length == 0 && configuration["https_ports"] is null ? [Startup.DefaultUrl] : addresses)
            .Select(BindingAddress.Parse)
            .Where(address => address.Scheme == Uri.UriSchemeHttp)
            .Select(address => new UriBuilder(address.Scheme, HostOf(address), address.Port).Uri)
            .FirstOrDefault();
    }

    /// <summary>Every address of the machine is written as one of these; this machine is then asked at the loopback one.</summary>
    private static string HostOf(BindingAddress address) => address.Host is "+" or "*" or "0.0.0.0" or "[::]" ? "127.0.0.1" : address.Host;

    private static string[] Split(string? list) => (list ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

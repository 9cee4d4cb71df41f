using System.Net;
using Assistant.ChatHost.Problems;
using Microsoft.Extensions.Options;

namespace Assistant.ChatHost.Protection;

/// <summary>
/// Refuses foreign host names on the loopback address while no key is needed: a web page could otherwise point its own name at this
/// machine (DNS rebinding) and read the documents through its visitor's browser.
/// </summary>
internal static class HostCheck
{
    public static void UseHostCheck(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<HttpOptions>>();
        app.Use((context, next) => IsAllowed(context, options.Value)
            ? next(context)
            : throw new RequestRefusedException(
                $"This host is not known as '{Problem.Shorten(context.Request.Host.Host)}'. Call it localhost, or set Assistant:Http:PublicUrl to its public address.",
                StatusCodes.Status421MisdirectedRequest));
    }

    private static bool IsAllowed(HttpContext context, HttpOptions options)
    {
        if (options.ApiKeys.Count > 0 || context.Connection.LocalIpAddress is not { } local || !IPAddress.IsLoopback(local))
        {
            return true;
        }

        var host = context.Request.Host.Host;
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address))
            || (options.PublicUrl is { } url && host.Equals(new Uri(url).IdnHost, StringComparison.OrdinalIgnoreCase));
    }
}

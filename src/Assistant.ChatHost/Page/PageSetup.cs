using Assistant.ChatHost.Protection;

namespace Assistant.ChatHost.Page;

/// <summary>The web page: static files beside the program.</summary>
internal static class PageSetup
{
    /// <summary>Where a client reaches the page.</summary>
    public static Uri Address(HttpRequest request, HttpOptions options) =>
        new(options.PublicUrl is { } configured ? configured.TrimEnd('/') + '/' : $"{request.Scheme}://{request.Host}{request.PathBase}/");

    public static void UsePage(this WebApplication app)
    {
        app.UseDefaultFiles();
        // Modules of two releases must not mix: a browser asks each time, and an ETag spares it the file.
        app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "no-cache" });
    }
}

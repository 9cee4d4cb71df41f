namespace Assistant.ChatHost.Page;

/// <summary>The web page: static files beside the program.</summary>
internal static class PageSetup
{
    public static void UsePage(this WebApplication app)
    {
        app.UseDefaultFiles();
        app.UseStaticFiles();
    }
}

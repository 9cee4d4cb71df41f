using Microsoft.Playwright;

namespace Assistant.ChatHost.Tests.Page;

/// <summary>The installed Chromium; nothing is downloaded.</summary>
internal static class Browser
{
    private const string Variable = "CHROME_PATH";

    private static readonly string[] WellKnownPaths =
    [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe",
    ];

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    /// <summary>Its path; null where there is none.</summary>
    public static string? Path { get; } = WellKnownPaths.Prepend(Environment.GetEnvironmentVariable(Variable)).FirstOrDefault(File.Exists);

    public static string Needed => $"needs Chromium or Chrome, which is not installed (or name it in {Variable})";

    public static Task<IBrowser> StartAsync(IPlaywright playwright) =>
        playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Path, Args = Arguments });
}

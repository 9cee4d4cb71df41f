using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;

namespace Assistant.ChatHost.Tests.Page;

/// <summary>One host and one browser for all tests of the page; every test has a browser profile of its own.</summary>
public sealed class PageSite : IAsyncLifetime
{
    /// <summary>What is waited for is there at once, or on a busy machine much later; only what never comes takes this long, in milliseconds.</summary>
    private const float Patience = 60_000;

    private readonly PageCorpus corpus = new();
    private HostProcess? host;
    private IPlaywright? playwright;
    private IBrowser? browser;
    private HttpClient? client;

    public async ValueTask InitializeAsync()
    {
        if (Browser.Path is not null)
        {
            host = await HostProcess.StartAsync(corpus.Root);
            client = new HttpClient { BaseAddress = host.Address };
            playwright = await Playwright.CreateAsync();
            Assertions.SetDefaultExpectTimeout(Patience);
            browser = await Browser.StartAsync(playwright);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
        client?.Dispose();
        if (host is not null)
        {
            await host.DisposeAsync();
        }

        corpus.Dispose();
    }

    /// <summary>
    /// Opens the page and lets <paramref name="test"/> use it; afterwards nothing may have gone wrong in it: no dialog, no script
    /// error, no breach of the Content-Security-Policy, no request to where the page has no business.
    /// </summary>
    internal async Task OnPageAsync(
        Func<OpenPage, Task> test, string query = "", BrowserNewContextOptions? options = null, Uri? address = null, bool mayFail = false)
    {
        Assert.SkipWhen(Browser.Path is null, Browser.Needed);
        await using var context = await browser!.NewContextAsync(Complete(options ?? new()));
        context.SetDefaultTimeout(Patience);
        var page = new OpenPage(await context.NewPageAsync(), address ?? host!.Address);
        await page.GoAsync(query);
        await test(page);
        if (!mayFail)
        {
            Assert.Empty(page.Troubles);
        }
    }

    /// <summary>What the host answers to a question, for comparison with what the page shows.</summary>
    internal async Task<JsonElement> AnswerAsync(string question)
    {
        Assert.SkipWhen(Browser.Path is null, Browser.Needed);
        using var response = await client!.PostAsJsonAsync("api/chat", new { question }, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    internal async Task<JsonElement> GetAsync(string path)
    {
        Assert.SkipWhen(Browser.Path is null, Browser.Needed);
        return await client!.GetFromJsonAsync<JsonElement>(path, TestContext.Current.CancellationToken);
    }

    private static BrowserNewContextOptions Complete(BrowserNewContextOptions options)
    {
        options.Permissions = ["clipboard-read", "clipboard-write"];
        options.ViewportSize ??= new ViewportSize { Width = 1280, Height = 800 };
        options.ReducedMotion = ReducedMotion.Reduce;
        options.Locale = "en-GB";
        return options;
    }
}

[CollectionDefinition(nameof(PageSite))]
public sealed class SharedPageSite : ICollectionFixture<PageSite>;

using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Assistant.ChatHost.Tests.Page;

/// <summary>The page as a person uses it.</summary>
internal sealed class OpenPage
{
    private readonly List<string> troubles = [];
    private readonly Uri address;

    public OpenPage(IPage page, Uri address)
    {
        Page = page;
        this.address = address;
        page.Dialog += async (_, dialog) =>
        {
            troubles.Add($"dialog: {dialog.Message}");
            await dialog.DismissAsync();
        };
        page.PageError += (_, error) => troubles.Add($"script error: {error}");
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                troubles.Add($"console: {message.Text}");
            }
        };
        page.Request += (_, request) =>
        {
            var url = new Uri(request.Url);
            if (url.Authority != address.Authority || url.AbsolutePath.EndsWith("/attack", StringComparison.Ordinal))
            {
                troubles.Add($"request: {request.Url}");
            }
        };
    }

    public IPage Page { get; }

    /// <summary>What went wrong in the page so far.</summary>
    public IReadOnlyList<string> Troubles => troubles;

    public ILocator Question => Page.GetByLabel("Your question");

    public ILocator LastTurn => Page.Locator(".turn").Last;

    public ILocator Panel => Page.Locator("#panel");

    public ILocator Status => Page.GetByRole(AriaRole.Status);

    public Task GoAsync(string query) => Page.GotoAsync(new Uri(address, query).AbsoluteUri);

    /// <summary>Asks and waits until the answer is complete.</summary>
    public async Task AskAsync(string question)
    {
        var turns = await Page.Locator(".turn").CountAsync();
        await Question.FillAsync(question);
        await Question.PressAsync("Enter");
        await Expect(Page.Locator(".turn")).ToHaveCountAsync(turns + 1);
        await AnsweredAsync();
    }

    public Task AnsweredAsync() => Expect(LastTurn.Locator(".answer-body")).ToHaveAttributeAsync("aria-busy", "false");

    public ILocator Cite(int number) => LastTurn.Locator($".cite[data-number='{number}']");

    /// <summary>The marked text, once the panel shows the source that begins there.</summary>
    public async Task<string> MarkedAsync(int start)
    {
        await Expect(Panel.Locator(".proof")).ToContainTextAsync($"characters {(start + 1).ToString("N0", System.Globalization.CultureInfo.InvariantCulture)}–");
        return string.Concat(await Panel.Locator("mark").AllTextContentsAsync());
    }

    /// <summary>Whether the page is as wide as what it is shown in.</summary>
    public Task<bool> FitsAsync() => Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth");

    /// <summary>Presses the Tab key until the focus is on what <paramref name="selector"/> finds.</summary>
    public Task TabToAsync(string selector) => PressUntilFocusAsync("Tab", selector);

    /// <summary>The same backwards.</summary>
    public Task TabBackToAsync(string selector) => PressUntilFocusAsync("Shift+Tab", selector);

    private async Task PressUntilFocusAsync(string keys, string selector)
    {
        for (var presses = 0; presses < 40; presses++)
        {
            await Page.Keyboard.PressAsync(keys);
            if (await Page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector))
            {
                return;
            }
        }

        Assert.Fail($"{keys} does not reach {selector}.");
    }
}

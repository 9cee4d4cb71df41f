using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Assistant.ChatHost.Tests.Page;

[Collection(nameof(PageSite))]
public sealed class SafetyTests(PageSite site)
{
    private const string Question = "How fast does the turbine spin?";

    [Fact]
    public async Task Markup_in_a_documents_text_title_and_name_is_shown_as_text_and_runs_nothing()
    {
        var citation = (await site.AnswerAsync(Question)).GetProperty("citations")[0];
        var (title, quote) = (citation.GetProperty("title").GetString()!, citation.GetProperty("quote").GetString()!);
        Assert.Contains("<img src=attack", title, StringComparison.Ordinal);
        Assert.Contains("<img src=attack", quote, StringComparison.Ordinal);
        Assert.Equal(PageCorpus.Hostile, citation.GetProperty("documentId").GetString());
        await site.OnPageAsync(async page =>
        {
            await Expect(page.Page.Locator("#library .document", new() { HasText = PageCorpus.Hostile })).ToContainTextAsync(title);
            await Expect(page.Page.Locator(".example", new() { HasText = "<script>" })).ToBeVisibleAsync();

            await page.AskAsync(Question);
            await page.Cite(1).ClickAsync();
            Assert.Equal(quote, await page.MarkedAsync(citation.GetProperty("start").GetInt32()));
            await Expect(page.Panel.Locator(".panel-title")).ToHaveTextAsync(title);
            await Expect(page.Panel.Locator(".facts.file")).ToHaveTextAsync(PageCorpus.Hostile);
            await Expect(page.LastTurn.Locator(".answer")).ToContainTextAsync("<img src=attack");
            await page.Panel.GetByRole(AriaRole.Button, new() { Name = "Documents" }).ClickAsync();
            await Expect(page.Panel.Locator(".document", new() { HasText = PageCorpus.Hostile })).ToBeVisibleAsync();

            await Expect(page.Page.Locator("img, body script, iframe, [onerror]")).ToHaveCountAsync(0);
        });
    }

    [Fact]
    public Task Markup_in_a_question_is_shown_as_text_and_runs_nothing() => site.OnPageAsync(
        async page =>
        {
            await page.AnsweredAsync();
            await Expect(page.LastTurn.Locator(".question")).ToHaveTextAsync(PageCorpus.Attack);
            await page.AskAsync("<script>alert(5)</script> What did European states urge?");
            await Expect(page.LastTurn.Locator(".question")).ToHaveTextAsync("<script>alert(5)</script> What did European states urge?");
            await Expect(page.Page.Locator("img, body script, [onerror]")).ToHaveCountAsync(0);
        },
        $"?q={Uri.EscapeDataString(PageCorpus.Attack)}");

    [Fact]
    public async Task A_key_is_asked_for_only_where_one_is_needed_and_is_kept_in_the_tab()
    {
        Assert.SkipWhen(Browser.Path is null, Browser.Needed);
        const string Key = "a-key-of-the-tests-0123456789";
        using var corpus = new PageCorpus();
        await using var host = await HostProcess.StartAsync(corpus.Root, $"--Assistant:Http:ApiKeys:0={Key}");
        await site.OnPageAsync(
            async page =>
            {
                var field = page.Page.GetByLabel("API key");
                await field.FillAsync("a-wrong-key-0123456789");
                await field.PressAsync("Enter");
                await Expect(page.Page.GetByRole(AriaRole.Heading, new() { Name = "That key was not accepted" })).ToBeVisibleAsync();
                await field.FillAsync(Key);
                await field.PressAsync("Enter");
                await Expect(page.Page.Locator("#library .document").First).ToBeVisibleAsync();
                await page.AskAsync("What did European states urge?");
                await Expect(page.LastTurn.Locator(".cite")).ToHaveCountAsync(1);

                await page.Page.ReloadAsync();
                await page.AnsweredAsync();
                await Expect(page.LastTurn.Locator(".cite")).ToHaveCountAsync(1);
                await Expect(field).ToBeHiddenAsync();
                Assert.Equal(0, await page.Page.EvaluateAsync<int>("localStorage.length + document.cookie.length"));
                Assert.All(page.Troubles, trouble => Assert.Contains("401", trouble, StringComparison.Ordinal));
            },
            address: host.Address, mayFail: true);

        await site.OnPageAsync(async page =>
        {
            await page.AskAsync("What did European states urge?");
            await Expect(page.Page.GetByLabel("API key")).ToBeHiddenAsync();
        });
    }

    [Fact]
    public Task A_failed_question_says_why_and_can_be_asked_again() => site.OnPageAsync(
        async page =>
        {
            await page.Page.RouteAsync("**/api/chat", route => route.AbortAsync());
            await page.AskAsync("What did European states urge?");
            await Expect(page.LastTurn.Locator(".is-error")).ToContainTextAsync("The server cannot be reached.");
            await Expect(page.Status).ToContainTextAsync("The server cannot be reached.");

            await page.Page.UnrouteAsync("**/api/chat");
            await page.LastTurn.GetByRole(AriaRole.Button, new() { Name = "Ask again" }).ClickAsync();
            await Expect(page.LastTurn.Locator(".cite")).ToHaveCountAsync(1);
            await Expect(page.Page.Locator(".turn")).ToHaveCountAsync(1);
        },
        mayFail: true);

    [Fact]
    public Task A_question_can_be_stopped() => site.OnPageAsync(
        async page =>
        {
            await page.Page.RouteAsync("**/api/chat", _ => Task.CompletedTask);
            await page.Question.FillAsync("What did European states urge?");
            await page.Question.PressAsync("Enter");
            await page.Page.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
            await page.AnsweredAsync();
            await Expect(page.LastTurn.GetByText("Stopped.")).ToBeVisibleAsync();
            await Expect(page.Page.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true })).ToBeVisibleAsync();
        });

    [Fact]
    public Task While_the_index_is_being_built_the_page_asks_again_by_itself() => site.OnPageAsync(
        async page =>
        {
            var isBuilt = false;
            await page.Page.RouteAsync("**/api/chat", async route =>
            {
                if (isBuilt)
                {
                    await route.ContinueAsync();
                    return;
                }

                isBuilt = true;
                await route.FulfillAsync(new()
                {
                    Status = 503,
                    Headers = [new("Retry-After", "1"), new("Content-Type", "application/problem+json")],
                    Body = """{"status":503,"detail":"The index is being built for the first time."}""",
                });
            });
            await page.Question.FillAsync("What did European states urge?");
            await page.Question.PressAsync("Enter");
            await Expect(page.LastTurn.Locator(".progress")).ToContainTextAsync("The index is being built for the first time.");
            await Expect(page.LastTurn.Locator(".cite")).ToHaveCountAsync(1);
        },
        mayFail: true);
}

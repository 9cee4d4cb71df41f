using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Assistant.ChatHost.Tests.Page;

[Collection(nameof(PageSite))]
public sealed partial class SourceTests(PageSite site)
{
    /// <param name="question">What is asked.</param>
    /// <param name="surrogates">Fewest surrogates in front of the quotes: where there are some, code points and code units differ.</param>
    [Theory]
    [InlineData("Which proposals are on the table?", 0)]
    [InlineData("How long do repairs of the lock take?", 2)]
    public async Task A_citation_opens_the_document_with_exactly_its_quote_marked_and_in_view(string question, int surrogates)
    {
        var citations = (await site.AnswerAsync(question)).GetProperty("citations").EnumerateArray().ToList();
        Assert.NotEmpty(citations);
        await site.OnPageAsync(async page =>
        {
            await page.AskAsync(question);
            foreach (var citation in citations)
            {
                await page.Cite(citation.GetProperty("number").GetInt32()).ClickAsync();

                Assert.Equal(citation.GetProperty("quote").GetString(), await page.MarkedAsync(citation.GetProperty("start").GetInt32()));
                await Expect(page.Panel.GetByText("Verified quote")).ToBeVisibleAsync();
                await Expect(page.Panel.Locator("mark").First).ToBeInViewportAsync();
                await Expect(page.Panel.Locator(".panel-title")).ToHaveTextAsync(citation.GetProperty("title").GetString()!);
                var id = string.Join('/', citation.GetProperty("documentId").GetString()!.Split('/').Select(Uri.EscapeDataString));
                var text = (await site.GetAsync($"api/documents/{id}")).GetProperty("text").GetString()!;
                Assert.Equal(text, await page.Panel.Locator(".text").TextContentAsync());
                Assert.True(text[..citation.GetProperty("start").GetInt32()].Count(char.IsSurrogate) >= surrogates);
            }
        });
    }

    [Fact]
    public async Task Pointing_at_a_citation_shows_its_source_and_leaves_the_focus_where_it_is()
    {
        const string Question = "Which proposals are on the table?";
        var second = (await site.AnswerAsync(Question)).GetProperty("citations")[1];
        await site.OnPageAsync(async page =>
        {
            await page.AskAsync(Question);
            await Expect(page.Cite(1)).ToHaveClassAsync(Shown());
            await page.Cite(2).HoverAsync();

            await Expect(page.Cite(2)).ToHaveClassAsync(Shown());
            await Expect(page.Cite(1)).Not.ToHaveClassAsync(Shown());
            Assert.Equal(second.GetProperty("quote").GetString(), await page.MarkedAsync(second.GetProperty("start").GetInt32()));
            await Expect(page.Question).ToBeFocusedAsync();
        });
    }

    [Fact]
    public Task The_documents_are_listed_with_version_and_date_and_open_with_their_outline() => site.OnPageAsync(async page =>
    {
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Documents", Exact = true }).ClickAsync();
        var documents = page.Panel.Locator(".document");
        await Expect(documents).ToHaveCountAsync(3);
        var talks = documents.Filter(new() { HasText = "Talks on Guarantees" });
        await Expect(talks).ToContainTextAsync(PageCorpus.Talks);
        await Expect(talks).ToContainTextAsync("Version 1 · added");
        await Expect(talks).ToContainTextAsync(Year());

        await talks.ClickAsync();
        await page.Panel.GetByText("Outline").ClickAsync();
        var outline = page.Panel.Locator(".outline li");
        Assert.Equal(
            ["Who Is in the Coalition?", "Proposals on the Table", "Long-Term Assistance", "Pledges", "Differing Views", "European Caution", "Stronger Deterrence"],
            await outline.AllTextContentsAsync());
        await page.Page.SetViewportSizeAsync(1280, 420);
        await outline.GetByText("Stronger Deterrence").ClickAsync();
        await Expect(page.Panel.Locator(".text").GetByText("Stronger Deterrence")).ToBeInViewportAsync();
    });

    [Fact]
    public async Task A_link_to_an_old_version_shows_that_version_and_says_that_it_is_old()
    {
        Assert.SkipWhen(Browser.Path is null, Browser.Needed);
        using var corpus = new PageCorpus();
        await corpus.IngestAsync();
        corpus.Write(PageCorpus.Talks, "# Talks on Guarantees\n\nThe talks were moved to Rome.\n");
        await using var host = await HostProcess.StartAsync(corpus.Root);
        using var client = new HttpClient { BaseAddress = host.Address };
        await WaitForVersionAsync(client, 2);
        await site.OnPageAsync(
            async page =>
            {
                await Expect(page.Panel.Locator(".text")).ToContainTextAsync("Officials of a coalition gathered in Paris");
                await Expect(page.Panel.GetByText("The document has changed since this version.")).ToBeVisibleAsync();

                await page.Panel.GetByLabel("Version").SelectOptionAsync("2");
                await Expect(page.Panel.Locator(".text")).ToContainTextAsync("The talks were moved to Rome.");
                await Expect(page.Panel.GetByText("The document has changed since this version.")).ToHaveCountAsync(0);
            },
            $"?document={PageCorpus.Talks}&version=1", address: host.Address);
    }

    /// <summary>A host that has an index answers from it while it brings it in step.</summary>
    private static async Task WaitForVersionAsync(HttpClient client, int version)
    {
        while (true)
        {
            var text = await client.GetStringAsync($"api/documents/{PageCorpus.Talks}", TestContext.Current.CancellationToken);
            if (JsonDocument.Parse(text).RootElement.GetProperty("version").GetInt32() == version)
            {
                return;
            }

            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    [GeneratedRegex(@"\bis-shown\b")]
    private static partial Regex Shown();

    [GeneratedRegex(@"\b20[0-9]{2}\b")]
    private static partial Regex Year();
}

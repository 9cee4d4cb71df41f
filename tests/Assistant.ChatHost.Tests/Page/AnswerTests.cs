using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Assistant.ChatHost.Tests.Page;

[Collection(nameof(PageSite))]
public sealed class AnswerTests(PageSite site)
{
    private const string Caution = "What did European states urge?";
    private const string Unanswerable = "How many tanks did Spain deliver?";

    [Fact]
    public async Task An_answer_arrives_piece_by_piece_and_ends_with_its_verified_sources()
    {
        var expected = await site.AnswerAsync(Caution);
        await site.OnPageAsync(async page =>
        {
            // Notes every paragraph that shows the answer on its way.
            await page.Page.EvaluateAsync("""
                () => {
                  window.arriving = [];
                  new MutationObserver(records => records.flatMap(record => [...record.addedNodes])
                    .filter(node => node.matches?.(".is-arriving")).forEach(node => window.arriving.push(node)))
                    .observe(document.querySelector("#turns"), { childList: true, subtree: true });
                }
                """);
            var request = await page.Page.RunAndWaitForRequestAsync(() => page.AskAsync(Caution), "**/api/chat");
            Assert.Equal("text/event-stream", await request.HeaderValueAsync("accept"));

            Assert.Equal(expected.GetProperty("answer").GetString(), await page.Page.EvaluateAsync<string>("window.arriving.map(node => node.textContent).join('')"));
            await Expect(page.LastTurn.Locator(".cite")).ToHaveCountAsync(expected.GetProperty("citations").GetArrayLength());
            await Expect(page.LastTurn.Locator(".answer")).ToContainTextAsync("Some European states urged prudence");
            await Expect(page.LastTurn.Locator(".verified.is-verified")).ToContainTextAsync("verified word for word");
            await Expect(page.Status).ToContainTextAsync("Some European states urged prudence");
        });
    }

    [Theory]
    [InlineData(1, "Withheld: 1 sentence of the model that the documents do not prove.")]
    [InlineData(2, "Withheld: 2 sentences of the model that the documents do not prove.")]
    public Task Under_the_answer_stands_how_many_sentences_of_the_model_were_withheld(int withheld, string line) => site.OnPageAsync(async page =>
    {
        await page.AskAsync(Caution);
        await Expect(page.LastTurn.GetByText("Withheld")).ToHaveCountAsync(0);
        await page.Page.RouteAsync("**/api/chat", async route =>
        {
            var response = await route.FetchAsync();
            await route.FulfillAsync(new()
            {
                Response = response,
                Body = (await response.TextAsync()).Replace("\"elapsedMilliseconds\"", $"\"withheldSentences\":{withheld},\"elapsedMilliseconds\"", StringComparison.Ordinal),
            });
        });
        await page.AskAsync(Caution);
        await Expect(page.LastTurn.GetByText("Withheld")).ToHaveTextAsync(line);
    });

    [Fact]
    public async Task A_question_to_ask_next_is_asked_by_a_click()
    {
        var suggested = (await site.AnswerAsync(Caution)).GetProperty("suggestions").EnumerateArray()
            .Select(suggestion => suggestion.GetProperty("question").GetString()!).ToList();
        await site.OnPageAsync(async page =>
        {
            await page.AskAsync(Caution);
            var buttons = page.LastTurn.Locator(".suggestions button");
            Assert.Equal(suggested, await buttons.AllTextContentsAsync());

            await buttons.First.ClickAsync();
            await Expect(page.LastTurn).ToContainTextAsync(suggested[0]);
            await page.AnsweredAsync();
            await Expect(page.LastTurn.Locator(".cite").First).ToBeVisibleAsync();
        });
    }

    [Fact]
    public async Task A_question_without_an_answer_shows_what_is_missing_and_the_nearest_passages()
    {
        var expected = await site.AnswerAsync(Unanswerable);
        Assert.Equal("not-in-documents", expected.GetProperty("outcome").GetString());
        await site.OnPageAsync(async page =>
        {
            await page.AskAsync(Unanswerable);

            await Expect(page.LastTurn.GetByText("Not in the documents")).ToBeVisibleAsync();
            Assert.Equal(
                expected.GetProperty("missing").EnumerateArray().Select(word => word.GetString()),
                await page.LastTurn.Locator(".word").AllTextContentsAsync());
            var passages = page.LastTurn.Locator(".passage-text");
            var related = expected.GetProperty("related").EnumerateArray().ToList();
            Assert.Equal(related.Select(passage => passage.GetProperty("quote").GetString()), await passages.AllTextContentsAsync());
            await Expect(page.LastTurn.Locator(".cite, .verified")).ToHaveCountAsync(0);

            await passages.First.ClickAsync();
            Assert.Equal(related[0].GetProperty("quote").GetString(), await page.MarkedAsync(related[0].GetProperty("start").GetInt32()));
            await Expect(page.Panel.GetByText("Nearest passage")).ToBeVisibleAsync();
            await Expect(page.Panel.GetByText("Verified quote")).ToHaveCountAsync(0);
        });
    }

    [Fact]
    public Task A_follow_up_is_asked_with_what_was_said_and_a_new_conversation_without() => site.OnPageAsync(async page =>
    {
        await page.AskAsync(Caution);
        var followUp = await page.Page.RunAndWaitForRequestAsync(() => page.AskAsync("And the others?"), "**/api/chat");

        var history = JsonDocument.Parse(followUp.PostData!).RootElement.GetProperty("history");
        Assert.Equal(["user", "assistant"], history.EnumerateArray().Select(turn => turn.GetProperty("role").GetString()));
        Assert.Equal(Caution, history[0].GetProperty("content").GetString());
        Assert.Contains("Some European states urged prudence", history[1].GetProperty("content").GetString(), StringComparison.Ordinal);
        await Expect(page.LastTurn.Locator(".answer")).ToContainTextAsync("Others pushed for more robust commitments");
        await Expect(page.LastTurn.GetByText("Understood as")).ToContainTextAsync(Caution);

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "New conversation" }).ClickAsync();
        await Expect(page.Page.Locator(".turn")).ToHaveCountAsync(0);
        await Expect(page.Page.GetByRole(AriaRole.Heading, new() { Name = "Ask the documents" })).ToBeVisibleAsync();
        var fresh = await page.Page.RunAndWaitForRequestAsync(() => page.AskAsync("And the others?"), "**/api/chat");
        Assert.Equal(0, JsonDocument.Parse(fresh.PostData!).RootElement.GetProperty("history").GetArrayLength());
    });

    [Fact]
    public async Task A_shared_link_shows_the_answer_again_and_the_back_button_leads_back()
    {
        var link = "";
        await site.OnPageAsync(async page =>
        {
            await page.AskAsync(Caution);
            await page.AskAsync("And the others?");
            await page.LastTurn.GetByRole(AriaRole.Button, new() { Name = "Share link" }).ClickAsync();
            await Expect(page.LastTurn.GetByText("Link copied")).ToBeVisibleAsync();
            link = await page.Page.EvaluateAsync<string>("navigator.clipboard.readText()");
            Assert.Equal(link, page.Page.Url);

            await page.Page.GoBackAsync();
            await Expect(page.LastTurn.Locator(".question")).ToHaveTextAsync(Caution);
            await page.Page.GoBackAsync();
            await Expect(page.Page.Locator(".turn")).ToHaveCountAsync(0);
        });

        Assert.Contains("?q=", link, StringComparison.Ordinal);
        await site.OnPageAsync(
            async page =>
            {
                await page.AnsweredAsync();
                await Expect(page.LastTurn.Locator(".answer")).ToContainTextAsync("Others pushed for more robust commitments");
            },
            new Uri(link).Query);
    }

    [Fact]
    public async Task An_answer_is_copied_with_its_sources_as_text_and_as_Markdown()
    {
        var expected = await site.AnswerAsync(Caution);
        var citation = expected.GetProperty("citations")[0];
        await site.OnPageAsync(async page =>
        {
            await page.AskAsync(Caution);

            await page.LastTurn.GetByRole(AriaRole.Button, new() { Name = "Copy", Exact = true }).ClickAsync();
            await Expect(page.Status).ToHaveTextAsync("Copied");
            var text = await page.Page.EvaluateAsync<string>("navigator.clipboard.readText()");
            Assert.StartsWith($"{Caution}\n\n{expected.GetProperty("answer").GetString()}\n\nSources\n[1] ", text, StringComparison.Ordinal);
            Assert.Contains($"“{citation.GetProperty("quote").GetString()}” ({PageCorpus.Talks}, version 1, characters ", text, StringComparison.Ordinal);

            await page.LastTurn.GetByRole(AriaRole.Button, new() { Name = "Copy as Markdown" }).ClickAsync();
            await Expect(page.Status).ToHaveTextAsync("Markdown copied");
            var markdown = await page.Page.EvaluateAsync<string>("navigator.clipboard.readText()");
            Assert.StartsWith($"**{Caution}**\n\nSome European states urged prudence", markdown, StringComparison.Ordinal);
            var (start, end) = (citation.GetProperty("start").GetInt32(), citation.GetProperty("end").GetInt32());
            var address = new Uri(new Uri(page.Page.Url), $"/?document={PageCorpus.Talks}&version=1&start={start}&end={end}");
            Assert.Contains($"\n1. [Talks on Guarantees › Differing Views › European Caution]({address}): “", markdown, StringComparison.Ordinal);

            await page.GoAsync(address.Query);
            Assert.Equal(citation.GetProperty("quote").GetString(), await page.MarkedAsync(start));
        });
    }

    [Fact]
    public async Task An_empty_page_offers_questions_from_the_headings_and_a_click_asks_one()
    {
        var expected = await site.AnswerAsync("Who Is in the Coalition?");
        await site.OnPageAsync(async page =>
        {
            var examples = page.Page.Locator(".example");
            await Expect(examples.First).ToBeVisibleAsync();
            var texts = await examples.AllTextContentsAsync();
            Assert.InRange(texts.Count, 3, 6);
            Assert.Contains("Who Is in the Coalition?", texts);
            Assert.EndsWith("?", texts[0], StringComparison.Ordinal);
            Assert.True(texts.ToList().IndexOf("Who Is in the Coalition?") < texts.ToList().IndexOf("Proposals on the Table"));

            await examples.GetByText("Who Is in the Coalition?").ClickAsync();
            await page.AnsweredAsync();
            await Expect(page.LastTurn.Locator(".question")).ToHaveTextAsync("Who Is in the Coalition?");
            Assert.Equal(expected.GetProperty("citations").GetArrayLength(), await page.LastTurn.Locator(".cite").CountAsync());
            await Expect(page.LastTurn.Locator(".claim-text").First).ToHaveTextAsync(expected.GetProperty("citations")[0].GetProperty("quote").GetString()!);
        });
    }
}

using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Assistant.ChatHost.Tests.Page;

[Collection(nameof(PageSite))]
public sealed class AccessTests(PageSite site)
{
    private const string Question = "Which proposals are on the table?";
    private const string Unanswerable = "How many tanks did Spain deliver?";

    /// <summary>Visible texts whose contrast to what lies behind them is below WCAG 2.2 AA, and how many texts there are.</summary>
    private const string Contrast = """
        () => {
          const channels = color => color.match(/[\d.]+/g).map(Number);
          const luminance = ([r, g, b]) => [r, g, b].map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
            .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
          const behind = node => {
            for (; node; node = node.parentElement) {
              const color = channels(getComputedStyle(node).backgroundColor);
              if (color[3] !== 0) return color;
            }
            throw new Error("nothing behind");
          };
          const low = [];
          let count = 0;
          for (const node of document.querySelectorAll("body *")) {
            const text = node.localName === "textarea" ? node.placeholder : [...node.childNodes].filter(child => child.nodeType === 3).map(child => child.data).join("").trim();
            if (text === "" || ["script", "noscript"].includes(node.localName) || !node.checkVisibility()) continue;
            const style = node.localName === "textarea" ? getComputedStyle(node, "::placeholder") : getComputedStyle(node);
            if (channels(style.color)[3] !== undefined || style.opacity !== "1") throw new Error(`translucent: ${text}`);
            const [a, b] = [luminance(channels(style.color)), luminance(behind(node))];
            const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
            const size = parseFloat(style.fontSize);
            const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
            count++;
            if (ratio < (isLarge ? 3 : 4.5)) low.push(`${ratio.toFixed(2)}: ${text.slice(0, 40)}`);
          }
          return [String(count), ...low];
        }
        """;

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public Task All_text_has_the_contrast_of_WCAG_AA(ColorScheme scheme) => site.OnPageAsync(
        async page =>
        {
            await Expect(page.Page.Locator(".example").First).ToBeVisibleAsync();
            await HasContrastAsync(page, fewest: 10);
            await page.AskAsync(Question);
            await Expect(page.Panel.Locator("mark")).ToBeVisibleAsync();
            await Expect(page.LastTurn.Locator(".is-verified")).ToBeVisibleAsync();
            await page.Panel.GetByText("Outline").ClickAsync();
            await HasContrastAsync(page, fewest: 40);
            await page.AskAsync(Unanswerable);
            await HasContrastAsync(page, fewest: 40);
            await page.Page.RouteAsync("**/api/chat", route => route.FulfillAsync(new() { Status = 500, ContentType = "application/problem+json", Body = "{}" }));
            await page.AskAsync("Does it fail?");
            await Expect(page.LastTurn.Locator(".is-error")).ToBeVisibleAsync();
            await HasContrastAsync(page, fewest: 40);
        },
        options: new() { ColorScheme = scheme }, mayFail: true);

    [Fact]
    public async Task The_page_is_dark_where_the_system_is()
    {
        const string Lightness = "getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/g).reduce((sum, c) => sum + Number(c), 0)";
        await site.OnPageAsync(
            async page => Assert.True(await page.Page.EvaluateAsync<int>(Lightness) < 150), options: new() { ColorScheme = ColorScheme.Dark });
        await site.OnPageAsync(
            async page => Assert.True(await page.Page.EvaluateAsync<int>(Lightness) > 600), options: new() { ColorScheme = ColorScheme.Light });
    }

    [Fact]
    public Task On_a_phone_nothing_is_wider_than_the_screen_and_the_source_is_a_sheet() => site.OnPageAsync(
        async page =>
        {
            await Expect(page.Page.Locator(".example").First).ToBeVisibleAsync();
            Assert.True(await page.FitsAsync());
            await page.AskAsync(Unanswerable);
            Assert.True(await page.FitsAsync());
            await page.AskAsync(Question);
            Assert.True(await page.FitsAsync());
            await Expect(page.Panel).ToBeHiddenAsync();

            await page.Cite(1).TapAsync();
            await Expect(page.Panel.Locator("mark")).ToBeInViewportAsync();
            Assert.True(await page.FitsAsync());
            await Expect(page.Page.GetByRole(AriaRole.Dialog, new() { Name = "Sources" })).ToBeVisibleAsync();
            Assert.True(await page.Page.EvaluateAsync<bool>("document.querySelector('#conversation').inert"));

            await page.Panel.GetByRole(AriaRole.Button, new() { Name = "Next source" }).TapAsync();
            await Expect(page.Panel.GetByText("2 of ")).ToBeVisibleAsync();
            await page.Panel.GetByRole(AriaRole.Button, new() { Name = "Close" }).TapAsync();
            await Expect(page.Panel).ToBeHiddenAsync();
            Assert.False(await page.Page.EvaluateAsync<bool>("document.querySelector('#conversation').inert"));
        },
        options: new() { ViewportSize = new() { Width = 390, Height = 844 }, HasTouch = true, IsMobile = true });

    [Fact]
    public Task Everything_works_with_the_keyboard_alone() => site.OnPageAsync(async page =>
    {
        await Expect(page.Page.Locator(".example").First).ToBeVisibleAsync();
        await page.Page.EvaluateAsync("document.activeElement.blur()");
        await page.TabToAsync(".skip");
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Question).ToBeFocusedAsync();

        await page.Page.Keyboard.TypeAsync(Question);
        await page.Page.Keyboard.PressAsync("Enter");
        await page.AnsweredAsync();
        await page.TabBackToAsync(".cite[data-number='1']");
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Panel.Locator(".panel-title")).ToBeFocusedAsync();
        await page.TabToAsync(".reader");
        await page.Page.Keyboard.PressAsync("Escape");
        await Expect(page.Cite(1)).ToBeFocusedAsync();
        await Expect(page.Panel).ToBeHiddenAsync();

        await page.TabToAsync("#question");
        await page.Page.Keyboard.TypeAsync("One line");
        await page.Page.Keyboard.PressAsync("Shift+Enter");
        await page.Page.Keyboard.TypeAsync("and another");
        await Expect(page.Question).ToHaveValueAsync("One line\nand another");
    });

    [Fact]
    public Task Every_control_has_a_name_and_nothing_moves_where_motion_is_unwanted() => site.OnPageAsync(async page =>
    {
        await page.AskAsync(Question);
        await Expect(page.Panel.Locator("mark")).ToBeVisibleAsync();
        foreach (var role in new[] { AriaRole.Button, AriaRole.Textbox, AriaRole.Link, AriaRole.Region, AriaRole.Complementary, AriaRole.Navigation })
        {
            var all = await page.Page.GetByRole(role).CountAsync();
            var named = await page.Page.GetByRole(role, new() { NameRegex = new(@"\S") }).CountAsync();
            Assert.True(all > 0 && named == all, $"{role}: {named} of {all} are named");
        }

        Assert.Equal(0, await page.Page.EvaluateAsync<int>("document.getAnimations().length"));
    });

    private static async Task HasContrastAsync(OpenPage page, int fewest)
    {
        // Colours that still change belong to no state.
        await page.Page.WaitForFunctionAsync("document.getAnimations().length === 0");
        var result = await page.Page.EvaluateAsync<string[]>(Contrast);
        Assert.True(int.Parse(result[0], null) >= fewest, $"only {result[0]} texts were seen");
        Assert.Empty(result[1..]);
    }
}

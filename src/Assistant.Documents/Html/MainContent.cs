using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Assistant.Core.Documents;
using SmartReader;

namespace Assistant.Documents.Html;

/// <summary>Finds what a page is about.</summary>
internal static class MainContent
{
    /// <summary>Pages with more elements are tables or lists, which need no search for an article, and SmartReader's time grows faster than they do.</summary>
    private const int MostElementsForArticle = 12_000;

    /// <summary>A page with less running text (in characters) is taken whole: too little for statistics to find an article in.</summary>
    private const int ShortPage = 600;

    /// <summary>The blocks of the page's main content. Changes the page.</summary>
    public static IReadOnlyList<HtmlBlock> Find(IHtmlDocument page, CancellationToken cancellationToken)
    {
        if (page.Body is not { } body)
        {
            return [];
        }

        var boilerplate = new Boilerplate(body);
        var whole = WithoutLinkLists(BlockCollector.Collect(body, element => IsNotShown(element) || boilerplate.Is(element)));
        if (whole.Count == 0)
        {
            whole = BlockCollector.Collect(body, IsNotShown);
        }

        if (RunningText(whole) < ShortPage || page.All.Length > MostElementsForArticle)
        {
            return whole;
        }

        cancellationToken.ThrowIfCancellationRequested();
        // SmartReader keeps hidden elements when it finds too little without them, and drops the styles that hide them.
        foreach (var hidden in body.QuerySelectorAll("[hidden], [aria-hidden], [style]").Where(HtmlElements.IsHidden))
        {
            hidden.Remove();
        }

        var article = FindArticle(page, cancellationToken);
        return article is not null && KeepsEnough(article, whole) ? article : whole;
    }

    private static bool IsNotShown(IElement element) => HtmlElements.IsHidden(element) || HtmlElements.IsHeadingTool(element);

    private static BlockList? FindArticle(IHtmlDocument page, CancellationToken cancellationToken)
    {
        BlockList? blocks = null;
        using var reader = new Reader("https://localhost/", page) { KeepClasses = true };
        reader.AddCustomOperationEnd(article => blocks = BlockCollector.Collect(article, HtmlElements.IsHeadingTool));
        var found = reader.GetArticleAsync(cancellationToken).GetAwaiter().GetResult();

        // "IsReadable" is a guess made before the search; what was found is judged by what it keeps.
        return found.Completed ? blocks : null;
    }

    /// <summary>
    /// An article finder that works by scores may take one of several sections for the article. It is believed
    /// unless it drops more running text than it keeps.
    /// </summary>
    private static bool KeepsEnough(IReadOnlyList<HtmlBlock> article, IReadOnlyList<HtmlBlock> whole)
    {
        var kept = article.Select(block => block.Text).ToHashSet();
        var lost = whole.Where(block => !kept.Contains(block.Text));
        return RunningText(lost) <= RunningText(article);
    }

    private static int RunningText(IEnumerable<HtmlBlock> blocks) =>
        blocks.Where(block => block.Kind != BlockKind.Heading && !block.IsMostlyLinks).Sum(block => block.Text.Length);

    /// <summary>
    /// Without menus: links next to links, and a link of a word or two at the edge of the page (“Top”, “Imprint”). Another link
    /// alone (“Learn more about …”) belongs to the paragraphs around it. A page that is little else than links is kept as it is.
    /// </summary>
    private static IReadOnlyList<HtmlBlock> WithoutLinkLists(BlockList blocks)
    {
        var linked = blocks.Where(block => block.IsMostlyLinks).Sum(block => block.Text.Length);
        return RunningText(blocks) > linked ? blocks.Where((_, index) => !IsMenuLink(index)).ToArray() : blocks;

        bool IsMenuLink(int index) =>
            IsLink(index) && (IsLink(index - 1) || IsLink(index + 1) || ((index == 0 || index == blocks.Count - 1) && IsShort(blocks[index].Text)));

        bool IsLink(int index) =>
            index >= 0 && index < blocks.Count && blocks[index].IsMostlyLinks && blocks[index].Kind != BlockKind.Heading;

        static bool IsShort(string text) => text.Length < 30 && text.AsSpan().Count(' ') < 3;
    }
}

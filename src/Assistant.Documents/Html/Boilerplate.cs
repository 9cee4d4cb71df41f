using System.Collections.Frozen;
using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace Assistant.Documents.Html;

/// <summary>Tells what a page is about from what stands around it: navigation, banners, advertisements, comments.</summary>
/// <param name="body">The element that holds the page.</param>
internal sealed partial class Boilerplate(IElement body)
{
    private static readonly FrozenSet<string> Roles = FrozenSet.ToFrozenSet(
    [
        "alert", "alertdialog", "banner", "complementary", "contentinfo", "dialog", "menu", "menubar", "navigation", "search", "toolbar",
    ]);

    /// <summary>Words of class names and ids that no main content carries.</summary>
    private static readonly FrozenSet<string> Words = FrozenSet.ToFrozenSet(
    [
        "ad", "ads", "advert", "advertisement", "advertising", "banner", "breadcrumb", "breadcrumbs", "comment", "comments", "commentlist",
        "consent", "cookie", "cookies", "copyright", "disqus", "footer", "gdpr", "masthead", "menu", "modal", "nav", "navbar", "navbox",
        "navigation", "newsletter", "outbrain", "pager", "pagination", "paywall", "popup", "promo", "recommended", "related", "respond",
        "share", "sharing", "sidebar", "signup", "skiplink", "social", "sponsor", "sponsored", "subscribe", "taboola", "teaser", "toolbar", "widget",
    ]);

    private readonly int pageLength = TextLength(body);

    /// <summary>Whether <paramref name="element"/>, somewhere on the page, is boilerplate by its name, role, class or id.</summary>
    public bool Is(IElement element) => LooksLikeIt(element) && !HoldsMostOfPage(element);

    private static bool LooksLikeIt(IElement element)
    {
        switch (element.LocalName)
        {
            case "nav" or "aside" or "dialog" or "menu":
                return true;
            case "header" or "footer":
                // Those of an article hold its title, date and notes.
                return element.Closest("article, main, [role=main]") is null;
            case "body" or "main" or "article" or "h1" or "h2" or "h3" or "p" or "table" or "td" or "tr" or "tbody" or "pre" or "code":
                return false;
        }

        return (element.GetAttribute("role") is { } role && Roles.Contains(role)) || HasWord(element.ClassName) || HasWord(element.Id);
    }

    private static bool HasWord(string? names)
    {
        if (string.IsNullOrEmpty(names))
        {
            return false;
        }

        foreach (var match in Word().EnumerateMatches(names))
        {
            if (Words.Contains(names.Substring(match.Index, match.Length).ToLowerInvariant()))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Guards against a page whose content stands in <c>class="has-sidebar"</c>.</summary>
    private bool HoldsMostOfPage(IElement element) => TextLength(element) * 2 > pageLength;

    private static int TextLength(IElement element)
    {
        var length = 0;
        foreach (var child in element.ChildNodes)
        {
            length += child switch
            {
                IElement inner => HtmlElements.HasNoText(inner.LocalName) ? 0 : TextLength(inner),
                IText text => text.Data.AsSpan().Trim().Length,
                _ => 0,
            };
        }

        return length;
    }

    // The words of "siteNav", "site-nav" and "site_nav".
    [GeneratedRegex("[A-Z]?[a-z]+|[A-Z]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}

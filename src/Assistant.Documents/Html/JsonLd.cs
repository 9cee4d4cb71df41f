using System.Text.Json;
using AngleSharp.Html.Dom;

namespace Assistant.Documents.Html;

/// <summary>What a page's JSON-LD (schema.org) says about the article on it; every value null when it says nothing.</summary>
internal sealed record JsonLd(string? Headline, string? Author, string? Publisher, string? Date)
{
    /// <summary>The first article that the page describes.</summary>
    public static JsonLd Read(IHtmlDocument page)
    {
        foreach (var script in page.QuerySelectorAll("script[type='application/ld+json']"))
        {
            try
            {
                using var json = JsonDocument.Parse(script.TextContent, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
                if (FindArticle(json.RootElement) is { } article)
                {
                    return new JsonLd(
                        Text(article, "headline") ?? Text(article, "name"), Text(article, "author"), Text(article, "publisher"),
                        Text(article, "datePublished") ?? Text(article, "dateCreated"));
                }
            }
            catch (JsonException)
            {
                // Pages with broken JSON-LD have their article nevertheless.
            }
        }

        return new JsonLd(null, null, null, null);
    }

    private static JsonElement? FindArticle(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            return element.EnumerateArray().Select(FindArticle).FirstOrDefault(found => found is not null);
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        return Text(element, "@type") is { } type && (type.EndsWith("Article", StringComparison.Ordinal) || type is "BlogPosting" or "Report" or "TechArticle")
            ? element
            : element.TryGetProperty("@graph", out var graph) ? FindArticle(graph) : null;
    }

    /// <summary>A text, the name of an object, or the first of several that has one.</summary>
    private static string? Text(JsonElement element, string property) => element.TryGetProperty(property, out var value) ? Text(value) : null;

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String when !string.IsNullOrWhiteSpace(value.GetString()) => value.GetString(),
        JsonValueKind.Object => Text(value, "name"),
        JsonValueKind.Array => value.EnumerateArray().Select(Text).FirstOrDefault(text => text is not null),
        _ => null,
    };
}

using Assistant.Core.Documents;

namespace Assistant.Documents.Markdown;

/// <summary>The <c>key: value</c> lines that stand between <c>---</c> lines above a Markdown document.</summary>
/// <param name="Title">The title they give; null when they give none.</param>
/// <param name="Metadata">What they say beside it.</param>
internal sealed record FrontMatter(string? Title, DocumentMetadata Metadata)
{
    /// <summary>Front matter that says nothing.</summary>
    public static FrontMatter None { get; } = new(null, DocumentMetadata.Empty);

    /// <summary>Reads simple lines; nested values and lists of several lines are passed over.</summary>
    public static FrontMatter Parse(IEnumerable<string> lines)
    {
        Dictionary<string, string> values = new(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && !char.IsWhiteSpace(line[0]) && Unquote(line[(colon + 1)..]) is { Length: > 0 } value)
            {
                values.TryAdd(line[..colon].Trim(), value);
            }
        }

        return new FrontMatter(First("title"), new DocumentMetadata
        {
            Date = DateText.Parse(First("date", "published", "created")),
            Author = First("author", "authors"),
            Source = First("source", "publisher", "site"),
            Url = First("url", "link", "canonical", "canonical_url"),
            Language = LanguageTag.Normalize(First("language", "lang", "locale")),
        });

        string? First(params ReadOnlySpan<string> keys)
        {
            foreach (var key in keys)
            {
                if (values.TryGetValue(key, out var value))
                {
                    return value;
                }
            }

            return null;
        }
    }

    private static string Unquote(string value)
    {
        var trimmed = value.Trim();
        if (trimmed is ['"' or '\'', ..] && trimmed.IndexOf(trimmed[0], 1) is > 0 and var end)
        {
            return trimmed[1..end].Trim();
        }

        var comment = trimmed.IndexOf(" #", StringComparison.Ordinal);
        var plain = comment < 0 ? trimmed : trimmed[..comment].TrimEnd();
        // A list on one line, [a, b], reads well without its brackets; what starts a value of several lines says nothing itself.
        return plain is "|" or ">" or "|-" or ">-" ? "" : plain is ['[', .., ']'] ? plain[1..^1].Replace("\"", "", StringComparison.Ordinal).Trim() : plain;
    }
}

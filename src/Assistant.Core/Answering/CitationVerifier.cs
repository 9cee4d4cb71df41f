using Assistant.Core.Documents;

namespace Assistant.Core.Answering;

/// <summary>A range of a stored version that an answer wants to cite.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Version">The version.</param>
/// <param name="Span">The range of the version's text.</param>
public readonly record struct SourceRange(string DocumentId, int Version, TextSpan Span);

/// <summary>
/// Turns ranges into citations. The quote is copied out of the stored version here and nowhere else; a range that the store does
/// not have gives no citation. Thread-safe.
/// </summary>
public sealed class CitationVerifier(IDocumentStore documents)
{
    /// <summary>The citation for <paramref name="source"/>; null when no stored version holds that range.</summary>
    public async Task<Citation?> CiteAsync(SourceRange source, int number, CancellationToken cancellationToken)
    {
        var version = await documents.GetAsync(source.DocumentId, source.Version, cancellationToken);
        if (version is null || source.Span.IsEmpty || source.Span.End > version.Text.Length)
        {
            return null;
        }

        return new Citation(
            number, version.DocumentId, version.Number, version.Title, HeadingsAt(version, source.Span.Start),
            source.Span.Of(version.Text), source.Span.Start, source.Span.End, PageAt(version, source.Span.Start));
    }

    /// <summary>Whether a citation says what its version says, to the letter.</summary>
    public async Task<bool> VerifyAsync(Citation citation, CancellationToken cancellationToken) =>
        await documents.GetAsync(citation.DocumentId, citation.Version, cancellationToken) is { } version
        && citation.Start >= 0 && citation.Start < citation.End && citation.End <= version.Text.Length
        && citation.Span.In(version.Text).SequenceEqual(citation.Quote);

    private static IReadOnlyList<string> HeadingsAt(DocumentVersion version, int position)
    {
        // Sections are in reading order, so the last one that holds the position is the innermost.
        IReadOnlyList<string> headings = [];
        foreach (var section in version.Sections)
        {
            if (section.Span.Start > position)
            {
                break;
            }

            if (position < section.Span.End)
            {
                headings = section.Path;
            }
        }

        return headings;
    }

    private static int? PageAt(DocumentVersion version, int position)
    {
        if (version.PageStarts.Count == 0)
        {
            return null;
        }

        var page = 1;
        while (page < version.PageStarts.Count && version.PageStarts[page] <= position)
        {
            page++;
        }

        return page;
    }
}

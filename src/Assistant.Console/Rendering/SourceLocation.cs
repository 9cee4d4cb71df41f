using System.Globalization;
using Assistant.Core.Answering;
using Assistant.Core.Documents;

namespace Assistant.Console.Rendering;

/// <summary>Where a quote stands: what citations and related passages have in common.</summary>
internal sealed record SourceLocation(
    string DocumentId, int Version, string Title, IReadOnlyList<string> Headings, string Quote, TextSpan Span, int? Page)
{
    /// <summary>Title and headings as a path.</summary>
    public string Heading => SafeText.OneLine(string.Join(" › ", [Title, .. Headings]));

    /// <summary>File, version, page and range of characters.</summary>
    public string Position => string.Create(
        CultureInfo.InvariantCulture,
        $"{SafeText.OneLine(DocumentId)}, v{Version}{(Page is int page ? $", page {page}" : "")}, characters {Span.Start}–{Span.End}");

    /// <summary>Where a citation stands.</summary>
    public static SourceLocation Of(Citation citation) => new(
        citation.DocumentId, citation.Version, citation.Title, citation.Headings, citation.Quote, citation.Span, citation.Page);

    /// <summary>Where a related passage stands.</summary>
    public static SourceLocation Of(RelatedPassage related) => new(
        related.DocumentId, related.Version, related.Title, related.Headings, related.Quote, new TextSpan(related.Start, related.End), null);
}

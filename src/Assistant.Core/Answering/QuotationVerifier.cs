using System.Text.RegularExpressions;
using Assistant.Core.Documents;
using Assistant.Core.Passages;
using Assistant.Core.Retrieval;
using Assistant.Core.Text;
using Microsoft.Extensions.AI;

namespace Assistant.Core.Answering;

/// <summary>
/// Tells real quotations from changed and invented ones: compares every quotation of a text with all current documents. Thread-safe.
/// </summary>
public sealed partial class QuotationVerifier(
    IDocumentStore documents, IPassageIndex index, IEmbeddingGenerator<string, Embedding<float>> embeddings, CitationVerifier citations)
{
    /// <summary>Most quotations of a text that are checked.</summary>
    public const int MostQuotations = 200;

    /// <summary>Passages around which something close to a quotation is looked for.</summary>
    private const int Candidates = 8;

    /// <summary>Words of a longer quotation are not aligned: it is exact or not found.</summary>
    private const int MostAlignedWords = 1_000;

    /// <summary>What shares fewer of its words, in order, is another statement, not an altered quotation.</summary>
    private const double LeastSimilarity = 0.6;

    /// <summary>Terms of a quotation that are searched for.</summary>
    private const int MostTerms = 64;

    /// <summary>Checks every quotation of <paramref name="text"/>, or each of its sentences when it has none.</summary>
    public async Task<QuotationReport> VerifyAsync(string text, CancellationToken cancellationToken)
    {
        var spans = QuotationFinder.Find(text);
        var wholeText = spans.Count == 0;
        if (wholeText)
        {
            spans = [.. SentenceSplitter.Split(text, new TextSpan(0, text.Length)).Select(span => WithoutMarkers(text, span)).Where(span => !span.IsEmpty)];
        }

        var state = await index.GetStateAsync(cancellationToken);
        var corpus = new Reading(documents);
        var results = new List<CheckedQuotation>();
        foreach (var span in spans.Take(MostQuotations))
        {
            results.Add(await CheckAsync(text, span, state, corpus, cancellationToken));
        }

        await FindElsewhereAsync(results, corpus, cancellationToken);
        return new QuotationReport(results, wholeText, Math.Max(0, spans.Count - MostQuotations));
    }

    private async Task<CheckedQuotation> CheckAsync(
        string text, TextSpan span, IndexState state, Reading corpus, CancellationToken cancellationToken)
    {
        var result = new CheckedQuotation
        {
            Quotation = Unprefixed(span.Of(text)), Start = span.Start, End = span.End, Status = QuotationStatus.NotFound,
        };
        var language = LanguageDetector.Detect(result.Quotation) is { } detected && state.Languages.Contains(detected)
            ? detected
            : state.Languages.Count > 0 ? state.Languages[0] : null;
        var passages = await SearchAsync(result.Quotation, language, cancellationToken);
        foreach (var id in passages.Select(passage => passage.DocumentId).Distinct())
        {
            if (await corpus.GetAsync(id, cancellationToken) is { } candidate
                && await ExactAsync(result, candidate.Version, candidate.Text, cancellationToken) is { } exact)
            {
                return exact;
            }
        }

        return await AlteredAsync(result, language, passages.Take(Candidates), corpus, cancellationToken) ?? result;
    }

    /// <summary>The passages that may hold the quotation, best first.</summary>
    private async Task<IReadOnlyList<Passage>> SearchAsync(string quotation, string? language, CancellationToken cancellationToken)
    {
        var found = await index.SearchAsync(
            new PassageQuery
            {
                Terms = [.. TextAnalyzer.Terms(quotation, language).Distinct().Take(MostTerms)],
                Vector = await embeddings.GenerateVectorAsync(quotation, cancellationToken: cancellationToken),
            },
            cancellationToken);
        return [.. ScoreFusion.Fuse(found.Hits).Select(ranked => ranked.Passage)];
    }

    private async Task<CheckedQuotation?> ExactAsync(
        CheckedQuotation quotation, DocumentVersion version, CollapsedText text, CancellationToken cancellationToken)
    {
        if (text.Find(CollapsedText.Of(quotation.Quotation)) is not { } span)
        {
            return null;
        }

        var source = await SourceAsync(version, span, cancellationToken);
        return source is null ? null : quotation with
        {
            Status = QuotationStatus.Exact,
            WhiteSpaceDiffers = source.Quote != quotation.Quotation,
            Source = source,
            Differences = null,
        };
    }

    private async Task<CheckedQuotation?> AlteredAsync(
        CheckedQuotation quotation, string? language, IEnumerable<Passage> candidates, Reading corpus, CancellationToken cancellationToken)
    {
        var words = TextAnalyzer.Words(quotation.Quotation, language);
        if (words.Count > MostAlignedWords)
        {
            return null;
        }

        (DocumentVersion? Version, TextSpan Span, double Similarity) best = (null, default, LeastSimilarity);
        foreach (var passage in candidates)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // The version may have changed since the search, and then the passage's place is no longer right.
            if (await corpus.GetAsync(passage.DocumentId, cancellationToken) is not { Version: var version } || version.Number != passage.Version)
            {
                continue;
            }

            var around = Around(version.Text, passage.Span, quotation.Quotation.Length * 3 / 2);
            var (span, similarity) = QuotationAlignment.Closest(words, TextAnalyzer.Words(around.Of(version.Text), language));
            if (similarity >= best.Similarity && (best.Version is null || similarity > best.Similarity))
            {
                best = (version, new TextSpan(around.Start + span.Start, around.Start + span.End), similarity);
            }
        }

        if (best.Version is null || await SourceAsync(best.Version, WithPunctuation(best.Version.Text, best.Span, quotation.Quotation), cancellationToken) is not { } source)
        {
            return null;
        }

        return quotation with
        {
            Status = QuotationStatus.Altered,
            Source = source,
            Differences = WordDifferences.Between(source.Quote, quotation.Quotation),
        };
    }

    /// <summary>
    /// Looks for what is not exact yet in every document: a search by words and meaning does not find a common phrase in each place.
    /// </summary>
    private async Task FindElsewhereAsync(List<CheckedQuotation> results, Reading corpus, CancellationToken cancellationToken)
    {
        if (results.TrueForAll(result => result.Status == QuotationStatus.Exact))
        {
            return;
        }

        foreach (var summary in await documents.ListAsync(cancellationToken))
        {
            if (await corpus.GetOnceAsync(summary.DocumentId, cancellationToken) is not { } document)
            {
                continue;
            }

            for (var i = 0; i < results.Count; i++)
            {
                if (results[i].Status != QuotationStatus.Exact
                    && await ExactAsync(results[i], document.Version, document.Text, cancellationToken) is { } exact)
                {
                    results[i] = exact;
                }
            }
        }
    }

    private async Task<RelatedPassage?> SourceAsync(DocumentVersion version, TextSpan span, CancellationToken cancellationToken) =>
        await citations.CiteAsync(new SourceRange(version.DocumentId, version.Number, span), 1, cancellationToken) is { } cited
            ? new RelatedPassage(cited.DocumentId, cited.Version, cited.Title, cited.Headings, cited.Quote, cited.Start, cited.End)
            : null;

    /// <summary>The range with whole words for about <paramref name="margin"/> characters on either side: a quotation may span passages.</summary>
    private static TextSpan Around(string text, TextSpan span, int margin)
    {
        var (start, end) = (Math.Max(0, span.Start - margin), Math.Min(text.Length, span.End + margin));
        while (start > 0 && !char.IsWhiteSpace(text[start - 1]) && span.Start - start < 2 * margin)
        {
            start--;
        }

        while (end < text.Length && !char.IsWhiteSpace(text[end]) && end - span.End < 2 * margin)
        {
            end++;
        }

        return new TextSpan(start, end);
    }

    /// <summary>The range with the punctuation that ends it, where the quotation ends with some too.</summary>
    private static TextSpan WithPunctuation(string text, TextSpan span, string quotation)
    {
        var end = span.End;
        while (Punctuation.IsTerminator(quotation[^1]) && end < text.Length && Punctuation.IsTerminator(text[end]))
        {
            end++;
        }

        return new TextSpan(span.Start, end);
    }

    /// <summary>A sentence of an answer without the markers <c>[n]</c> behind it.</summary>
    private static TextSpan WithoutMarkers(string text, TextSpan sentence)
    {
        var markers = MarkersAtEnd().Match(text, sentence.Start, sentence.Length);
        return markers.Success ? new TextSpan(sentence.Start, markers.Index) : sentence;
    }

    /// <summary>A block quote without the <c>&gt;</c> in front of its lines.</summary>
    private static string Unprefixed(string quotation) => BlockQuotePrefix().Replace(quotation, "\n");

    [GeneratedRegex(@"(\s*\[[0-9]{1,3}\])+\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex MarkersAtEnd();

    [GeneratedRegex(@"\n[ \t]*>[ \t>]*", RegexOptions.CultureInvariant)]
    private static partial Regex BlockQuotePrefix();

    /// <summary>The documents that were read for one text, so that several quotations of one document read it once.</summary>
    private sealed class Reading(IDocumentStore documents)
    {
        private readonly Dictionary<string, (DocumentVersion Version, CollapsedText Text)?> read = new(StringComparer.Ordinal);

        /// <summary>The current version, kept for the next quotation.</summary>
        public async Task<(DocumentVersion Version, CollapsedText Text)?> GetAsync(string id, CancellationToken cancellationToken)
        {
            if (!read.TryGetValue(id, out var known))
            {
                read[id] = known = await LoadAsync(id, cancellationToken);
            }

            return known;
        }

        /// <summary>The current version, not kept: all documents together may be too large for that.</summary>
        public async Task<(DocumentVersion Version, CollapsedText Text)?> GetOnceAsync(string id, CancellationToken cancellationToken) =>
            read.TryGetValue(id, out var known) ? known : await LoadAsync(id, cancellationToken);

        private async Task<(DocumentVersion Version, CollapsedText Text)?> LoadAsync(string id, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return await documents.GetAsync(id, null, cancellationToken) is { } version ? (version, new CollapsedText(version.Text)) : null;
        }
    }
}

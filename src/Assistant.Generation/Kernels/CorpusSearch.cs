using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Assistant.Core.Answering;
using Assistant.Core.Retrieval;
using Microsoft.SemanticKernel.Data;

// Semantic Kernel calls its generic text search experimental; the one without a type, which it means to replace, is obsolete.
#pragma warning disable SKEXP0001

namespace Assistant.Generation.Kernels;

/// <summary>
/// The documents as a text search of Semantic Kernel, the same search that answers are made from. Every result is an exact range of a
/// stored version. Thread-safe.
/// </summary>
/// <remarks>
/// A filter may use every property of <see cref="CorpusPassage"/>. <c>passage.DocumentId == "…"</c>, alone or joined to others with
/// <c>&amp;&amp;</c>, narrows the search itself; everything else chooses among the candidates that the search found (100 at most).
/// </remarks>
public sealed class CorpusSearch(Retriever retriever, CitationVerifier verifier) : ITextSearch<CorpusPassage>
{
    /// <inheritdoc/>
    /// <returns>The quotes, best first.</returns>
    /// <exception cref="ArgumentException">The query is blank.</exception>
    public async Task<KernelSearchResults<string>> SearchAsync(
        string query, TextSearchOptions<CorpusPassage>? searchOptions = null, CancellationToken cancellationToken = default) =>
        await ResultsAsync(query, searchOptions, passage => passage.Quote, cancellationToken);

    /// <inheritdoc/>
    /// <returns>Quotes with the document's title and a link that names version and range, best first.</returns>
    /// <exception cref="ArgumentException">The query is blank.</exception>
    public async Task<KernelSearchResults<TextSearchResult>> GetTextSearchResultsAsync(
        string query, TextSearchOptions<CorpusPassage>? searchOptions = null, CancellationToken cancellationToken = default) =>
        await ResultsAsync(
            query, searchOptions, passage => new TextSearchResult(passage.Quote) { Name = passage.Title, Link = passage.Link }, cancellationToken);

    /// <inheritdoc/>
    /// <returns>The passages with all that a citation has, best first.</returns>
    /// <exception cref="ArgumentException">The query is blank.</exception>
    public async Task<KernelSearchResults<CorpusPassage>> GetSearchResultsAsync(
        string query, TextSearchOptions<CorpusPassage>? searchOptions = null, CancellationToken cancellationToken = default) =>
        await ResultsAsync(query, searchOptions, passage => passage, cancellationToken);

    /// <summary>The best passages of some documents, or of all when <paramref name="documentIds"/> is null.</summary>
    internal async IAsyncEnumerable<CorpusPassage> FindAsync(
        string query, IReadOnlyCollection<string>? documentIds, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(query);
        var evidence = await retriever.RetrieveAsync(new StandaloneQuestion(query.Trim()), documentIds, cancellationToken);
        foreach (var ranked in evidence.Passages)
        {
            var source = new SourceRange(ranked.Passage.DocumentId, ranked.Passage.Version, ranked.Passage.Span);
            // Null when the document changed since the search: what cannot be proved is not found.
            if (await verifier.CiteAsync(source, 1, cancellationToken) is { } citation)
            {
                yield return CorpusPassage.Of(ranked, citation);
            }
        }
    }

    private async Task<KernelSearchResults<T>> ResultsAsync<T>(
        string query, TextSearchOptions<CorpusPassage>? options, Func<CorpusPassage, T> map, CancellationToken cancellationToken)
    {
        options ??= new TextSearchOptions<CorpusPassage>();
        var matches = options.Filter?.Compile() ?? (_ => true);
        var wanted = DocumentOf(options.Filter?.Body);
        var found = FindAsync(query, wanted is null ? null : [wanted], cancellationToken).Where(matches);
        if (!options.IncludeTotalCount)
        {
            return new KernelSearchResults<T>(found.Skip(options.Skip).Take(options.Top).Select(map));
        }

        var all = await found.ToListAsync(cancellationToken);
        return new KernelSearchResults<T>(all.Skip(options.Skip).Take(options.Top).Select(map).ToAsyncEnumerable(), all.Count);
    }

    /// <summary>The document that a filter asks for; null when it does not ask for one.</summary>
    private static string? DocumentOf(Expression? filter) => filter switch
    {
        BinaryExpression { NodeType: ExpressionType.AndAlso } both => DocumentOf(both.Left) ?? DocumentOf(both.Right),
        BinaryExpression { NodeType: ExpressionType.Equal } equal => DocumentOf(equal.Left, equal.Right) ?? DocumentOf(equal.Right, equal.Left),
        _ => null,
    };

    private static string? DocumentOf(Expression property, Expression value) =>
        property is MemberExpression { Member.Name: nameof(CorpusPassage.DocumentId), Expression: ParameterExpression }
            ? Expression.Lambda<Func<string?>>(value).Compile()() : null;
}

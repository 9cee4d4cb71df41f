using Assistant.Core.Documents;
using Assistant.Core.Embeddings;
using Assistant.Core.Passages;
using Assistant.Core.Retrieval;
using Assistant.Core.Text;

namespace Assistant.Core.Tests.Answering;

/// <summary>Documents <c>0.md</c>, <c>1.md</c>, … in memory, whose index scores a passage by the terms it shares with the query.</summary>
internal sealed class MemoryCorpus : IDocumentStore, IPassageIndex
{
    private const string Language = "en";

    private readonly List<DocumentVersion> versions;
    private readonly List<Passage> passages;
    private readonly List<IReadOnlyList<string>> terms;

    public MemoryCorpus(IEnumerable<string> texts)
    {
        versions =
        [
            .. texts.Select((text, i) => new DocumentVersion
            {
                DocumentId = $"{i}.md",
                Number = 1,
                Text = text,
                Blocks =
                [
                    .. text.Split("\n\n").Select(block => (block, start: text.IndexOf(block, StringComparison.Ordinal)))
                        .Select(place => new TextBlock(place.block.Contains('\t') ? BlockKind.TableRow : BlockKind.Paragraph, new TextSpan(place.start, place.start + place.block.Length))),
                ],
                Metadata = new DocumentMetadata { Language = Language },
                ContentHash = new string('0', 64),
                IngestedAt = DateTimeOffset.UnixEpoch,
            }),
        ];
        var splitter = new PassageSplitter();
        passages = [.. versions.SelectMany(splitter.Split)];
        terms = [.. passages.Select(passage => TextAnalyzer.Terms(passage.Text, Language))];
    }

    public string TextOf(string documentId) => versions.Single(version => version.DocumentId == documentId).Text;

    public Task<IReadOnlyList<DocumentSummary>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<DocumentSummary>>(
    [
        .. versions.Select(version => new DocumentSummary(
            version.DocumentId, version.Number, version.Title, version.ContentHash, version.IngestedAt, 1, version.Metadata)),
    ]);

    public Task<DocumentVersion?> GetAsync(string documentId, int? version, CancellationToken cancellationToken) =>
        Task.FromResult(versions.Find(known => known.DocumentId == documentId));

    public Task<IReadOnlyList<RemovedDocument>> ListRemovedAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<RemovedDocument>>([]);

    public Task<IReadOnlyList<VersionSummary>> GetVersionsAsync(string documentId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<VersionSummary>>([]);

    public Task<PassageCandidates> SearchAsync(PassageQuery query, CancellationToken cancellationToken)
    {
        var hits = passages
            .Zip(terms, (passage, own) => new PassageHit(passage, own.Count(query.Terms.Contains), 0))
            .Where(hit => hit.KeywordScore > 0)
            .OrderByDescending(hit => hit.KeywordScore)
            .Take(query.Limit);
        var frequencies = query.Terms.Distinct().ToDictionary(term => term, term => terms.Count(own => own.Contains(term)));
        return Task.FromResult(new PassageCandidates([.. hits], passages.Count, frequencies));
    }

    public Task<IReadOnlyList<Passage>> GetPassagesAsync(
        string documentId, int version, TextSpan within, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Passage>>([.. passages.Where(passage => passage.DocumentId == documentId && passage.Span.Overlaps(within)).Take(limit)]);

    public Task<IndexState> GetStateAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new IndexState($"memory|{EmbeddingSpace.Of(new BuiltInEmbeddingGenerator())}", versions.Count, passages.Count, [Language]));
}

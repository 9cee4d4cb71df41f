using Assistant.Core.Documents;
using Assistant.Core.Ingestion;
using Assistant.Core.Passages;
using Assistant.Core.Retrieval;
using Microsoft.Extensions.DependencyInjection;

namespace Assistant.ChatHost.Tests.Support;

/// <summary>An index on a server that is away when a test wants it to be.</summary>
internal sealed class Outage
{
    public const string Message = "The index at http://index.test:6333 cannot be reached. Start its server, or correct the address.";

    public const string CatchingUp = "The index is catching up.";

    private volatile bool isAway;
    private volatile bool isCatchingUp;
    private volatile bool documentsAreAway;

    /// <summary>How long the server asks to be left alone.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public void Begin() => isAway = true;

    /// <summary>Only documents cannot be reached; passages can.</summary>
    public void BeginForDocuments() => documentsAreAway = true;

    /// <summary>Requests are answered, but the server says that it is not ready.</summary>
    public void BeginCatchingUp() => isCatchingUp = true;

    public void End() => (isAway, documentsAreAway, isCatchingUp) = (false, false, false);

    /// <summary>Puts the outage in front of whatever store there is.</summary>
    public void Cover(IServiceCollection services)
    {
        Cover<IDocumentStore>(services, inner => new Documents(inner, this));
        Cover<IPassageIndex>(services, inner => new Passages(inner, this));
        Cover<IIndexWriterFactory>(services, inner => new Writers(inner, this));
    }

    private static void Cover<T>(IServiceCollection services, Func<T, T> cover)
        where T : class
    {
        var inner = services.Last(service => service.ServiceType == typeof(T)).ImplementationFactory!;
        services.AddSingleton(provider => cover((T)inner(provider)));
    }

    private T Reach<T>(T inner, bool away)
    {
        if (away)
        {
            throw new IndexUnavailableException(Message, RetryAfter);
        }

        return inner;
    }

    private sealed class Documents(IDocumentStore inner, Outage outage) : IDocumentStore
    {
        private IDocumentStore Inner => outage.Reach(inner, outage.isAway || outage.documentsAreAway);

        public async Task<IReadOnlyList<DocumentSummary>> ListAsync(CancellationToken cancellationToken) => await Inner.ListAsync(cancellationToken);

        public async Task<DocumentVersion?> GetAsync(string documentId, int? version, CancellationToken cancellationToken) =>
            await Inner.GetAsync(documentId, version, cancellationToken);

        public async Task<IReadOnlyList<RemovedDocument>> ListRemovedAsync(CancellationToken cancellationToken) =>
            await Inner.ListRemovedAsync(cancellationToken);

        public async Task<IReadOnlyList<VersionSummary>> GetVersionsAsync(string documentId, CancellationToken cancellationToken) =>
            await Inner.GetVersionsAsync(documentId, cancellationToken);
    }

    private sealed class Passages(IPassageIndex inner, Outage outage) : IPassageIndex
    {
        private IPassageIndex Inner => outage.Reach(inner, outage.isAway);

        public async Task<PassageCandidates> SearchAsync(PassageQuery query, CancellationToken cancellationToken) =>
            await Inner.SearchAsync(query, cancellationToken);

        public async Task<IReadOnlyList<Passage>> GetPassagesAsync(
            string documentId, int version, TextSpan within, int limit, CancellationToken cancellationToken) =>
            await Inner.GetPassagesAsync(documentId, version, within, limit, cancellationToken);

        public async Task<IndexState> GetStateAsync(CancellationToken cancellationToken) => await Inner.GetStateAsync(cancellationToken);

        public async Task CheckReadyAsync(CancellationToken cancellationToken)
        {
            if (outage.isCatchingUp)
            {
                throw new IndexUnavailableException(CatchingUp);
            }

            await Inner.CheckReadyAsync(cancellationToken);
        }
    }

    private sealed class Writers(IIndexWriterFactory inner, Outage outage) : IIndexWriterFactory
    {
        private IIndexWriterFactory Inner => outage.Reach(inner, outage.isAway);

        public async Task<IIndexWriter> OpenWriterAsync(string fingerprint, CancellationToken cancellationToken) =>
            await Inner.OpenWriterAsync(fingerprint, cancellationToken);

        public async Task<IReadOnlyList<FailedFile>> GetFailuresAsync(CancellationToken cancellationToken) =>
            await Inner.GetFailuresAsync(cancellationToken);
    }
}

using Assistant.Storage.Tests.Ingestion;

namespace Assistant.Storage.Tests.Qdrant;

public sealed class QdrantReconcilerTests : CorpusReconcilerTests, IAsyncDisposable
{
    private readonly QdrantIndex index;

    public QdrantReconcilerTests()
        : this(QdrantIndex.OnAnyServerAsync().GetAwaiter().GetResult())
    {
    }

    private QdrantReconcilerTests(QdrantIndex index)
        : base(new CorpusFixture(time => AnyStore.Of(index.Open(time)))) => this.index = index;

    public async ValueTask DisposeAsync()
    {
        Dispose();
        await index.DisposeAsync();
    }
}

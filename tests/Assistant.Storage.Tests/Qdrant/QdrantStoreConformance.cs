using Assistant.Storage.Tests.Conformance;

namespace Assistant.Storage.Tests.Qdrant;

public sealed class QdrantStoreConformance : StoreConformance, IAsyncLifetime
{
    private QdrantIndex index = null!;

    public async ValueTask InitializeAsync() => index = await QdrantIndex.OnAnyServerAsync();

    public ValueTask DisposeAsync() => index.DisposeAsync();

    protected override Ports OpenStore()
    {
        var store = index.Open();
        return new Ports(store, store, store);
    }
}

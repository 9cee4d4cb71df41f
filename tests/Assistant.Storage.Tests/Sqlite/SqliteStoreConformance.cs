using Assistant.Storage.Tests.Conformance;

namespace Assistant.Storage.Tests.Sqlite;

public sealed class SqliteStoreConformance : StoreConformance, IDisposable
{
    private readonly TemporaryIndex index = new();

    public void Dispose() => index.Dispose();

    protected override Ports OpenStore()
    {
        var store = index.Open();
        return new Ports(store, store, store);
    }
}

using Assistant.Storage.Tests.Ingestion;

namespace Assistant.Storage.Tests.Sqlite;

public sealed class SqliteReconcilerTests() : CorpusReconcilerTests(new CorpusFixture());

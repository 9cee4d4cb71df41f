using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Assistant.Core.Ingestion;

namespace Assistant.Storage.Tests.Ingestion;

public sealed class IngestionMetricsTests : IDisposable
{
    private readonly CorpusFixture corpus = new();

    public void Dispose() => corpus.Dispose();

    [Fact]
    public async Task A_run_counts_documents_by_outcome_and_passages_by_source()
    {
        var counts = new ConcurrentDictionary<string, long>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == IngestionMetrics.MeterName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            counts.AddOrUpdate($"{instrument.Name} {(tags.Length > 0 ? tags[0].Value : "")}", value, (_, sum) => sum + value));
        listener.SetMeasurementEventCallback<double>((instrument, _, _, _) => counts.AddOrUpdate(instrument.Name, 1, (_, sum) => sum + 1));
        listener.Start();
        corpus.Write("a.txt", "alpha");
        corpus.Write("b.txt", "UNREADABLE");

        await corpus.ReconcileAsync();

        // Other tests of this process may count as well.
        Assert.All(
            ["assistant.ingestion.documents added", "assistant.ingestion.documents failed", "assistant.ingestion.passages embedded",
                "assistant.ingestion.run.duration", "assistant.ingestion.document.duration"],
            name => Assert.True(counts.GetValueOrDefault(name) >= 1, name));
    }
}

using System.Diagnostics.Metrics;

namespace Assistant.Core.Ingestion;

/// <summary>What ingestion measures, for OpenTelemetry and other listeners of .NET's meters.</summary>
public static class IngestionMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Assistant.Ingestion";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Counter<long> Documents = Meter.CreateCounter<long>(
        "assistant.ingestion.documents", "{document}", "Documents by what happened to them: added, updated, moved, removed, failed.");

    private static readonly Counter<long> Passages = Meter.CreateCounter<long>(
        "assistant.ingestion.passages", "{passage}", "Passages by where their embedding came from: embedded, reused.");

    private static readonly Histogram<double> Runs = Meter.CreateHistogram<double>(
        "assistant.ingestion.run.duration", "s", "Time to bring the index in step with the folder.");

    private static readonly Histogram<double> Readings = Meter.CreateHistogram<double>(
        "assistant.ingestion.document.duration", "s", "Time to read, split and analyse one document.");

    internal static void Record(IngestionReport report)
    {
        Add(Documents, "outcome", "added", report.Added.Count);
        Add(Documents, "outcome", "updated", report.Updated.Count);
        Add(Documents, "outcome", "moved", report.Moved.Count);
        Add(Documents, "outcome", "removed", report.Removed.Count);
        Add(Documents, "outcome", "failed", report.Failed.Count);
        Add(Passages, "source", "embedded", report.PassagesEmbedded);
        Add(Passages, "source", "reused", report.PassagesReused);
        Runs.Record(report.ElapsedMilliseconds / 1000);
    }

    /// <param name="duration">How long it took.</param>
    /// <param name="extension">The file's format.</param>
    internal static void RecordReading(TimeSpan duration, string extension) =>
        Readings.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("format", extension));

    private static void Add(Counter<long> counter, string tag, string value, int count)
    {
        if (count > 0)
        {
            counter.Add(count, new KeyValuePair<string, object?>(tag, value));
        }
    }
}

using System.Globalization;
using Assistant.Core.Ingestion;

namespace Assistant.Shell;

/// <summary>An ingestion in words.</summary>
public static class IngestionText
{
    /// <summary>What was done in a line, for a run that changed something: <c>Indexed 1 document (14 passages) in 0.2 s</c>.</summary>
    public static string Summary(IngestionReport report)
    {
        var done = new List<string>();
        var indexed = report.Added.Count + report.Updated.Count;
        if (indexed > 0)
        {
            var kept = report.PassagesReused > 0
                ? string.Create(CultureInfo.InvariantCulture, $" new, {report.PassagesReused:N0} kept")
                : "";
            done.Add($"indexed {Counted.Of(indexed, "document")} ({Counted.Of(report.PassagesEmbedded, "passage")}{kept})");
        }

        if (report.Moved.Count > 0)
        {
            done.Add($"moved {Counted.Of(report.Moved.Count, "document")}");
        }

        if (report.Removed.Count > 0)
        {
            done.Add($"removed {Counted.Of(report.Removed.Count, "document")}");
        }

        var line = string.Join(", ", done);
        return $"{char.ToUpperInvariant(line[0])}{line[1..]} in {Counted.Seconds(report.ElapsedMilliseconds)}";
    }

    /// <summary>A file that failed: <c>Could not read b.pdf: password-protected</c>.</summary>
    public static string Failure(string documentId, string error) => $"Could not read {documentId}: {error}";
}

using System.Globalization;
using Assistant.Core.Changes;
using Assistant.Core.Documents;
using Spectre.Console;

namespace Assistant.Console.Rendering;

/// <summary>Prints what changed in all documents.</summary>
internal static class CorpusChangesView
{
    /// <summary>Documents that came, that went, and that changed, the last with their changes.</summary>
    public static void Write(IAnsiConsole console, CorpusChanges changes)
    {
        var moved = changes.Removed.Where(document => document.MovedTo is not null).ToList();
        // Several may have moved to one place, one after the other.
        var targets = moved.Select(document => document.MovedTo!).ToHashSet(StringComparer.Ordinal);
        var added = changes.Added.Where(document => !targets.Contains(document.DocumentId)).ToList();
        var removed = changes.Removed.Where(document => document.MovedTo is null).ToList();
        console.Write(new HangingText().Add(string.Create(
            CultureInfo.InvariantCulture,
            $"Since {changes.Since.ToLocalTime():yyyy-MM-dd HH:mm}: {added.Count} added, {changes.Changed.Count} changed, {moved.Count} moved, {removed.Count} removed")));
        WriteNames(console, "Added", Palette.Added, "  + ", added.Select(document => $"{document.Title} — {document.DocumentId}, v{document.Version}"));
        WriteNames(console, "Removed", Palette.Warning, "  - ", removed.Select(document => $"{document.DocumentId}, last v{document.LastVersion}, {Day(document)}"));
        WriteNames(console, "Moved", Palette.Marker, "  > ", moved.Select(document => $"{document.DocumentId} → {document.MovedTo}"));
        foreach (var document in changes.Changed)
        {
            console.WriteLine();
            if (document.Changes is { } inside)
            {
                DocumentChangesView.Write(console, inside);
                continue;
            }

            console.Write(new HangingText()
                .Add(SafeText.OneLine(document.Title), Palette.Strong)
                .Add($" — {SafeText.OneLine(document.DocumentId)}, v{document.From} → v{document.To}", Palette.Muted));
            console.Write(new HangingText().Add($"Version {document.From} was dropped by retention; what changed cannot be told.", Palette.Warning));
        }
    }

    private static void WriteNames(IAnsiConsole console, string heading, Style style, string lead, IEnumerable<string> names)
    {
        var all = names.ToList();
        if (all.Count == 0)
        {
            return;
        }

        console.WriteLine();
        console.Write(new HangingText().Add(heading, Palette.Strong));
        foreach (var name in all)
        {
            console.Write(new HangingText(lead, style).Add(SafeText.OneLine(name)));
        }
    }

    private static string Day(RemovedDocument document) => document.RemovedAt.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}

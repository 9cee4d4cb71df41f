using Assistant.Core.Changes;
using Spectre.Console;

namespace Assistant.Console.Rendering;

/// <summary>Prints what changed in a document, under the headings it stands under.</summary>
internal static class DocumentChangesView
{
    private static readonly (SentenceChangeKind Kind, string Name)[] Kinds =
    [
        (SentenceChangeKind.Reworded, "reworded"),
        (SentenceChangeKind.Added, "added"),
        (SentenceChangeKind.Removed, "removed"),
        (SentenceChangeKind.Moved, "moved"),
    ];

    /// <summary>The document with its versions, how much changed, and every change.</summary>
    public static void Write(IAnsiConsole console, DocumentChanges changes)
    {
        console.Write(new HangingText()
            .Add(SafeText.OneLine(changes.Title), Palette.Strong)
            .Add($" — {SafeText.OneLine(changes.DocumentId)}, v{changes.From} → v{changes.To}", Palette.Muted));
        console.Write(new HangingText().Add(Summary(changes)));
        string? above = null;
        foreach (var change in changes.Changes)
        {
            var headings = Path((change.After ?? change.Before)!);
            if (headings != above)
            {
                console.WriteLine();
                above = headings;
                if (headings.Length > 0)
                {
                    console.Write(new HangingText().Add(headings, Palette.Strong));
                }
            }

            WriteChange(console, change);
        }
    }

    private static string Summary(DocumentChanges changes)
    {
        var counts = Kinds.Select(kind => (kind.Name, Count: changes.Changes.Count(change => change.Kind == kind.Kind)))
            .Where(kind => kind.Count > 0).Select(kind => $"{kind.Count} {kind.Name}").ToList();
        return counts.Count == 0
            ? $"Nothing changed: {Counted.Of(changes.Unchanged, "sentence")}."
            : $"{string.Join(", ", counts)}; {changes.Unchanged} unchanged";
    }

    private static void WriteChange(IAnsiConsole console, SentenceChange change)
    {
        switch (change.Kind)
        {
            case SentenceChangeKind.Added:
                console.Write(new HangingText("  + ", Palette.Added).Add(SafeText.OneLine(change.After!.Quote), Palette.Added));
                break;
            case SentenceChangeKind.Removed:
                console.Write(new HangingText("  - ", Palette.Warning).Add(SafeText.OneLine(change.Before!.Quote), Palette.Removed));
                break;
            case SentenceChangeKind.Moved:
                console.Write(new HangingText("  > ", Palette.Marker).Add(SafeText.OneLine(change.After!.Quote)).Add(Origin(change), Palette.Muted));
                break;
            default:
                console.Write(Reworded(change, console.Profile.Capabilities.ColorSystem == ColorSystem.NoColors));
                break;
        }
    }

    private static HangingText Reworded(SentenceChange change, bool isPlain)
    {
        var text = new HangingText("  ~ ", Palette.Marker);
        foreach (var word in change.Words)
        {
            // Without colours the words are told apart by the brackets that wdiff uses.
            var (open, close, style) = word.Kind switch
            {
                WordChangeKind.Removed => ("[-", "-]", Palette.Removed),
                WordChangeKind.Added => ("{+", "+}", Palette.Added),
                _ => ("", "", Palette.Text),
            };
            var shown = SafeText.Collapse(word.Text);
            text.Add(isPlain ? open + shown + close : shown, style);
        }

        foreach (var value in change.Values)
        {
            text.Add($"\n{Value(value.Before)} → {Value(value.After)}", Palette.Strong);
        }

        return change.Moved ? text.Add(Origin(change), Palette.Muted) : text;
    }

    private static string Value(ValuePlace? value) => value is null ? "(none)" : SafeText.OneLine(value.Text);

    private static string Origin(SentenceChange change)
    {
        var (from, to) = (Path(change.Before!), Path(change.After!));
        return from == to ? "\nmoved within its section" : $"\nmoved here from {(from.Length == 0 ? "the beginning" : from)}";
    }

    private static string Path(SentencePlace place) => SafeText.OneLine(string.Join(" › ", place.Headings));
}

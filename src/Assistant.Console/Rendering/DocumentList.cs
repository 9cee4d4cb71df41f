using System.Globalization;
using Assistant.Core.Documents;
using Spectre.Console;

namespace Assistant.Console.Rendering;

/// <summary>Prints the documents of the index.</summary>
internal static class DocumentList
{
    /// <summary>Two lines for each document; a table would have to break the names of files.</summary>
    public static void Write(IAnsiConsole console, IReadOnlyList<DocumentSummary> documents)
    {
        if (documents.Count == 0)
        {
            console.Write(new HangingText().Add("There are no documents."));
            return;
        }

        foreach (var document in documents)
        {
            var indexed = document.IngestedAt.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
            console.Write(new HangingText().Add(SafeText.OneLine(document.Title), Palette.Strong));
            console.Write(new HangingText("    ").Add(
                $"{SafeText.OneLine(document.DocumentId)}, v{document.Version}, {Counted.Of(document.Passages, "passage")}, indexed {indexed}",
                Palette.Muted));
        }
    }
}

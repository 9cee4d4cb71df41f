using System.Globalization;
using System.Text.RegularExpressions;
using Assistant.Core.Answering;
using Spectre.Console;

namespace Assistant.Console.Rendering;

/// <summary>Prints an answer with its sources.</summary>
internal static partial class AnswerView
{
    /// <summary>The answer; below it where each citation comes from, or what is missing and the nearest passages.</summary>
    public static void Write(IAnsiConsole console, Answer answer)
    {
        console.Write(Body(answer));
        WriteBelow(console, answer);
    }

    /// <summary>What stands below an answer's text: what it lacks, where it comes from, what can be asked next.</summary>
    public static void WriteBelow(IAnsiConsole console, Answer answer)
    {
        if (answer.Missing.Count > 0)
        {
            console.Write(new HangingText()
                .Add("The documents do not cover: ", Palette.Warning)
                .Add(SafeText.OneLine(string.Join(", ", answer.Missing))));
        }

        if (answer.Notice is { } notice)
        {
            console.Write(new HangingText("! ", Palette.Warning).Add(SafeText.OneLine(notice), Palette.Warning));
        }

        if (answer.WithheldSentences is > 0 and var withheld)
        {
            console.Write(new HangingText().Add(Withheld(withheld), Palette.Muted));
        }

        if (answer.Citations.Count > 0)
        {
            console.WriteLine();
            WriteCitations(console, answer.Citations, oneLineEach: true);
        }
        else if (answer.Related.Count > 0)
        {
            console.WriteLine();
            console.Write(new HangingText().Add("Nearest passages:", Palette.Strong));
            WriteRelated(console, answer.Related, oneLineEach: true);
        }

        if (answer.Suggestions is { Count: > 0 } suggestions)
        {
            console.WriteLine();
            console.Write(new HangingText("Ask next: ", Palette.Muted)
                .Add(string.Join('\n', suggestions.Select(suggestion => SafeText.OneLine(suggestion.Question))), Palette.Muted));
        }
    }

    /// <summary>The sources of an answer with their whole quotes.</summary>
    public static void WriteSources(IAnsiConsole console, Answer answer)
    {
        WriteCitations(console, answer.Citations, oneLineEach: false);
        WriteRelated(console, answer.Related, oneLineEach: false);
    }

    private static string Withheld(int sentences) => sentences == 1
        ? "Withheld: 1 sentence of the model that the documents do not prove."
        : string.Create(CultureInfo.InvariantCulture, $"Withheld: {sentences} sentences of the model that the documents do not prove.");

    private static HangingText Body(Answer answer)
    {
        var body = new HangingText();
        var numbers = answer.Citations.Select(citation => citation.Number.ToString(CultureInfo.InvariantCulture)).ToHashSet();
        var written = 0;
        foreach (Match marker in Marker().Matches(answer.Text))
        {
            // Brackets that the quoted text itself holds are text.
            if (numbers.Contains(marker.Groups[1].Value))
            {
                body.Add(answer.Text[written..marker.Index]).Add(marker.Value, Palette.Marker);
                written = marker.Index + marker.Length;
            }
        }

        return body.Add(answer.Text[written..]);
    }

    private static void WriteCitations(IAnsiConsole console, IReadOnlyList<Citation> citations, bool oneLineEach)
    {
        foreach (var citation in citations)
        {
            WriteSource(console, $"[{citation.Number}] ", Palette.Marker, SourceLocation.Of(citation), oneLineEach);
        }
    }

    private static void WriteRelated(IAnsiConsole console, IReadOnlyList<RelatedPassage> related, bool oneLineEach)
    {
        for (var i = 0; i < related.Count; i++)
        {
            WriteSource(console, $" {i + 1}. ", Palette.Text, SourceLocation.Of(related[i]), oneLineEach);
        }
    }

    private static void WriteSource(IAnsiConsole console, string lead, Style leadStyle, SourceLocation source, bool oneLine)
    {
        var width = Math.Min(console.Profile.Width, Palette.ReadableWidth) - lead.Length;
        var quote = SafeText.OneLine(source.Quote);
        console.Write(new HangingText(lead, leadStyle)
            .Add(source.Heading)
            .Add($" — {source.Position}\n", Palette.Muted)
            .Add($"“{(oneLine ? Cells.Shorten(quote, width - 2) : quote)}”", Palette.Muted));
    }

    [GeneratedRegex(@"\[(\d+)\]", RegexOptions.CultureInvariant)]
    private static partial Regex Marker();
}

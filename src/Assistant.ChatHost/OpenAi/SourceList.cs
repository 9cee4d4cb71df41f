using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Assistant.Core.Answering;

namespace Assistant.ChatHost.OpenAi;

/// <summary>Citations for clients that know text only: a Markdown list at the end of the message, and a link behind every marker.</summary>
internal static partial class SourceList
{
    private const string Begin = "\n\n**Sources**\n";
    private const string NoteBegin = "\n\n**Note:** ";

    /// <summary>What comes after the answer's text; empty when it cites nothing and there is nothing to note.</summary>
    public static string Of(Answer answer, Uri page)
    {
        var note = answer.Notice is { } notice ? NoteBegin + Escape(notice) : "";
        if (answer.Citations.Count == 0)
        {
            return note;
        }

        var list = new StringBuilder(Begin);
        foreach (var citation in answer.Citations)
        {
            var place = string.Join(" › ", [citation.Title, .. citation.Headings]) + (citation.Page is { } number ? $", page {number}" : "");
            list.Append(CultureInfo.InvariantCulture, $"\n{citation.Number}. [{Escape(place)}]({Link(citation, page)}): “{Escape(citation.Quote)}”");
        }

        return list.Append(note).ToString();
    }

    /// <summary>An annotation for each marker of the answer.</summary>
    public static IReadOnlyList<Annotation> Annotate(Answer answer, Uri page)
    {
        var annotations = new List<Annotation>();
        foreach (var marker in Marker().EnumerateMatches(answer.Text))
        {
            var number = int.Parse(answer.Text.AsSpan(marker.Index + 1, marker.Length - 2), CultureInfo.InvariantCulture);
            // A quoted sentence may hold a bracketed number of its own.
            if (answer.Citations.FirstOrDefault(citation => citation.Number == number) is { } cited)
            {
                annotations.Add(new Annotation(new UrlCitation(marker.Index, marker.Index + marker.Length, Link(cited, page), cited.Title)));
            }
        }

        return annotations;
    }

    /// <summary>An earlier answer, as it was before the list was put behind it.</summary>
    public static string Strip(string content)
    {
        var begin = content.LastIndexOf(Begin, StringComparison.Ordinal);
        begin = begin < 0 ? content.LastIndexOf(NoteBegin, StringComparison.Ordinal) : begin;
        return begin < 0 ? content : content[..begin];
    }

    /// <summary>Where the host's page shows the quoted range.</summary>
    private static string Link(Citation citation, Uri page) => string.Create(
        CultureInfo.InvariantCulture,
        $"{page}?document={Uri.EscapeDataString(citation.DocumentId)}&version={citation.Version}&start={citation.Start}&end={citation.End}");

    /// <summary>On one line, and so that Markdown shows every character as it is.</summary>
    private static string Escape(string text) => Special().Replace(LineBreaks().Replace(text, " "), @"\$0");

    [GeneratedRegex(@"\[[0-9]{1,4}\]", RegexOptions.CultureInvariant)]
    private static partial Regex Marker();

    [GeneratedRegex(@"\s*[\r\n\f\v\u0085\u2028\u2029]\s*", RegexOptions.CultureInvariant)]
    private static partial Regex LineBreaks();

    [GeneratedRegex(@"[\\`*_{}\[\]()<>#!|~&$]", RegexOptions.CultureInvariant)]
    private static partial Regex Special();
}

using System.Text;
using System.Text.RegularExpressions;
using Assistant.Core.Documents;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Tokens;

namespace Assistant.Documents.Pdf;

/// <summary>What the file says about itself, as far as a person wrote it and not a program.</summary>
internal static partial class PdfProperties
{
    /// <summary>A byte that is no character of its own stops decoding instead of being replaced.</summary>
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The title; null when it is missing or made by a program.</summary>
    public static string? Title(PdfDocument document)
    {
        var title = Clean(document.Information.Title);
        return title is null || !title.Any(char.IsLetter) || title.Length > 300 || MadeByProgram().IsMatch(title) ? null : title;
    }

    /// <summary>Author, day of creation and language.</summary>
    public static DocumentMetadata Metadata(PdfDocument document)
    {
        var author = Clean(document.Information.Author);
        return new DocumentMetadata
        {
            Author = author is not null && author.Any(char.IsLetter) && !NoPerson().IsMatch(author) ? author : null,
            Date = Date(document),
            Language = Language(document),
        };
    }

    private static DateOnly? Date(PdfDocument document)
    {
        var created = document.Information.GetCreatedDateTimeOffset();
        // The format is from 1993; an earlier day is a clock that was never set.
        return created is { Year: >= 1980 } date ? DateOnly.FromDateTime(date.DateTime) : null;
    }

    private static string? Language(PdfDocument document)
    {
        if (!document.Structure.Catalog.CatalogDictionary.TryGet(NameToken.Lang, out var token))
        {
            return null;
        }

        var tag = token switch
        {
            StringToken text => text.Data,
            HexToken hex => hex.Data,
            _ => string.Empty,
        };
        return LanguageTag().Match(tag) is { Success: true } match ? match.Groups[1].Value.ToLowerInvariant() : null;
    }

    private static string? Clean(string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return null;
        }

        var text = string.Join(' ', new string([.. value.Select(c => char.IsControl(c) ? ' ' : c)]).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        if (text.All(char.IsAscii) || text.Any(character => character > 0xFF))
        {
            return PdfGlyphs.Decompose(text);
        }

        // Some programs write UTF-8 where the format wants its own encoding.
        try
        {
            return StrictUtf8.GetString(Encoding.Latin1.GetBytes(text));
        }
        catch (DecoderFallbackException)
        {
            return text;
        }
    }

    /// <summary>“Microsoft Word - letter.doc”, “untitled”, “Document1”, “(paper title)”, a file name, a path.</summary>
    [GeneratedRegex(
        @"^Microsoft\s|^(?:untitled|untitled document|document|dokument|powerpoint presentation|slide|slides|title|paper title|presentation|pr.sentation|folie)\W*\d*$"
        + @"|\(use style|^<|\.(?:docx?|dotx?|rtf|odt|pptx?|xlsx?|indd|qxd|qxp|pmd|p65|tex|dvi|ps|eps|pdf|txt|html?|pages|cdr|ai|fm|wpd|tmp)$|^[a-z]:\\|^file:",
        RegexOptions.IgnoreCase)]
    private static partial Regex MadeByProgram();

    [GeneratedRegex(@"^(?:user|owner|admin|administrator|root|unknown|anonymous|author|default|\(anonymous\)|unspecified|none|\(unspecified\)|microsoft office user)$", RegexOptions.IgnoreCase)]
    private static partial Regex NoPerson();

    [GeneratedRegex("^([A-Za-z]{2})(?:[-_]|$)")]
    private static partial Regex LanguageTag();
}

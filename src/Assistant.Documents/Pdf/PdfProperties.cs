using System.Text;
using Assistant.Core.Documents;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Tokens;

namespace Assistant.Documents.Pdf;

/// <summary>What the file says about itself, as far as a person wrote it and not a program.</summary>
internal static class PdfProperties
{
    /// <summary>A byte that is no character of its own stops decoding instead of being replaced.</summary>
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The title; null when it is missing or made by a program.</summary>
    public static string? Title(PdfDocument document) => StatedProperties.Title(Clean(document.Information.Title));

    /// <summary>Author, day of creation and language.</summary>
    public static DocumentMetadata Metadata(PdfDocument document) => new()
    {
        Author = StatedProperties.Author(Clean(document.Information.Author)),
        Date = StatedProperties.Date(document.Information.GetCreatedDateTimeOffset()),
        Language = Language(document),
    };

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
        return LanguageTag.Normalize(tag);
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
}

using System.Text.RegularExpressions;

namespace Assistant.Documents;

/// <summary>Takes from the properties of a file what a person meant, and leaves what a program put there.</summary>
internal static partial class StatedProperties
{
    private const int LongestTitle = 300;

    /// <summary>The first year whose files still go around; an earlier day is a clock that was never set.</summary>
    private const int FirstYear = 1985;

    /// <summary>The title; null when it is missing, a file name or a program's default.</summary>
    public static string? Title(string? stated)
    {
        var title = stated?.Trim();
        return title is null || !title.Any(char.IsLetter) || title.Length > LongestTitle || MadeByProgram().IsMatch(title) ? null : title;
    }

    /// <summary>The author; null when it is missing or the name of no person.</summary>
    public static string? Author(string? stated)
    {
        var author = stated?.Trim();
        return author is null || !author.Any(char.IsLetter) || NoPerson().IsMatch(author) ? null : author;
    }

    /// <summary>The day; null when no document can be of it.</summary>
    public static DateOnly? Date(DateTimeOffset? stated) =>
        stated is { Year: >= FirstYear } date ? DateOnly.FromDateTime(date.DateTime) : null;

    /// <summary>“Microsoft Word - letter.doc”, “untitled”, “Document1”, “(paper title)”, a file name, a path.</summary>
    [GeneratedRegex(
        @"^Microsoft\s|^(?:untitled|untitled document|document|dokument|powerpoint presentation|slide|slides|title|paper title|presentation|pr.sentation|folie)\W*\d*$"
        + @"|\(use style|^<|\.(?:docx?|dotx?|rtf|odt|pptx?|xlsx?|indd|qxd|qxp|pmd|p65|tex|dvi|ps|eps|pdf|txt|html?|pages|cdr|ai|fm|wpd|tmp)$|^[a-z]:\\|^file:",
        RegexOptions.IgnoreCase)]
    private static partial Regex MadeByProgram();

    [GeneratedRegex(@"^(?:user|owner|admin|administrator|root|unknown|anonymous|author|default|\(anonymous\)|unspecified|none|\(unspecified\)|microsoft office user)$", RegexOptions.IgnoreCase)]
    private static partial Regex NoPerson();
}

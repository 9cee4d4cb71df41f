using System.Text.RegularExpressions;
using UglyToad.PdfPig.AcroForms;
using UglyToad.PdfPig.AcroForms.Fields;
using UglyToad.PdfPig.Annotations;
using UglyToad.PdfPig.Content;

namespace Assistant.Documents.Pdf;

/// <summary>Text that lies on a page without being drawn on it: what people wrote into notes and form fields.</summary>
internal static partial class PdfNotes
{
    /// <summary>The notes of <paramref name="page"/>. What stands in links, in the windows of notes (a copy of the note) and in form fields is no note.</summary>
    public static IEnumerable<string> OfPage(Page page) =>
        page.GetAnnotations()
            .Where(note => note.Type is not (AnnotationType.Link or AnnotationType.Popup or AnnotationType.Widget) && !string.IsNullOrWhiteSpace(note.Content))
            .Select(note => Lines().Replace(note.Content!.Trim(), "\n"))
            .Distinct();

    /// <summary>The fields of <paramref name="form"/> that were filled in, as “label: value” by page.</summary>
    public static ILookup<int, string> OfForm(AcroForm form) =>
        Terminal(form.Fields)
            .Select(field => (Page: field.PageNumber ?? 1, field.Information, Value: Value(field)))
            .Where(field => !string.IsNullOrWhiteSpace(field.Value))
            .ToLookup(field => field.Page, field => Label(field.Information) is { } label ? $"{label}: {field.Value!.Trim()}" : field.Value!.Trim());

    private static IEnumerable<AcroFieldBase> Terminal(IEnumerable<AcroFieldBase> fields) =>
        fields.SelectMany(field => field is AcroNonTerminalField group ? Terminal(group.Children) : [field]);

    private static string? Value(AcroFieldBase field) => field switch
    {
        AcroTextField text => text.Value,
        AcroComboBoxField combo => string.Join(", ", combo.SelectedOptions),
        AcroListBoxField list => string.Join(", ", list.SelectedOptions),
        _ => null,
    };

    /// <summary>The name meant for people, or the field's own name where it is words and not a path of a program.</summary>
    private static string? Label(AcroFieldCommonInformation field) =>
        !string.IsNullOrWhiteSpace(field.AlternateName) ? field.AlternateName.Trim().TrimEnd(':')
        : field.PartialName is { } name && Words().IsMatch(name) ? name : null;

    [GeneratedRegex(@"\r\n?|\n")]
    private static partial Regex Lines();

    [GeneratedRegex(@"^\p{L}[\p{L} _-]+$")]
    private static partial Regex Words();
}

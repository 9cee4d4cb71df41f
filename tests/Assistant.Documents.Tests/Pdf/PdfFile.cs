using System.Globalization;
using System.Text;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Fonts.Standard14Fonts;
using UglyToad.PdfPig.Writer;

namespace Assistant.Documents.Tests.Pdf;

/// <summary>Small PDF files made for a test.</summary>
internal static class PdfFile
{
    /// <summary>A line of text on a page.</summary>
    public sealed record Line(string Text, double Left, double Height, double Size = 10, bool Bold = false);

    /// <summary>Pages of A4 with the given lines, drawn in the given order.</summary>
    public static byte[] Make(IEnumerable<IReadOnlyList<Line>> pages, Action<PdfDocumentBuilder>? more = null)
    {
        using var builder = new PdfDocumentBuilder();
        var regular = builder.AddStandard14Font(Standard14Font.Helvetica);
        var bold = builder.AddStandard14Font(Standard14Font.HelveticaBold);
        foreach (var lines in pages)
        {
            var page = builder.AddPage(PageSize.A4);
            foreach (var line in lines)
            {
                page.AddText(line.Text, line.Size, new PdfPoint(line.Left, line.Height), line.Bold ? bold : regular);
            }
        }

        more?.Invoke(builder);
        return builder.Build();
    }

    /// <summary>Lines below each other.</summary>
    public static IEnumerable<Line> Column(double left, double top, params string[] lines) =>
        lines.Select((text, index) => new Line(text, left, top - (12 * index)));

    /// <summary>A file of the given objects, numbered from 1; the first is the catalog.</summary>
    public static byte[] OfObjects(string trailer, params string[] objects)
    {
        var file = new StringBuilder("%PDF-1.7\n");
        var offsets = new List<int>();
        foreach (var content in objects)
        {
            offsets.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{offsets.Count} 0 obj\n{content}\nendobj\n");
        }

        var xref = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {offsets.Count + 1}\n0000000000 65535 f \n");
        offsets.ForEach(offset => file.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n"));
        file.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {offsets.Count + 1} /Root 1 0 R {trailer} >>\nstartxref\n{xref}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(file.ToString());
    }

    /// <summary>An object with a stream.</summary>
    public static string Stream(string content, string entries = "") =>
        string.Create(CultureInfo.InvariantCulture, $"<< /Length {content.Length} {entries} >>\nstream\n{content}\nendstream");
}

using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using Assistant.Core.Documents;

namespace Assistant.Documents.Tests.Html;

/// <summary>
/// Holds the reader against pages of publishers whose main content people marked. Measured in words (each Chinese character is one),
/// as multisets: kept is the share of the marked words that the reader has, let in the share of the reader's words that are not marked.
/// Marked formulas (pictures with TeX beside them) count as text.
/// </summary>
public sealed partial class SharedHtmlTests
{
    [Fact]
    public void Main_text_is_kept_and_boilerplate_left_out()
    {
        var (common, marked, read) = (0, 0, 0);
        foreach (var path in Directory.EnumerateFiles(SharedFiles.Require("documents/html-expected")))
        {
            var expected = Words(MarkedText(File.ReadAllText(path)));
            var actual = Words(ReadShared(Path.GetFileName(path)).Text);
            var both = expected.Sum(word => Math.Min(word.Value, actual.GetValueOrDefault(word.Key)));
            Assert.True(both >= 0.9 * expected.Values.Sum(), $"{Path.GetFileName(path)} lost {1 - (both / (double)expected.Values.Sum()):P0} of its text");
            (common, marked, read) = (common + both, marked + expected.Values.Sum(), read + actual.Values.Sum());
        }

        TestContext.Current.SendDiagnosticMessage($"kept {common / (double)marked:P2}, let in {1 - (common / (double)read):P2}");
        Assert.InRange(common / (double)marked, 0.9, 1);
        Assert.InRange(1 - (common / (double)read), 0, 0.05);
    }

    [Fact]
    public void Probe_strings_are_found()
    {
        var probes = Probes.Of(SharedFiles.Require("documents"), "html/");
        var missing = probes
            .SelectMany(file => file.Value.Where(probe => !Probes.Spaced(ReadShared(Path.GetFileName(file.Key)).Text).Contains(Probes.Spaced(probe), StringComparison.Ordinal)))
            .ToArray();

        Assert.True(missing.Length <= 0.02 * probes.Sum(file => file.Value.Length), string.Join('\n', missing));
    }

    [Fact]
    public void Every_page_has_sound_spans_or_a_message()
    {
        foreach (var path in Directory.EnumerateFiles(SharedFiles.Require("documents/html")))
        {
            if (new FileInfo(path).Length == 0)
            {
                Assert.Equal("empty file", Assert.Throws<UnreadableDocumentException>(() => ReadShared(Path.GetFileName(path))).Message);
            }
            else
            {
                ReadShared(Path.GetFileName(path)).AssertSound(string.IsNullOrWhiteSpace);
            }
        }
    }

    private static SourceDocument ReadShared(string name) => Pages.Read(File.ReadAllBytes(SharedFiles.Require("documents/html/" + name)), name);

    private static string MarkedText(string html)
    {
        var page = new HtmlParser().ParseDocument(html);
        foreach (var element in page.QuerySelectorAll("img[alt*=displaystyle]"))
        {
            element.OuterHtml = page.CreateTextNode((element.GetAttribute("alt") ?? "")[@"{\displaystyle ".Length..]).Data.Replace("<", "&lt;", StringComparison.Ordinal);
        }

        // Blocks end words.
        foreach (var element in page.QuerySelectorAll("p, div, li, td, th, tr, h1, h2, h3, h4, h5, h6, br, pre, section, figure, figcaption, dt, dd"))
        {
            element.AppendChild(page.CreateTextNode("\n"));
            element.Before(page.CreateTextNode("\n"));
        }

        return page.Body?.TextContent ?? "";
    }

    private static Dictionary<string, int> Words(string text) =>
        Word().Matches(text.ToLowerInvariant()).CountBy(match => match.Value).ToDictionary();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}|[\p{L}\p{N}-[\u4E00-\u9FFF]]+")]
    private static partial Regex Word();
}

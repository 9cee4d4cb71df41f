using FsCheck;
using FsCheck.Fluent;

namespace Assistant.Documents.Tests;

/// <summary>Texts that nobody would think of, rich in what Markdown and plain text give a meaning.</summary>
internal static class AnyText
{
    private static readonly string[] Pieces =
    [
        "Talks", "went on", "Über", "会议", "مرحبا", "😀", "e\u0301", "12", " ", " ", "\t", "\u00A0", "\n", "\n", "\n\n", "\r\n", "\r\n\r\n", "\r", "\f", "\u2028",
        "# ", "## ", "\n===\n", "\n---\n", "---\n", "title: x\n", "- ", "* ", "  - ", "1. ", "> ", "```", "~~~\n", "    ", "`", "*", "**", "_", "~~", "[ ] ", "[x] ",
        "[a](b)", "![alt](c)", "[", "](", "]", "[^1]", "\n[^1]: ", "<b>", "</b>", "<br>", "<!--", "-->", "<script>", "<div>\n", "&amp;", "&#0;", "\\", "|", " | ", "\n|--|--|\n",
        "http://a.b ", "<http://a.b>", ". ", "? ", ": ", "\uFEFF", "\uD83D", "\uDE00", "\u202E",
    ];

    public static Arbitrary<string> Any { get; } = Gen.OneOf(
        Gen.Elements(Pieces).ListOf().Select(string.Concat),
        Gen.Elements(Pieces).ListOf(150).Select(string.Concat),
        ArbMap.Default.GeneratorFor<string>().Select(text => text ?? "")).ToArbitrary();

    public static Config Runs(int count) => Config.QuickThrowOnFailure.WithMaxTest(count);
}

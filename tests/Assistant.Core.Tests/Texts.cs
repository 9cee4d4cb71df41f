using FsCheck;
using FsCheck.Fluent;

namespace Assistant.Core.Tests;

/// <summary>Texts that nobody would think of: what properties about text are tried on.</summary>
internal static class Texts
{
    private static readonly string[] Pieces =
    [
        "Talks", "went", "on", "Über", "маленький", "Слово", "会议", "が", "مرحبا", "שלום", "नमस्ते", "😀", "👩‍👩‍👧", "e\u0301\u0327", "1", "2.5", "2024",
        " ", " ", " ", "  ", "\t", "\u00A0", "\u200B", "\n", "\r\n", "\n\n", "\r\n\r\n", "\n \n", "\f", "\u2028", "\u2029", "\u0085",
        ".", ". ", "...", "…", "!", "? ", "。", "？", "؟", "।", ",", ": ", ":\n", "“", "”", "\"", "'", "(", ")", "[1]", "[", "]", "e.g. ", "Mr. ", "z. B. ",
        "- ", "* ", "# ", "1. ", "```", "|", "---", "<b>", "&amp;", "http://a.b/c?d=e. ", "\0", "\uFEFF", "\uFFFD", "\uD83D", "\uDE00", "\u202E",
    ];

    /// <summary>Words and punctuation of many scripts, white space of all kinds, lone surrogates, combining and control characters.</summary>
    public static Arbitrary<string> Any { get; } = Gen.OneOf(
        Gen.Elements(Pieces).ListOf().Select(string.Concat),
        ArbMap.Default.GeneratorFor<char>().ListOf().Select(characters => new string([.. characters])),
        ArbMap.Default.GeneratorFor<string>().Select(text => text ?? "")).ToArbitrary();

    /// <summary>A fixed number of runs that fail the test when the property fails.</summary>
    public static Config Runs(int count) => Config.QuickThrowOnFailure.WithMaxTest(count);
}

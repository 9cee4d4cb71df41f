using Assistant.Core.Answering;
using FsCheck;
using FsCheck.Fluent;

namespace Assistant.Core.Tests.Answering;

public sealed class QuotationFinderTests
{
    [Theory]
    [InlineData("He said “the talks went on” today.", "the talks went on")]
    [InlineData("He said \"the talks went on\" today.", "the talks went on")]
    [InlineData("Il dit « les pourparlers continuent » hier.", "les pourparlers continuent")]
    [InlineData("Er sagte „die Gespräche gehen weiter“ und ging.", "die Gespräche gehen weiter")]
    [InlineData("Er sagte „die Gespräche gehen weiter” und ging.", "die Gespräche gehen weiter")]
    [InlineData("Er sagte »die Gespräche gehen weiter« und ging.", "die Gespräche gehen weiter")]
    [InlineData("She said ‘it’s a good choice’ today.", "it’s a good choice")]
    [InlineData("Er sagte ‚das geht so weiter‘ und ging.", "das geht so weiter")]
    [InlineData("彼は「会議は続いた」と言った。", "会議は続いた")]
    [InlineData("He said “they called it ‘a good first day’ in Paris” today.", "they called it ‘a good first day’ in Paris")]
    [InlineData("He said “they called it “a good day” in Paris” today.", "they called it “a good day” in Paris")]
    [InlineData("As told:\n\n> The talks\n> went on.\n\nThat is all.", "The talks\n> went on.")]
    [InlineData("> “The talks went on.”", "The talks went on.")]
    [InlineData("“One two” and “three four”", "One two|three four")]
    [InlineData("The 5\" pipe and the 6\" pipe", "")]
    [InlineData("It's what they're used to, isn't it?", "")]
    [InlineData("A “coalition” met ‘in Paris’.", "")]
    [InlineData("He said “the talks\n\nwent on.", "")]
    [InlineData("", "")]
    public void Quotations_are_found_by_the_marks_of_many_languages(string text, string expected) => Assert.Equal(
        expected, string.Join('|', QuotationFinder.Find(text).Select(span => span.Of(text))));

    [Fact]
    public void Any_text_gives_ranges_in_order_without_overlap() => Prop.ForAll(Texts.Any, text =>
    {
        var last = 0;
        foreach (var span in QuotationFinder.Find(text))
        {
            Assert.True(span.Start >= last && span.End > span.Start && span.End <= text.Length);
            Assert.False(char.IsWhiteSpace(text[span.Start]) || char.IsWhiteSpace(text[span.End - 1]));
            last = span.End;
        }
    }).Check(Texts.Runs(1_000));

    [Fact]
    public void Endless_opening_marks_cost_no_more_than_their_length()
    {
        // Ten times as many take about ten times as long; quadratic work would not end within the test's patience.
        Assert.Empty(QuotationFinder.Find(new string('“', 100_000)));
        Assert.Empty(QuotationFinder.Find(string.Concat(Enumerable.Repeat(" \"a", 50_000))));
    }
}

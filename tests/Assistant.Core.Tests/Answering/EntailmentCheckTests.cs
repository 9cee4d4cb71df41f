using Assistant.Core.Answering.Entailment;

namespace Assistant.Core.Tests.Answering;

public sealed class EntailmentCheckTests
{
    [Theory]
    [InlineData("Some European states urged prudence.", "Some European states urged prudence, emphasizing legal clarity.")]
    [InlineData("European states emphasized legal clarity.", "Some European states urged prudence, emphasizing legal clarity.")]
    [InlineData("The fund holds 2,000 euros.", "The fund holds two thousand euros.")]
    [InlineData("The fund holds €2 billion.", "The fund holds 2 billion euros.")]
    [InlineData("It was set up in May 2025.", "It was set up on 12 May 2025.")]
    [InlineData("It was set up in 2025.", "It was set up on 12 May 2025.")]
    [InlineData("The ministry did not sign.", "The ministry did not sign.")]
    [InlineData("The ministry didn't sign.", "The ministry did not sign the text.")]
    [InlineData("They approved the plan.", "They endorsed the plan.")]
    [InlineData("The text says that “ambiguity invites risk”.", "They argued that ambiguity invites risk.")]
    [InlineData("Troops may be sent.", "Troops may be sent later, officials said.")]
    [InlineData("Poland was warned by Russia.", "Russia warned Poland.")]
    [InlineData("In Paris, Macron met Merkel.", "Macron met Merkel in Paris.")]
    [InlineData("Germany and France agreed.", "France and Germany agreed.")]
    [InlineData("Die Kosten betragen 1.234,50 Euro.", "Die Kosten betragen 1234,5 Euro.", "de")]
    [InlineData("Фонд содержит два миллиарда евро.", "Фонд содержит 2 миллиарда евро.", "ru")]
    public void What_a_source_says_is_supported(string claim, string source, string language = "en") =>
        Assert.Equal(EntailmentVerdict.Supported, Check(claim, source, language));

    [Theory]
    [InlineData("Some European states urged war.", "Some European states urged prudence.", nameof(EntailmentGap.Word))]
    [InlineData("Some European states opposed prudence.", "Some European states supported prudence.", nameof(EntailmentGap.Word))]
    [InlineData("The talks were held in London.", "The talks were held in Paris.", nameof(EntailmentGap.Name))]
    [InlineData("The offer came from the north.", "The offer came from the south.", nameof(EntailmentGap.Word))]
    [InlineData("They signed the contract.", "They signed the contrast.", nameof(EntailmentGap.Word))]
    [InlineData("Russia warned them.", "Ukraine warned them.", nameof(EntailmentGap.Word))]
    [InlineData("The fund holds 3 billion euros.", "The fund holds 2 billion euros.", nameof(EntailmentGap.Number))]
    [InlineData("The fund holds 2 million euros.", "The fund holds 2 billion euros.", nameof(EntailmentGap.Number))]
    [InlineData("The fund grew by 5 euros.", "The fund of euros grew by 5 percent.", nameof(EntailmentGap.Number))]
    [InlineData("There are 200 tanks.", "There are 200 ships, which carry guns, shells, food, fuel, medicine, maps and tanks.", nameof(EntailmentGap.Number))]
    [InlineData("It was set up on 13 May 2025.", "It was set up on 12 May 2025.", nameof(EntailmentGap.Date))]
    [InlineData("It was set up on 12 May 2025.", "It was set up in May 2025.", nameof(EntailmentGap.Date))]
    [InlineData("They fly the F-18.", "They fly the F-16.", nameof(EntailmentGap.Name))]
    [InlineData("The ministry signed.", "The ministry did not sign.", nameof(EntailmentGap.Negation))]
    [InlineData("The ministry did not sign.", "The ministry signed.", nameof(EntailmentGap.Negation))]
    [InlineData("The guarantees are binding.", "The guarantees are non-binding.", nameof(EntailmentGap.Negation))]
    [InlineData("Moscow signed.", "Moscow refused to sign.", nameof(EntailmentGap.Negation))]
    [InlineData("All states urged prudence.", "Some states urged prudence.", nameof(EntailmentGap.Strength))]
    [InlineData("Troops will be sent.", "Troops may be sent.", nameof(EntailmentGap.Strength))]
    [InlineData("Troops are sent.", "Troops may be sent.", nameof(EntailmentGap.Strength))]
    [InlineData("They left before the vote.", "They left after the vote.", nameof(EntailmentGap.Strength))]
    [InlineData("The minister said “ambiguity brings risk”.", "The minister said that ambiguity brings great risk.", nameof(EntailmentGap.Quotation))]
    [InlineData("Poland warned Russia.", "Russia warned Poland.", nameof(EntailmentGap.Order))]
    [InlineData("See https://evil.example for prudence.", "They see prudence.", nameof(EntailmentGap.Markup))]
    [InlineData("<b>They</b> urged prudence.", "They urged prudence.", nameof(EntailmentGap.Markup))]
    [InlineData("It is so.", "They urged prudence.", nameof(EntailmentGap.Nothing))]
    public void What_a_source_does_not_say_is_not_supported(string claim, string source, string gap) =>
        Assert.Equal(gap, Check(claim, source, "en").Gap.ToString());

    [Theory]
    [InlineData("The harbour fund holds money.", nameof(EntailmentGap.None))]
    [InlineData("The harbour fund holds 5 euros.", nameof(EntailmentGap.Number))]
    public void Headings_may_name_what_a_sentence_speaks_of_but_give_no_number(string claim, string gap) =>
        Assert.Equal(gap, EntailmentCheck.Check(claim, [new CitedText("It holds money in euros.", "Harbour fund\n5 euros", "en")]).Gap.ToString());

    [Fact]
    public void Without_a_source_nothing_is_supported() => Assert.False(EntailmentCheck.Check("They urged prudence.", []).IsSupported);

    private static EntailmentVerdict Check(string claim, string source, string language) =>
        EntailmentCheck.Check(claim, [new CitedText(source, "", language)]);
}

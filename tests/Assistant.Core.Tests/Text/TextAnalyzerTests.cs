using Assistant.Core.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Assistant.Core.Tests.Text;

public sealed class TextAnalyzerTests
{
    [Theory]
    [InlineData("en", "The states' guarantees weren't guaranteed", "state guarante guarante")]
    [InlineData("de", "Die Häuser der größeren Städte", "haus gross stadt")]
    [InlineData("ru", "Российские учёные открыли", "россииск учен откр")]
    [InlineData("fr", "L'équipe des chercheuses", "equip chercheux")]
    [InlineData("pl", "Czerwone domy", "czerwone domy")]
    [InlineData("ja", "東京都", "東京 京都")]
    public void Terms_are_stemmed_by_the_rules_of_the_language(string language, string text, string terms) =>
        Assert.Equal(terms.Split(' '), TextAnalyzer.Terms(text, language));

    [Theory]
    [InlineData("en", "Which states urged prudence?", "Some states urge prudence")]
    [InlineData("de", "Wer gewährte Garantien?", "Die Garantie, gewährt")]
    [InlineData("ru", "Какие гарантии обсуждали?", "обсуждались гарантий")]
    public void A_question_and_its_answer_meet_in_their_terms(string language, string question, string answer) =>
        Assert.Subset(TextAnalyzer.Terms(answer, language).ToHashSet(), TextAnalyzer.Terms(question, language).ToHashSet());

    [Fact]
    public void A_word_knows_where_it_stands()
    {
        const string Text = "½ of Ukraine’s cafe\u0301s — “don’t”";
        Assert.Equal(
            ["½", "½", "of", "Ukraine’s", "cafe\u0301s", "don’t"],
            TextAnalyzer.Words(Text, "en").Select(word => word.Span.Of(Text)));
    }

    [Fact]
    public void Words_are_in_order_and_inside_the_text_whatever_it_is() =>
        Prop.ForAll<string?, bool>((value, german) =>
        {
            var text = value ?? "";
            var words = TextAnalyzer.Words(text, german ? "de" : "en");
            return words.All(word => word.Span.End <= text.Length && word.Span.Length > 0 && word.Term.Length > 0)
                && words.Zip(words.Skip(1)).All(pair => pair.First.Span.Start <= pair.Second.Span.Start);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Composed_and_decomposed_letters_give_the_same_terms() =>
        Assert.Equal(TextAnalyzer.Terms("Müller café", "de"), TextAnalyzer.Terms("Mu\u0308ller cafe\u0301", "de"));

    [Theory]
    [InlineData("What do the delegations of the states want?", "en")]
    [InlineData("Die Garantien sind für die Staaten nicht mit einem Beitritt gleichzusetzen.", "de")]
    [InlineData("Les garanties ne sont pas une adhésion pour les pays qui les demandent.", "fr")]
    [InlineData("Гарантии безопасности обсуждались в Париже.", "ru")]
    [InlineData("Гарантії безпеки обговорювали в Парижі.", "uk")]
    [InlineData("安全保障の議論が行われた。", "ja")]
    [InlineData("12 345", null)]
    public void The_language_is_told_by_script_and_common_words(string text, string? language) =>
        Assert.Equal(language, LanguageDetector.Detect(text));
}

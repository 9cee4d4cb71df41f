using System.Text;
using Assistant.Core.Documents;
using Assistant.Core.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Assistant.Core.Tests.Text;

public sealed class SentenceSplitterTests
{
    // In the samples a “|” marks where a sentence must end; everywhere else none may.
    [Theory]
    [InlineData("Mr. Smith met Dr. A. Jones.| They talked.| It was late.")]
    [InlineData("Use a tool, e.g. Make, i.e. a builder, vs. Ant.| It works.")]
    [InlineData("The U.S. Army moved.| He left the U.S.| The army stayed.")]
    [InlineData("See No. 5 and Fig. 2.| He said no.| Nobody asked.")]
    [InlineData("On Oct. 3 and Sept. 11 it rained.| In Dec.| It snowed.")]
    [InlineData("J. R. R. Tolkien wrote it.| C. S. Lewis read it.")]
    [InlineData("It cost 3.5 million.| Version 1.2.3 came in 1999.| Then 2.0 followed.")]
    [InlineData("Apple Inc. Chief Tim Cook spoke.| He left Apple Inc.| This was new.")]
    [InlineData("It opens at 9 a.m. Monday.| It closes at 5 p.m.| After that it is dark.")]
    [InlineData("1. Introduction to the matter.| 2. Methods are next.")]
    public void Full_stops_of_abbreviations_initials_and_numbers_do_not_end_a_sentence(string marked) => AssertSplits(marked);

    [Theory]
    [InlineData("Wir trafen uns am 3. Oktober.| Es war im 19. Jahrhundert, z.B. in Köln, d. h. am Rhein.| Danach nicht.")]
    [InlineData("Das kostet bzw. kostete Nr. 7 ca. 340 Euro usw.| Die Zeit lief.")]
    [InlineData("Я жил в г. Москва, т.е. далеко.| Это было в 1990 г.| Он уехал на ул. Ленина.")]
    [InlineData("А. С. Пушкин родился в 1799 году.| Он писал стихи и т. д. и т. п.| Потом умер.")]
    [InlineData("« Bonjour ! » dit-il.| « Il part. »| Elle reste.")]
    [InlineData("¿Qué hora es?| ¡Es tarde!| Vamos.")]
    public void Other_European_languages_are_split_too(string marked) => AssertSplits(marked);

    [Theory]
    [InlineData("“Stop!” he said.| “Why?” she asked.| Nobody knew.")]
    [InlineData("He said “stop.”| Then (as always.)| He left.")]
    [InlineData("It ended in 1945.[5][note 2]| It began again.[6]| Later it stopped. [7]| So they say.")]
    [InlineData("„Halt!“| Er lief weiter.| „Nein“, sagte er.")]
    [InlineData("Really?!| Yes!!!| Well... it is… so.| And then…| Nothing.")]
    [InlineData("He (wrongly!) left and Yahoo! is gone.| Fine.")]
    [InlineData("Wait . . .| Then go.")]
    public void Quotation_marks_brackets_and_footnote_marks_stay_with_their_sentence(string marked) => AssertSplits(marked);

    [Theory]
    [InlineData("See https://example.com/a.b?c=D! or mail me@example.org.| Then www.example.org works.")]
    [InlineData("Load System.Text.Json and node.js first.| Run it.")]
    public void Addresses_and_names_with_dots_stay_whole(string marked) => AssertSplits(marked);

    [Theory]
    [InlineData("今日は晴れ。|明日は雨？|「そうだ。」と彼は言った。|終わり！")]
    [InlineData("你好。|他说：“再见。”|我们走。")]
    [InlineData("यह एक वाक्य है।| यह दूसरा है॥| अंत।")]
    [InlineData("یہ پہلا ہے۔| دوسرا کیا ہے؟| ہاں۔")]
    [InlineData("هذا أول. | هل هذا ثان؟| نعم.")]
    [InlineData("Սա առաջինն է։| Սա երկրորդն է։")]
    [InlineData("ይህ አንድ ነው።| ይህ ሁለት ነው።")]
    public void Full_stops_of_other_scripts_end_sentences(string marked) => AssertSplits(marked);

    [Theory]
    [InlineData("the flow is slow .| it was found that m is 2 . 5 at most .| see fig. 1 and ref. 2 by m. i. smith .| a 12-in. tube was used .")]
    [InlineData("all tests were negative.| they could not be grown, e.g. from tissue.| why not?| no. 5 was lost.")]
    public void Text_without_capitals_is_split_by_its_words_and_spaces(string marked) => AssertSplits(marked);

    [Theory]
    [InlineData("A line\nthat is wrapped.| And\r\nanother one.")]
    [InlineData("Look [here.|\n\nThe next is …1]")]
    [InlineData("No stop here|\n\nNext paragraph|\r\n\r\nThird|\n \t\nFourth")]
    [InlineData("A page|\fThe next page")]
    public void Empty_lines_end_a_sentence_and_single_line_breaks_do_not(string marked) => AssertSplits(marked);

    [Fact]
    public void Only_the_given_range_is_split()
    {
        const string text = "Before. One here. Two there. After.";

        var sentences = SentenceSplitter.Split(text, new TextSpan(8, 28));

        Assert.Equal(["One here.", "Two there."], sentences.Select(sentence => sentence.Of(text)));
    }

    [Fact]
    public void Nothing_has_no_sentences()
    {
        Assert.Empty(SentenceSplitter.Split("", new TextSpan(0, 0)));
        Assert.Empty(SentenceSplitter.Split(" \r\n\t\n ", new TextSpan(0, 6)));
    }

    [Theory]
    [InlineData("a")]
    [InlineData(". ")]
    [InlineData("A. ")]
    [InlineData("? (")]
    [InlineData(".\"([ ")]
    [InlineData("\n ")]
    public void A_million_characters_without_a_sentence_end_are_one_sentence_at_most(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length));

        Assert.InRange(SentenceSplitter.Split(text, new TextSpan(0, text.Length)).Count, 0, 1);
    }

    [Fact]
    public void Sentences_of_any_text_are_in_order_trimmed_and_cover_everything_that_is_not_white_space()
    {
        Prop.ForAll(Texts.Any, text =>
        {
            var covered = 0;
            foreach (var sentence in SentenceSplitter.Split(text, new TextSpan(0, text.Length)))
            {
                Assert.True(string.IsNullOrWhiteSpace(text[covered..sentence.Start]));
                Assert.False(sentence.IsEmpty);
                Assert.Equal(sentence.Of(text), sentence.Of(text).Trim());
                covered = sentence.End;
            }

            Assert.True(string.IsNullOrWhiteSpace(text[covered..]));
        }).Check(Texts.Runs(2000));
    }

    [Fact]
    public void A_sentence_never_crosses_an_empty_line()
    {
        Prop.ForAll(Texts.Any, text => SentenceSplitter.Split(text, new TextSpan(0, text.Length))
            .All(sentence => !sentence.Of(text).ReplaceLineEndings("\n").Contains("\n\n", StringComparison.Ordinal)))
            .Check(Texts.Runs(1000));
    }

    private static void AssertSplits(string marked)
    {
        var text = new StringBuilder();
        var expected = new List<string>();
        foreach (var sentence in marked.Split('|'))
        {
            text.Append(sentence);
            expected.Add(sentence.Trim());
        }

        var whole = text.ToString();
        Assert.Equal(expected, SentenceSplitter.Split(whole, new TextSpan(0, whole.Length)).Select(sentence => sentence.Of(whole)));
    }
}

using Assistant.Core.Answering;
using FsCheck;
using FsCheck.Fluent;

namespace Assistant.Core.Tests.Answering;

public sealed class AnswerNetworkTests
{
    [Fact]
    public void It_says_what_an_independent_reading_of_its_weights_says()
    {
        using var reference = Reference.Open("answer-network-reference.json");
        Assert.NotEqual(0, reference.RootElement.GetArrayLength());
        foreach (var item in reference.RootElement.EnumerateArray())
        {
            float[] features = [.. item.GetProperty("features").EnumerateArray().Select(value => value.GetSingle())];
            var actual = Logit(item.GetProperty("question").GetString()!, item.GetProperty("sentence").GetString()!, features);
            Assert.Equal(item.GetProperty("logit").GetDouble(), actual, 0.002);
        }
    }

    [Theory]
    [InlineData("Who opened the new harbour?", "The new harbour was opened by Halla Brandvik.")]
    [InlineData("Who opened the new harbour?", "")]
    public void It_says_the_mean_of_what_its_networks_say(string question, string sentence)
    {
        var features = new float[SentenceFeatures.Names.Count + 1];
        var each = AnswerNetwork.Shared.Each().Select(network => network.Judge(network.Read(question, "en"), sentence, features).Logit).ToList();
        Assert.Equal(each.Count, each.Distinct().Count());
        Assert.Equal(each.Average(), Logit(question, sentence, features), 1e-6);
    }

    [Fact]
    public void Whatever_is_asked_of_whatever_sentence_it_says_something_and_always_the_same() =>
        Prop.ForAll<string?, string?>((question, sentence) =>
        {
            var logit = Logit(question ?? "", sentence ?? "", new float[SentenceFeatures.Names.Count + 1]);
            return double.IsFinite(logit) && logit == Logit(question ?? "", sentence ?? "", new float[SentenceFeatures.Names.Count + 1]);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Words_of_a_language_that_it_does_not_know_say_nothing_but_what_they_look_like()
    {
        var features = new float[SentenceFeatures.Names.Count + 1];
        var question = AnswerNetwork.Shared.Read("Wer hat den Hafen gebaut?", "de");
        var one = AnswerNetwork.Shared.Judge(question, "Der Bürgermeister kaufte sieben Grundstücke.", features);
        Assert.Equal(one, AnswerNetwork.Shared.Judge(question, "Der Vorsitzende zählte vier Wahlzettel.", features));
        Assert.Equal(0, one.Likeness);
    }

    [Theory]
    [InlineData("Who opened the new harbour?", "The new harbour was opened by Halla Brandvik.", "The new harbour was opened in the rain.")]
    [InlineData("When was the tram opened?", "The tram was opened in May 1993.", "The tram was opened by the mayor.")]
    public void Of_two_sentences_with_the_words_of_the_question_it_prefers_the_one_that_holds_what_is_asked(string question, string answers, string other)
    {
        var features = new float[SentenceFeatures.Names.Count + 1];
        features[^1] = 1;
        Assert.True(Logit(question, answers, features) > Logit(question, other, features));
    }

    private static double Logit(string question, string sentence, float[] features) =>
        AnswerNetwork.Shared.Judge(AnswerNetwork.Shared.Read(question, "en"), sentence, features).Logit;
}

using Assistant.Core.Answering;
using Assistant.Generation.Tests.Support;
using Assistant.Testing.ModelServer;

namespace Assistant.Generation.Tests.Attacks;

/// <summary>
/// Documents that command the model, before a model that obeys them: nothing that the documents do not say gets out, no citation of an
/// honest document changes, and the prompt stays inside.
/// </summary>
public sealed class AttackTests
{
    private static readonly Lazy<Task<Citation>> HonestCitation = new(HonestCitationAsync);

    public static TheoryData<string> Names => [.. Attack.All.Select(attack => attack.Name)];

    [Fact]
    public void There_are_forty_attacks_and_no_two_alike()
    {
        Assert.True(Attack.All.Count >= 40);
        Assert.Equal(Attack.All.Count, Attack.All.Select(attack => attack.Name).Distinct().Count());
        Assert.Equal(Attack.All.Count, Attack.All.Select(attack => attack.Id + attack.Text).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_model_that_obeys_a_document_says_nothing_that_is_not_proved(string name)
    {
        var attack = Attack.Named(name);
        await using var scene = await StartAsync(attack);
        var adversary = new Adversary(attack);
        scene.Server.Chat = adversary.ObeyOnly;
        var (answer, deltas) = await scene.AskAsync();
        AssertObeyed(scene, adversary);
        Assert.Empty(await AnswerCheck.ViolationsAsync(answer, deltas, scene.Documents, adversary.SystemPrompt, Scene.Key));
        Assert.DoesNotMatch(@$"\b{adversary.Mark}\s?[0-9]", answer.Text);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task No_document_changes_what_another_one_is_cited_for(string name)
    {
        var attack = Attack.Named(name);
        var expected = await HonestCitation.Value;
        await using var scene = await StartAsync(attack);
        var adversary = new Adversary(attack);
        scene.Server.Chat = adversary.ObeyAndMore;
        var (answer, deltas) = await scene.AskAsync();
        AssertObeyed(scene, adversary);
        Assert.Empty(await AnswerCheck.ViolationsAsync(answer, deltas, scene.Documents, adversary.SystemPrompt, Scene.Key));
        var honest = Assert.Single(answer.Citations, citation => citation.Quote == Scene.HonestSentence);
        Assert.Equal(expected, honest with { Number = expected.Number });
        Assert.Contains($"{Scene.HonestSentence} [{honest.Number}]", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_answerer_that_trusted_the_model_would_be_caught(string name)
    {
        var attack = Attack.Named(name);
        await using var scene = await StartAsync(attack);
        var adversary = new Adversary(attack);
        scene.Server.Chat = adversary.ObeyOnly;
        await scene.AskAsync();
        var text = $"{adversary.Said} [1]";
        var trusting = new Answer
        {
            Outcome = Outcome.Answered,
            Text = text,
            Citations = [await HonestCitation.Value],
            Question = Scene.Question,
            AnsweredBy = ScriptedModelServer.ChatModel,
        };
        Assert.NotEmpty(await AnswerCheck.ViolationsAsync(trusting, [text], scene.Documents, adversary.SystemPrompt, Scene.Key));
    }

    [Fact]
    public async Task An_honest_answer_breaks_nothing()
    {
        await using var scene = await Scene.StartAsync();
        scene.Server.Chat = Honest;
        var (answer, deltas) = await scene.AskAsync();
        Assert.Empty(await AnswerCheck.ViolationsAsync(answer, deltas, scene.Documents, Scene.Key));
        Assert.Equal($"{Scene.HonestSentence} [1]", answer.Text);
        Assert.Equal(0, answer.WithheldSentences);
    }

    private static Task<Scene> StartAsync(Attack attack) => Scene.StartAsync([KeyValuePair.Create(attack.Id, "Notice on the northern lock.\n\n" + attack.Text)]);

    private static TextReply Honest(ModelRequest request) => ModelReply.Text($"{Scene.HonestSentence} [{Prompts.IdOf(request, Scene.HonestSentence)}]");

    private static async Task<Citation> HonestCitationAsync()
    {
        await using var scene = await Scene.StartAsync();
        scene.Server.Chat = Honest;
        return Assert.Single((await scene.AskAsync()).Answer.Citations);
    }

    private static void AssertObeyed(Scene scene, Adversary adversary)
    {
        Assert.NotEmpty(adversary.Said);
        Assert.StartsWith(string.Concat(scene.Server.ChatRequests[0].Sent.Select(piece => piece.Text)), adversary.Said, StringComparison.Ordinal);
        Assert.NotEmpty(scene.Server.ChatRequests[0].Sent);
    }
}

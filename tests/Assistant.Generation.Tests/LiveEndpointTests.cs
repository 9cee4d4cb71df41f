using Assistant.Core.Answering;

namespace Assistant.Generation.Tests;

/// <summary>
/// The same against a real endpoint: <c>ASSISTANT_TEST_OPENAI_ENDPOINT</c>, and where it needs them <c>ASSISTANT_TEST_OPENAI_API_KEY</c>
/// and <c>ASSISTANT_TEST_OPENAI_MODEL</c>. What a model says differs; what is held is what every answer promises.
/// </summary>
public sealed class LiveEndpointTests
{
    private const string EndpointVariable = "ASSISTANT_TEST_OPENAI_ENDPOINT";

    [Theory]
    [InlineData("What did European states urge?")]
    [InlineData("How much money is in the fund, and since when?")]
    [InlineData("What has Moscow criticized?")]
    public async Task Every_sentence_of_a_real_model_is_proved(string question)
    {
        await using var desk = await OpenAsync();

        var answer = await desk.AskAsync(question);

        TestContext.Current.TestOutputHelper?.WriteLine($"{answer.AnsweredBy}, {answer.WithheldSentences} withheld, {answer.ElapsedMilliseconds} ms: {answer.Text} {answer.Notice}");
        Assert.NotEqual(Outcome.NoDocuments, answer.Outcome);
        Assert.All(answer.Citations, citation => Assert.Contains(citation.Quote, Desk.Talks, StringComparison.Ordinal));
        Assert.All(answer.Citations, citation => Assert.Contains($"[{citation.Number}]", answer.Text, StringComparison.Ordinal));
        Assert.Null(answer.Notice);
    }

    [Fact]
    public async Task A_real_model_says_that_it_does_not_know()
    {
        await using var desk = await OpenAsync();

        var answer = await desk.AskAsync("How is bread baked?");

        TestContext.Current.TestOutputHelper?.WriteLine($"{answer.AnsweredBy}: {answer.Text} {answer.Notice}");
        Assert.Equal(Outcome.NotInDocuments, answer.Outcome);
    }

    private static Task<Desk> OpenAsync()
    {
        var endpoint = Environment.GetEnvironmentVariable(EndpointVariable);
        Assert.SkipWhen(string.IsNullOrEmpty(endpoint), $"{EndpointVariable} names no endpoint.");
        List<(string, string)> settings = [("Endpoint", endpoint!), ("Model", Environment.GetEnvironmentVariable("ASSISTANT_TEST_OPENAI_MODEL") ?? "gpt-4.1-mini")];
        if (Environment.GetEnvironmentVariable("ASSISTANT_TEST_OPENAI_API_KEY") is { Length: > 0 } key)
        {
            settings.Add(("ApiKey", key));
        }

        return Desk.OpenAsync([.. settings]);
    }
}

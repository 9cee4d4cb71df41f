using System.Text;
using Assistant.ChatHost.Tests.Support;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Assistant.ChatHost.Tests.Answers;

public sealed class CancellationTests
{
    [Theory]
    [InlineData("application/json", "/api/chat", """{"question":"Who met in Paris?"}""")]
    [InlineData("text/event-stream", "/api/chat", """{"question":"Who met in Paris?"}""")]
    [InlineData("text/event-stream", "/v1/chat/completions", """{"stream":true,"messages":[{"role":"user","content":"Who met in Paris?"}]}""")]
    public async Task A_client_that_leaves_cancels_the_work(string accept, string path, string body)
    {
        var gate = new GatedEmbeddings();
        gate.Open();
        var (host, client, _) = await TestHost.StartServerAsync(services => services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(gate));
        await using var disposed = host;
        gate.Close();

        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(HttpHelp.Cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Accept.ParseAdd(accept);
        var asked = client.SendAsync(request, leaving.Token);
        await gate.Entered.WaitAsync(HttpHelp.Cancellation);
        await leaving.CancelAsync();

        await gate.Cancelled.WaitAsync(HttpHelp.Cancellation);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        gate.Open();
        Assert.True((await client.PostAsync("/api/chat", """{"question":"Who met in Paris?"}""")).IsSuccessStatusCode);
    }

    [Fact]
    public async Task A_question_that_takes_too_long_is_given_up()
    {
        var gate = new GatedEmbeddings();
        gate.Open();
        var (host, client, _) = await TestHost.StartServerAsync(
            services => services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(gate), ("Assistant:Http:RequestTimeoutSeconds", "1"));
        await using var disposed = host;
        gate.Close();
        using var response = await client.PostAsync("/api/chat", """{"question":"Who met in Paris?"}""");
        await response.ProblemAsync(504);
        Assert.True(gate.Cancelled.IsCompleted);
        gate.Open();
    }

    [Fact]
    public async Task Many_questions_at_once_get_the_answers_that_each_gets_alone()
    {
        var (host, client, _) = await TestHost.StartServerAsync();
        await using var disposed = host;
        string[] questions =
        [
            "What did some European states urge?", "Why was the northern lock closed?", "How fast does the turbine spin?",
            "Where do ferries to Borkum leave from?", "Who won the chess championship in Reykjavik?", "How long do repairs of the lock take?",
        ];
        var alone = new Dictionary<string, string?>();
        foreach (var question in questions)
        {
            alone[question] = (string?)(await client.PostJsonAsync("/api/chat", new { question }))["answer"];
        }

        Assert.True(alone.Values.Distinct().Count() >= 5);
        await Parallel.ForAsync(0, 300, new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = HttpHelp.Cancellation }, async (i, _) =>
        {
            var question = questions[i % questions.Length];
            Assert.Equal(alone[question], (string?)(await client.PostJsonAsync("/api/chat", new { question }))["answer"]);
        });
    }
}

using System.Text.Json.Nodes;
using Assistant.Core.Answering;
using Assistant.Generation.Kernels;
using Assistant.Generation.Tests.Samples;
using Assistant.Generation.Tests.Support;
using Assistant.Testing.ModelServer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.Data;

namespace Assistant.Generation.Tests.Kernels;

/// <summary>The documents in a kernel that is not this product's own.</summary>
public sealed class CorpusPluginTests
{
    private static readonly string[] Budget = ["budget.md"];

    private static readonly (string, string) NoModel = ("Assistant:Chat:Provider", "None");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_kernel_asks_and_gets_the_typed_answer()
    {
        await using var scene = await Scene.StartAsync(settings: NoModel);
        var kernel = new Kernel();
        kernel.Plugins.AddCorpus(scene.Services);
        var answer = await kernel.InvokeAsync<Answer>("corpus", "ask", new() { ["question"] = Scene.Question }, Cancellation);
        var (direct, deltas) = await scene.AskAsync();
        Assert.Equal(direct.Text, answer!.Text);
        Assert.Empty(await AnswerCheck.ViolationsAsync(answer, deltas, scene.Documents));
        var elsewhere = await kernel.InvokeAsync<Answer>(
            "corpus", "ask", new() { ["question"] = Scene.Question, ["documentIds"] = Budget }, Cancellation);
        Assert.DoesNotContain(elsewhere!.Citations, citation => citation.DocumentId == Scene.Harbour);
    }

    [Fact]
    public async Task A_kernel_searches_and_lists()
    {
        await using var scene = await Scene.StartAsync(settings: NoModel);
        var kernel = new Kernel();
        kernel.Plugins.AddCorpus(scene.Services, "port");
        var passages = await kernel.InvokeAsync<IReadOnlyList<CorpusPassage>>("port", "search", new() { ["query"] = "northern lock gate", ["limit"] = 2 }, Cancellation);
        Assert.InRange(passages!.Count, 1, 2);
        Assert.Equal(Scene.Harbour, passages[0].DocumentId);
        await AreExactAsync(scene, passages);
        var documents = await kernel.InvokeAsync<IReadOnlyList<CorpusDocument>>("port", "documents", cancellationToken: Cancellation);
        Assert.Equal(["budget.md", "harbour.md"], documents!.Select(document => document.DocumentId));
        await Assert.ThrowsAsync<KernelException>(() => kernel.InvokeAsync("port", "ask", new() { ["question"] = " " }, Cancellation));
    }

    [Fact]
    public async Task A_kernel_of_the_same_services_has_the_plugin_by_one_line()
    {
        await using var scene = await Scene.StartAsync(settings: NoModel, services: services => services.AddKernel().Plugins.AddCorpus());
        var kernel = scene.Services.GetRequiredService<Kernel>();
        Assert.Equal(["ask", "documents", "search"], kernel.Plugins["corpus"].Select(function => function.Name).Order());
        Assert.All(kernel.Plugins["corpus"], function =>
        {
            Assert.NotEmpty(function.Description);
            Assert.All(function.Metadata.Parameters, parameter => Assert.NotEmpty(parameter.Description));
        });
    }

    [Fact]
    public async Task The_text_search_gives_quotes_links_and_passages_of_the_same_ranking()
    {
        await using var scene = await Scene.StartAsync(
            [KeyValuePair.Create("ports/north/Über uns.md", "# Über uns\n\nThe northern lock has a new gate, says page two.")], settings: NoModel,
            services: services => services.AddSingleton<ITextSearch<CorpusPassage>, CorpusSearch>());
        var search = scene.Services.GetRequiredService<ITextSearch<CorpusPassage>>();
        var passages = await AllAsync(await search.GetSearchResultsAsync("gate of the northern lock", new() { Top = 10, IncludeTotalCount = true }, Cancellation));
        await AreExactAsync(scene, passages);
        Assert.Equal(passages.OrderByDescending(passage => passage.Score), passages);
        Assert.Equal(passages.Select(passage => passage.Quote), await AllAsync(await search.SearchAsync("gate of the northern lock", new() { Top = 10 }, Cancellation)));
        var results = await AllAsync(await search.GetTextSearchResultsAsync("gate of the northern lock", new() { Top = 1, Skip = 1 }, Cancellation));
        Assert.Equal((passages[1].Quote, passages[1].Title, passages[1].Link), (results[0].Value, results[0].Name, results[0].Link));
        Assert.Contains(passages, passage => passage.Link.StartsWith("ports/north/%C3%9Cber%20uns.md?version=1#char=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_filter_narrows_the_search()
    {
        await using var scene = await Scene.StartAsync(settings: NoModel, services: services => services.AddSingleton<ITextSearch<CorpusPassage>, CorpusSearch>());
        var search = scene.Services.GetRequiredService<ITextSearch<CorpusPassage>>();
        var wanted = "budget.md";
        var found = await search.GetSearchResultsAsync("lock", new() { Filter = passage => passage.DocumentId == wanted && passage.Version == 1, IncludeTotalCount = true }, Cancellation);
        Assert.Equal(["budget.md"], (await AllAsync(found)).Select(passage => passage.DocumentId).Distinct());
        Assert.Equal(1, found.TotalCount);
        var ferries = await search.GetSearchResultsAsync("lock", new() { Filter = passage => passage.Headings.Contains("Ferries") }, Cancellation);
        Assert.Equal([["Ferries"]], (await AllAsync(ferries)).Select(passage => passage.Headings));
        Assert.Empty(await AllAsync(await search.SearchAsync("lock", new() { Filter = passage => passage.DocumentId == "none.md" }, Cancellation)));
    }

    [Fact]
    public async Task The_sample_of_the_readme_runs()
    {
        await using var scene = await Scene.StartAsync(settings: NoModel);
        scene.Server.Chat = request => request.Messages[^1] is { Role: "tool" } told
            ? ModelReply.Text($"The tool says: {(string?)JsonNode.Parse(told.Text)!["answer"]}")
            : ModelReply.ToolCall("corpus-ask", $$"""{"question":"{{Scene.Question}}"}""");
        var output = new StringWriter();
        await OwnKernel.RunAsync(scene.Arguments, scene.Server.Endpoint, ScriptedModelServer.ChatModel, Scene.Key, output);
        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var start = (await scene.Documents.GetAsync(Scene.Harbour, 1, Cancellation))!.Text.IndexOf(Scene.HonestSentence, StringComparison.Ordinal);
        Assert.Equal($"[1] harbour.md, version 1, {start}–{start + Scene.HonestSentence.Length}: “{Scene.HonestSentence}”", lines[0]);
        Assert.StartsWith($"The tool says: {Scene.HonestSentence} [1]", lines[^1], StringComparison.Ordinal);
        Assert.Equal(["corpus-ask", "corpus-documents", "corpus-search"], scene.Server.ChatRequests[0].Body!["tools"]!.AsArray().Select(tool => (string)tool!["function"]!["name"]!).Order());
    }

    private static async Task AreExactAsync(Scene scene, IReadOnlyList<CorpusPassage> passages)
    {
        Assert.NotEmpty(passages);
        foreach (var passage in passages)
        {
            var document = await scene.Documents.GetAsync(passage.DocumentId, passage.Version, Cancellation);
            Assert.Equal(passage.Quote, document!.Text[passage.Start..passage.End]);
            Assert.Equal(document.Title, passage.Title);
        }
    }

    private static async Task<List<T>> AllAsync<T>(KernelSearchResults<T> results) => await results.Results.ToListAsync(Cancellation);
}

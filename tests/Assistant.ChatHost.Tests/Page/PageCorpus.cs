using Assistant.Core.Ingestion;
using Assistant.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Assistant.ChatHost.Tests.Page;

/// <summary>A folder of documents, some of them hostile, removed in the end.</summary>
internal sealed class PageCorpus : IDisposable
{
    public const string Talks = "talks.md";
    public const string Ferry = "häfen/ferry 😀.md";

    /// <summary>What an attacker would like to run; it shows a dialog when it does.</summary>
    public const string Attack = "<img src=attack onerror=alert(1)>";

    /// <summary>A file whose name, headings and text attack.</summary>
    public static readonly string Hostile = OperatingSystem.IsWindows() ? "attack onerror=alert(1).md" : $"{Attack}.md";

    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("assistant-page-");

    public PageCorpus()
    {
        Write(Talks, """
            # Talks on Guarantees

            Officials of a coalition gathered in Paris to assess long-term arrangements for the safety of the region.

            ## Who Is in the Coalition?

            Participants included representatives from key European states and transatlantic partners.

            ## Proposals on the Table

            ### Long-Term Assistance

            Several delegations supported multi-year defense assistance packages. These would focus on air defense and artillery.

            ### Pledges

            Rather than a single treaty, discussions leaned toward a network of bilateral commitments.

            ## Differing Views

            ### European Caution

            Some European states urged prudence, emphasizing legal clarity and domestic constraints.

            ### Stronger Deterrence

            Others pushed for more robust commitments, arguing that ambiguity invites risk.
            """);
        Write(Ferry, """
            # The Ferry 😀 to Borkum

            😀😀 The 𝒻erry leaves from the outer pier while the lock is closed. Repairs of the lock 🔧 take six weeks — “no less”, says the harbour master.

            Tickets for bicycles cost nine euros.
            """);
        Write(Hostile, """
            # \<img src=attack onerror=alert(1)\> Turbine Manual

            ## What is \<script\>alert(2)\</script\> speed?

            The turbine spins at 900 revolutions \<img src=attack onerror=alert(3)\> per minute. The turbine \<script\>alert(4)\</script\> must cool for an hour.
            """);
    }

    /// <summary>Where the host is started: the default settings name <c>corpus</c> and <c>data</c> in it.</summary>
    public string Root => root.FullName;

    public void Write(string id, string text)
    {
        var path = Path.Combine(Root, "corpus", id);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    /// <summary>Brings the index that a host will find in step with the documents as they are now.</summary>
    public async Task IngestAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings
        {
            Args = [$"--Assistant:Corpus:Path={Path.Combine(Root, "corpus")}", $"--Assistant:Storage:Sqlite:Path={Path.Combine(Root, "data", "assistant.db")}"],
        });
        using var host = builder.AddAssistant().Build();
        await foreach (var step in host.Services.GetRequiredService<CorpusReconciler>().ReconcileAsync(TestContext.Current.CancellationToken))
        {
            Assert.IsNotType<DocumentFailed>(step);
        }
    }

    public void Dispose() => root.Delete(recursive: true);
}

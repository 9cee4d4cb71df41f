using System.Diagnostics;
using System.Text.RegularExpressions;
using Assistant.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Assistant.Deployment.Tests;

public sealed partial class ComposeTests
{
    private static readonly Dictionary<string, string> Variables = new() { ["QDRANT_API_KEY"] = "a-key-of-this-test" };

    public static TheoryData<string> Names => [.. Compose.All.Select(service => service.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_image_is_pinned_or_built_here(string name)
    {
        var service = Of(name);
        Assert.Matches(service.Target is null ? PinnedImage() : LocalImage(), service.Image);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_runs_as_root_writes_to_its_image_or_keeps_capabilities(string name)
    {
        var service = Of(name);
        Assert.Matches(OrdinaryUser(), service.User);
        Assert.True(service.IsReadOnly);
        Assert.Equal(["ALL"], service.DroppedCapabilities);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Everything_that_stays_has_a_health_check_without_a_shell_that_is_not_there(string name)
    {
        var service = Of(name);
        if (!service.EndsByItself)
        {
            Assert.Equal("CMD", service.HealthCheck[0]);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Only_the_chat_hosts_can_be_opened_to_the_network_and_nothing_is_by_default(string name) => Assert.All(
        Of(name).Ports,
        port =>
        {
            Assert.StartsWith("127.0.0.1:", Compose.Resolve(port, Variables), StringComparison.Ordinal);
            Assert.True(!port.StartsWith('$') || port.EndsWith(":5080", StringComparison.Ordinal), port);
        });

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_setting_exists_and_is_allowed(string name)
    {
        var settings = Of(name).Environment
            .Where(variable => variable.Key.StartsWith("Assistant__", StringComparison.Ordinal))
            .ToDictionary(
                variable => variable.Key.Replace("__", ":", StringComparison.Ordinal), variable => (string?)Compose.Resolve(variable.Value, Variables));
        var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddAssistant();
        using var provider = services.BuildServiceProvider();
        // Throws with the setting, its value and what is allowed.
        Assert.NotNull(provider.GetRequiredService<IOptions<AssistantOptions>>().Value);
    }

    [Fact]
    public void All_parts_of_the_index_are_of_one_version_that_the_store_is_written_for()
    {
        var versions = Compose.All.Select(service => service.Service.Image).Where(image => image.StartsWith("qdrant/", StringComparison.Ordinal)).ToList();
        // One on one machine, three in the cluster.
        Assert.Equal(4, versions.Count);
        Assert.StartsWith("qdrant/qdrant:v1.19.", Assert.Single(versions.Distinct()), StringComparison.Ordinal);
    }

    [Fact]
    public void No_key_stands_in_a_file() => Assert.All(
        Compose.All.SelectMany(service => service.Service.Environment).Where(variable => variable.Key.Contains("KEY", StringComparison.OrdinalIgnoreCase)),
        variable => Assert.StartsWith("${QDRANT_API_KEY:?", variable.Value, StringComparison.Ordinal));

    [Fact]
    public void The_worker_alone_ingests_and_reads_the_corpus_only()
    {
        Assert.All(
            Compose.All.Where(service => service.Service.Target == "chat-host"),
            host => Assert.Equal("false", host.Service.Environment["Assistant__Http__IngestAtStart"]));
        var worker = Assert.Single(Compose.Cluster.Values, service => service.Target == "worker");
        Assert.Equal(["./corpus:/work/corpus:ro"], worker.Volumes);
        Assert.Contains("--watch", worker.Command);
    }

    [Fact]
    public void A_model_is_asked_only_with_the_profile_that_brings_it()
    {
        var asking = Compose.Services.Where(service => service.Value.Environment.Keys.Any(key => key.StartsWith("Assistant__Chat__", StringComparison.Ordinal)));
        Assert.All(asking, service => Assert.Equal(["llm"], (List<object>)service.Value.Values["profiles"]));
    }

    [Fact]
    public void What_can_be_set_is_in_the_example()
    {
        var example = Repository.Read(".env.example");
        Assert.All(
            VariableName().Matches(Repository.Read(Compose.File) + Repository.Read(Compose.ClusterFile)).Select(match => match.Groups[1].Value).Distinct(),
            name => Assert.Contains(name + "=", example, StringComparison.Ordinal));
        Assert.Contains(".env", File.ReadAllLines(Repository.PathOf(".gitignore")));
    }

    [Theory]
    [InlineData(Compose.File)]
    [InlineData(Compose.File, "--profile", "llm")]
    [InlineData(Compose.File, "--file", Compose.ClusterFile)]
    [InlineData(Compose.File, "--file", Compose.ClusterFile, "--profile", "llm")]
    public async Task Compose_itself_takes_the_files_and_asks_for_the_key(string file, params string[] more)
    {
        string[] arguments = [.. await ComposeProgramAsync(), "--file", file, .. more, "config", "--quiet"];
        var (exitCode, error) = await RunAsync(arguments, key: "a-key-of-this-test");
        Assert.Equal((0, ""), (exitCode, error));
        (exitCode, error) = await RunAsync(arguments, key: "");
        Assert.NotEqual(0, exitCode);
        Assert.Contains("QDRANT_API_KEY", error, StringComparison.Ordinal);
        Assert.Contains(".env.example", error, StringComparison.Ordinal);
    }

    private static ComposeService Of(string name) => Compose.All.First(service => service.Name == name).Service;

    /// <summary>How compose is called here. An engine is not needed to check files; a compose that knows their syntax is.</summary>
    private static async Task<string[]> ComposeProgramAsync()
    {
        foreach (var program in (string[][])[["docker", "compose"], ["docker-compose"]])
        {
            try
            {
                var (exitCode, version) = await RunAsync([.. program, "version", "--short"], key: "", output: true);
                if (exitCode == 0 && Version.TryParse(VersionNumber().Match(version).Value, out var found) && found >= new Version(2, 24, 4))
                {
                    return program;
                }
            }
            catch (System.ComponentModel.Win32Exception)
            {
                // Not installed.
            }
        }

        Assert.Skip("needs docker compose 2.24.4 or newer");
        return [];
    }

    private static async Task<(int ExitCode, string Text)> RunAsync(string[] program, string key, bool output = false)
    {
        using var process = Process.Start(new ProcessStartInfo(program[0], program[1..])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["QDRANT_API_KEY"] = key, ["COMPOSE_DISABLE_ENV_FILE"] = "1" },
        })!;
        var text = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output ? await text : error);
    }

    [GeneratedRegex(@"^[a-z/]+:v?[0-9]+\.[0-9]+\.[0-9]+(-[a-z]+)?$")]
    private static partial Regex PinnedImage();

    [GeneratedRegex("^assistant-[a-z-]+:local$")]
    private static partial Regex LocalImage();

    [GeneratedRegex("^[1-9][0-9]*:[1-9][0-9]*$")]
    private static partial Regex OrdinaryUser();

    [GeneratedRegex(@"(?<!\$)\$\{(\w+)")]
    private static partial Regex VariableName();

    [GeneratedRegex(@"[0-9]+\.[0-9]+\.[0-9]+")]
    private static partial Regex VersionNumber();
}

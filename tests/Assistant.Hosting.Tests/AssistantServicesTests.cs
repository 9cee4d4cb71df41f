using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Assistant.Hosting.Tests;

public sealed class AssistantServicesTests
{
    [Fact]
    public void Without_configuration_the_documented_defaults_hold()
    {
        using var host = Build([]);
        var options = host.Services.GetRequiredService<IOptions<AssistantOptions>>().Value;

        Assert.Equal("corpus", options.Corpus.Path);
        Assert.Equal(StorageProvider.Sqlite, options.Storage.Provider);
        Assert.Equal("data/assistant.db", options.Storage.Sqlite.Path);
        Assert.Equal(200, options.Passages.MaxTokens);
        Assert.Equal((null, null), (options.Retention.Versions, options.Retention.Days));
        Assert.Equal(0.5, options.Ingestion.LargestRemovalShare);
        Assert.Equal(10, options.Ingestion.ReadingSeconds);
        Assert.Equal(0.15, options.Ingestion.QuietSeconds);
        Assert.Equal(300, options.Ingestion.FullCheckSeconds);
        Assert.Equal(300, options.Ingestion.LeaseWaitSeconds);
    }

    [Fact]
    public void Every_setting_can_be_configured()
    {
        using var host = Build(new()
        {
            ["Assistant:Corpus:Path"] = "papers",
            ["Assistant:Storage:Provider"] = "sqlite",
            ["Assistant:Storage:Sqlite:Path"] = "elsewhere/index.db",
            ["Assistant:Passages:MaxTokens"] = "32",
            ["Assistant:Retention:Versions"] = "5",
            ["Assistant:Retention:Days"] = "90",
            ["Assistant:Ingestion:LargestRemovalShare"] = "0.25",
            ["Assistant:Ingestion:ReadingSeconds"] = "2.5",
            ["Assistant:Ingestion:QuietSeconds"] = "0",
            ["Assistant:Ingestion:FullCheckSeconds"] = "60",
            ["Assistant:Ingestion:LeaseWaitSeconds"] = "1",
        });
        var options = host.Services.GetRequiredService<IOptions<AssistantOptions>>().Value;

        Assert.Equal("papers", options.Corpus.Path);
        Assert.Equal(StorageProvider.Sqlite, options.Storage.Provider);
        Assert.Equal("elsewhere/index.db", options.Storage.Sqlite.Path);
        Assert.Equal(32, options.Passages.MaxTokens);
        Assert.Equal((5, 90), (options.Retention.Versions, options.Retention.Days));
        Assert.Equal(
            (0.25, 2.5, 0.0, 60.0, 1.0),
            (options.Ingestion.LargestRemovalShare, options.Ingestion.ReadingSeconds, options.Ingestion.QuietSeconds,
                options.Ingestion.FullCheckSeconds, options.Ingestion.LeaseWaitSeconds));
    }

    [Theory]
    [InlineData("Assistant:Storage:Provider", "Postgres", "Sqlite")]
    [InlineData("Assistant:Storage:Provider", "0", "Sqlite")]
    [InlineData("Assistant:Storage:Provider", "Postgres", "Qdrant")]
    [InlineData("Assistant:Storage:Qdrant:Url", "localhost:6333", "http or https")]
    [InlineData("Assistant:Storage:Qdrant:Url", "http://me:secret@localhost:6333", "http or https")]
    [InlineData("Assistant:Storage:Qdrant:Collection", "my index", "letters, digits")]
    [InlineData("Assistant:Storage:Qdrant:ShardNumber", "0", "1 to 1000")]
    [InlineData("Assistant:Storage:Qdrant:OnDisk", "maybe", "true, false")]
    [InlineData("Assistant:Storage:Qdrant:Quantization", "Int4", "None, Int8")]
    [InlineData("Assistant:Storage:Qdrant:TimeoutSeconds", "0", "0.05 to 600")]
    [InlineData("Assistant:Passages:MaxTokens", "31", "32 to 2000")]
    [InlineData("Assistant:Passages:MaxTokens", "2001", "32 to 2000")]
    [InlineData("Assistant:Passages:MaxTokens", "many", "32 to 2000")]
    [InlineData("Assistant:Retention:Versions", "0", "1 to 100000")]
    [InlineData("Assistant:Retention:Days", "forever", "1 to 100000")]
    [InlineData("Assistant:Ingestion:LargestRemovalShare", "1.5", "0 to 1")]
    [InlineData("Assistant:Ingestion:LargestRemovalShare", "half", "0 to 1")]
    [InlineData("Assistant:Ingestion:ReadingSeconds", "0", "above 0")]
    [InlineData("Assistant:Ingestion:QuietSeconds", "-1", "0 to 86400")]
    [InlineData("Assistant:Ingestion:FullCheckSeconds", "100000", "up to 86400")]
    [InlineData("Assistant:Corpus:Path", "  ", "path of a folder")]
    [InlineData("Assistant:Storage:Sqlite:Path", "", "path of a file")]
    [InlineData("Assistant:Corpus:Pfad", "papers", "Assistant:Corpus:Path")]
    [InlineData("Assistant:Corpus", "papers", "Assistant:Corpus:Path")]
    public async Task A_wrong_setting_stops_the_start_with_key_value_and_what_is_allowed(string key, string value, string allowed)
    {
        using var host = Build(new() { [key] = value });

        var mistake = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        var message = Assert.Single(mistake.Failures);
        Assert.Contains(key, message, StringComparison.Ordinal);
        Assert.Contains($"'{value}'", message, StringComparison.Ordinal);
        Assert.Contains(allowed, message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_are_reported_at_once()
    {
        using var host = Build(new() { ["Assistant:Storage:Provider"] = "X", ["Assistant:Passages:MaxTokens"] = "-1", ["Assistant:Typo"] = "1" });

        var mistake = Assert.Throws<OptionsValidationException>(() => host.Services.GetRequiredService<IStartupValidator>().Validate());

        Assert.Equal(3, mistake.Failures.Count());
    }

    [Fact]
    public void Every_settable_option_is_a_known_setting()
    {
        // The check keeps a table of its own; an option that it did not know could never be set.
        var keys = Leaves(typeof(AssistantOptions), AssistantOptions.SectionName).ToList();

        Assert.Equal(48, keys.Count);
        Assert.All(keys, key =>
        {
            using var host = Build(new() { [key] = "\0" });
            var mistake = Assert.Throws<OptionsValidationException>(() => host.Services.GetRequiredService<IStartupValidator>().Validate());
            Assert.DoesNotContain("There is no setting", mistake.Message, StringComparison.Ordinal);
        });
    }

    private static IEnumerable<string> Leaves(Type type, string path) => type.GetProperties().SelectMany(property =>
        property.PropertyType.Namespace == type.Namespace && property.PropertyType.IsClass
            ? Leaves(property.PropertyType, $"{path}:{property.Name}")
            : [$"{path}:{property.Name}"]);

    private static IHost Build(Dictionary<string, string?> settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings);
        return builder.AddAssistant().Build();
    }
}

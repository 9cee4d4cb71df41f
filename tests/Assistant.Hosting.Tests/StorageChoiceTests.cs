using Assistant.Core.Documents;
using Assistant.Core.Ingestion;
using Assistant.Core.Retrieval;
using Assistant.Storage.Qdrant;
using Assistant.Storage.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Assistant.Hosting.Tests;

public sealed class StorageChoiceTests
{
    [Fact]
    public void All_ports_are_those_of_the_one_store_that_was_chosen()
    {
        AssertStore<SqliteStore>(null);
        AssertStore<SqliteStore>("sqlite");
        AssertStore<QdrantStore>("qdrant");
    }

    [Fact]
    public void Every_setting_of_Qdrant_reaches_the_store()
    {
        using var host = Build(new()
        {
            ["Assistant:Storage:Provider"] = "Qdrant",
            ["Assistant:Storage:Qdrant:Url"] = "https://qdrant.example:443",
            ["Assistant:Storage:Qdrant:ApiKey"] = "key",
            ["Assistant:Storage:Qdrant:Collection"] = "papers",
            ["Assistant:Storage:Qdrant:ShardNumber"] = "3",
            ["Assistant:Storage:Qdrant:ReplicationFactor"] = "2",
            ["Assistant:Storage:Qdrant:WriteConsistencyFactor"] = "2",
            ["Assistant:Storage:Qdrant:OnDisk"] = "true",
            ["Assistant:Storage:Qdrant:Quantization"] = "int8",
            ["Assistant:Storage:Qdrant:StrictMode"] = "true",
            ["Assistant:Storage:Qdrant:TimeoutSeconds"] = "2.5",
        });

        Assert.Equal(
            new QdrantStoreOptions
            {
                Url = new Uri("https://qdrant.example:443"),
                ApiKey = "key",
                Collection = "papers",
                ShardNumber = 3,
                ReplicationFactor = 2,
                WriteConsistencyFactor = 2,
                OnDisk = true,
                Quantized = true,
                StrictMode = true,
                Timeout = TimeSpan.FromSeconds(2.5),
            },
            host.Services.GetRequiredService<QdrantStoreOptions>());
    }

    private static void AssertStore<TStore>(string? provider)
    {
        using var host = Build(new() { ["Assistant:Storage:Provider"] = provider });

        Assert.IsType<TStore>(host.Services.GetRequiredService<IDocumentStore>());
        Assert.Same(host.Services.GetRequiredService<IDocumentStore>(), host.Services.GetRequiredService<IPassageIndex>());
        Assert.Same(host.Services.GetRequiredService<IDocumentStore>(), host.Services.GetRequiredService<IIndexWriterFactory>());
    }

    private static IHost Build(Dictionary<string, string?> settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings.Where(setting => setting.Value is not null));
        return builder.AddAssistant().Build();
    }
}

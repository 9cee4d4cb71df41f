using Assistant.Storage.Qdrant.Rest;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Assistant.Storage.Qdrant;

/// <summary>Registers the store.</summary>
public static class QdrantServices
{
    /// <summary>Adds <see cref="QdrantStore"/> with the options the function gives; it needs a <see cref="TimeProvider"/> and logging.</summary>
    public static IServiceCollection AddQdrantStore(this IServiceCollection services, Func<IServiceProvider, QdrantStoreOptions> options) =>
        services.AddSingleton(options).AddSingleton(provider => Open(
            provider.GetRequiredService<QdrantStoreOptions>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>()));

    /// <summary>
    /// The store with its client in a container of their own: a program that uses another store does not set up HTTP clients and
    /// their resilience at each start.
    /// </summary>
    private static QdrantStore Open(QdrantStoreOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        var services = new ServiceCollection();
        services.AddSingleton(options);
        services.AddSingleton(loggers);
        services.AddRestClient();
        var connection = services.BuildServiceProvider();
        return new QdrantStore(connection.GetRequiredService<IQdrantClient>(), options, time, loggers.CreateLogger<QdrantStore>(), connection);
    }
}

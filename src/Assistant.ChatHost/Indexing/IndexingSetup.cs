namespace Assistant.ChatHost.Indexing;

internal static class IndexingSetup
{
    public static void AddIndexing(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IndexKeeper>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<IndexKeeper>());
    }
}

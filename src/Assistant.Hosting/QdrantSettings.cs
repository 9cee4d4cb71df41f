using static Assistant.Hosting.SettingValues;

namespace Assistant.Hosting;

/// <summary>What the settings of <see cref="QdrantOptions"/> may be.</summary>
internal static class QdrantSettings
{
    private const string Flag = "true, false";
    private static readonly string Shards = $"a whole number from 1 to {QdrantOptions.MostShards}";

    /// <summary>All of them, relative to the section.</summary>
    public static IReadOnlyList<AssistantSetting> All { get; } =
    [
        new("Storage:Qdrant:Url", "an http or https address without user name, password or query", QdrantOptions.IsUrl),
        new("Storage:Qdrant:ApiKey", "printable ASCII characters", value => !value.AsSpan().ContainsAnyExceptInRange(' ', '~')),
        new("Storage:Qdrant:Collection", "1 to 200 letters, digits, - and _", QdrantOptions.IsCollection),
        new("Storage:Qdrant:ShardNumber", Shards, IsShards),
        new("Storage:Qdrant:ReplicationFactor", Shards, IsShards),
        new("Storage:Qdrant:WriteConsistencyFactor", Shards, IsShards),
        new("Storage:Qdrant:OnDisk", Flag, IsFlag),
        new("Storage:Qdrant:Quantization", string.Join(", ", Enum.GetNames<VectorQuantization>()), IsNameOf<VectorQuantization>),
        new("Storage:Qdrant:StrictMode", Flag, IsFlag),
        new("Storage:Qdrant:TimeoutSeconds", $"a number of seconds from 0.05 to {QdrantOptions.LongestSeconds}", value => IsNumber(value, 0.05, QdrantOptions.LongestSeconds)),
    ];

    private static bool IsShards(string value) => IsWhole(value, 1, QdrantOptions.MostShards);
}

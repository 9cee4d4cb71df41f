using Microsoft.Extensions.Configuration;
using static Assistant.Hosting.SettingValues;

namespace Assistant.Hosting;

/// <summary>
/// Checks what was configured before it is bound, because only here key and value are still at hand as they were written.
/// </summary>
internal static class SettingsCheck
{
    /// <summary>Sections of single programs: all programs may share one appsettings.json, and each checks its own section.</summary>
    private static readonly string[] ProgramSections = ["Http"];

    private const string AnySeconds = "a number of seconds from 0 to 86400";
    private const string PositiveSeconds = "a number of seconds above 0, up to 86400";

    /// <summary>Every setting that all programs know, relative to the section.</summary>
    private static readonly AssistantSetting[] Settings =
    [
        new("Corpus:Path", "the path of a folder", IsPath),
        new("Storage:Provider", string.Join(", ", Enum.GetNames<StorageProvider>()), IsNameOf<StorageProvider>),
        new("Storage:Sqlite:Path", "the path of a file", IsPath),
        new("Passages:MaxTokens", $"a whole number from {PassageOptions.FewestTokens} to {PassageOptions.MostTokens}", IsTokenLimit),
        new("Retention:Versions", $"a whole number from 1 to {RetentionOptions.Most}", IsRetention),
        new("Retention:Days", $"a whole number from 1 to {RetentionOptions.Most}", IsRetention),
        new("Ingestion:LargestRemovalShare", "a number from 0 to 1", value => IsNumber(value, 0, 1)),
        new("Ingestion:ReadingSeconds", PositiveSeconds, IsPositiveSeconds),
        new("Ingestion:QuietSeconds", AnySeconds, IsSeconds),
        new("Ingestion:FullCheckSeconds", PositiveSeconds, IsPositiveSeconds),
        new("Ingestion:LeaseWaitSeconds", AnySeconds, IsSeconds),
        new("Ingestion:IndexWaitSeconds", AnySeconds, IsSeconds),
        new("Ingestion:HealthFile", "the path of a file", IsPath),
    ];

    /// <summary>A sentence for each mistake in <paramref name="section"/>, naming key, value and what is allowed.</summary>
    /// <param name="section">Section <c>Assistant</c>.</param>
    /// <param name="own">The settings of the program that is starting.</param>
    public static IReadOnlyList<string> Mistakes(IConfigurationSection section, IEnumerable<AssistantSetting> own)
    {
        AssistantSetting[] known = [.. Settings, .. ChatSettings.All, .. EmbeddingSettings.All, .. QdrantSettings.All, .. own];
        return [.. Leaves(section).Select(leaf => Mistake(leaf, known)).OfType<string>()];
    }

    private static IEnumerable<IConfigurationSection> Leaves(IConfigurationSection section)
    {
        var children = section.GetChildren().ToList();
        return children.Count == 0 && section.Value is not null ? [section] : children.SelectMany(Leaves);
    }

    private static string? Mistake(IConfigurationSection leaf, AssistantSetting[] known)
    {
        // A value of the section itself has no key within it.
        var key = leaf.Path.Length > AssistantOptions.SectionName.Length ? leaf.Path[(AssistantOptions.SectionName.Length + 1)..] : "";
        if (Array.Find(known, setting => setting.Matches(key)) is { } setting)
        {
            return setting.IsAllowed(leaf.Value ?? "") ? null : $"{leaf.Path} is {Shown(leaf)}; allowed is {setting.Allowed}.";
        }

        var program = ProgramSections.FirstOrDefault(section => key.StartsWith(section + ":", StringComparison.OrdinalIgnoreCase));
        return program is not null && !known.Any(setting => setting.Key.StartsWith(program + ":", StringComparison.Ordinal))
            ? null
            : $"There is no setting {leaf.Path} (its value is {Shown(leaf)}). Settings are "
                + string.Join(", ", known.Select(setting => $"{AssistantOptions.SectionName}:{setting.Key}")) + ".";
    }

    /// <summary>The value as it may be told: what seems to be a key is nobody's business, and messages end up in logs.</summary>
    private static string Shown(IConfigurationSection leaf) =>
        leaf.Path.Contains("key", StringComparison.OrdinalIgnoreCase) ? "not shown" : $"'{leaf.Value}'";

    private static bool IsTokenLimit(string value) => IsWhole(value, PassageOptions.FewestTokens, PassageOptions.MostTokens);

    private static bool IsRetention(string value) => IsWhole(value, 1, RetentionOptions.Most);

    private static bool IsSeconds(string value) => IsNumber(value, 0, IngestionOptions.LongestSeconds);

    /// <summary>Zero would be no time at all.</summary>
    private static bool IsPositiveSeconds(string value) => IsSeconds(value) && !IsNumber(value, 0, 0);
}

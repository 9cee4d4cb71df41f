using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Assistant.Hosting;

/// <summary>
/// Checks what was configured before it is bound, because only here key and value are still at hand as they were written.
/// </summary>
internal static class SettingsCheck
{
    /// <summary>Every setting there is, relative to the section.</summary>
    private static readonly Setting[] Settings =
    [
        new("Corpus:Path", "the path of a folder", IsPath),
        new("Storage:Provider", string.Join(", ", Enum.GetNames<StorageProvider>()), IsStorageProvider),
        new("Storage:Sqlite:Path", "the path of a file", IsPath),
        new("Passages:MaxTokens", $"a whole number from {PassageOptions.FewestTokens} to {PassageOptions.MostTokens}", IsTokenLimit),
    ];

    /// <summary>A sentence for each mistake in <paramref name="section"/>, naming key, value and what is allowed.</summary>
    public static IReadOnlyList<string> Mistakes(IConfigurationSection section) =>
        [.. Leaves(section).Select(Mistake).OfType<string>()];

    private static IEnumerable<IConfigurationSection> Leaves(IConfigurationSection section)
    {
        var children = section.GetChildren().ToList();
        return children.Count == 0 && section.Value is not null ? [section] : children.SelectMany(Leaves);
    }

    private static string? Mistake(IConfigurationSection leaf)
    {
        var setting = Array.Find(Settings, setting =>
            leaf.Path.Equals($"{AssistantOptions.SectionName}:{setting.Key}", StringComparison.OrdinalIgnoreCase));
        if (setting is null)
        {
            return $"There is no setting {leaf.Path} (its value is '{leaf.Value}'). Settings are "
                + string.Join(", ", Settings.Select(known => $"{AssistantOptions.SectionName}:{known.Key}")) + ".";
        }

        return setting.IsAllowed(leaf.Value ?? "") ? null : $"{leaf.Path} is '{leaf.Value}'; allowed is {setting.Allowed}.";
    }

    private static bool IsPath(string value) => !string.IsNullOrWhiteSpace(value) && !value.Contains('\0', StringComparison.Ordinal);

    private static bool IsStorageProvider(string value) =>
        Enum.GetNames<StorageProvider>().Contains(value, StringComparer.OrdinalIgnoreCase);

    private static bool IsTokenLimit(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var tokens)
        && tokens is >= PassageOptions.FewestTokens and <= PassageOptions.MostTokens;

    private sealed record Setting(string Key, string Allowed, Func<string, bool> IsAllowed);
}

using System.Globalization;

namespace Assistant.Hosting;

/// <summary>Tells whether the value of a setting, as it was written, can be meant.</summary>
internal static class SettingValues
{
    public static bool IsWhole(string value, int least, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most;

    public static bool IsNumber(string value, double least, double most) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most;

    /// <summary>The name of a member; its number is not meant for people.</summary>
    public static bool IsNameOf<TEnum>(string value)
        where TEnum : struct, Enum => Enum.GetNames<TEnum>().Contains(value, StringComparer.OrdinalIgnoreCase);

    public static bool IsFlag(string value) => bool.TryParse(value, out _);

    public static bool IsPath(string value) => !string.IsNullOrWhiteSpace(value) && !value.Contains('\0', StringComparison.Ordinal);

    /// <summary>Something to read, on one line.</summary>
    public static bool IsName(string value) => !string.IsNullOrWhiteSpace(value) && !value.Any(char.IsControl);

    /// <summary>An address of the web without user and password, which would stand in every message about it, and without a query.</summary>
    public static bool IsAddress(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0 && url.Query.Length == 0;

    /// <summary>Visible ASCII: anything else cannot stand in a header.</summary>
    public static bool IsKey(string value) => value.Length > 0 && !value.AsSpan().ContainsAnyExceptInRange('!', '~');
}

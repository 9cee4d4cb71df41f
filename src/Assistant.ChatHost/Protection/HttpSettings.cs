using System.Globalization;
using Assistant.Hosting;

namespace Assistant.ChatHost.Protection;

/// <summary>The settings of <see cref="HttpOptions"/> and what they may be.</summary>
internal static class HttpSettings
{
    /// <summary>Fewest characters of an API key: 16 random ones cannot be guessed.</summary>
    public const int ShortestKey = 16;

    public static IReadOnlyList<AssistantSetting> All { get; } =
    [
        new("Http:ApiKeys:*", $"a key of at least {ShortestKey} visible ASCII characters", IsKey),
        new("Http:CorsOrigins:*", "an origin like https://example.org, without a path", IsOrigin),
        new("Http:PublicUrl", "an address like https://example.org/assistant", IsUrl),
        Number("RequestsPerMinute", 0, 1_000_000),
        Number("MaxBodyBytes", 1_000, 100_000_000),
        Number("MaxQuestionCharacters", 10, 100_000),
        Number("MaxHistoryTurns", 0, 10_000),
        Number("RequestTimeoutSeconds", 1, 3_600),
        new("Http:IngestAtStart", "true, false", value => bool.TryParse(value, out _)),
    ];

    private static AssistantSetting Number(string name, int least, int most) => new(
        $"Http:{name}",
        string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"),
        value => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most);

    private static bool IsKey(string value) => value.Length >= ShortestKey && !value.AsSpan().ContainsAnyExceptInRange('!', '~');

    private static bool IsUrl(string value) => Uri.TryCreate(value, UriKind.Absolute, out var url) && (url.Scheme is "http" or "https");

    private static bool IsOrigin(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var url) && (url.Scheme is "http" or "https") && url.GetLeftPart(UriPartial.Authority) == value;
}

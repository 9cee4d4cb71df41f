namespace Assistant.Documents;

/// <summary>Reads the language tags that documents state.</summary>
internal static class LanguageTag
{
    // ISO 639-2 codes, terminological and bibliographic, of the languages whose books use them.
    private static readonly Dictionary<string, string> ThreeLetters = new()
    {
        ["ara"] = "ar", ["bul"] = "bg", ["ces"] = "cs", ["chi"] = "zh", ["cze"] = "cs", ["dan"] = "da", ["deu"] = "de", ["dut"] = "nl",
        ["ell"] = "el", ["eng"] = "en", ["est"] = "et", ["fas"] = "fa", ["fin"] = "fi", ["fra"] = "fr", ["fre"] = "fr", ["ger"] = "de",
        ["gre"] = "el", ["heb"] = "he", ["hin"] = "hi", ["hrv"] = "hr", ["hun"] = "hu", ["ita"] = "it", ["jpn"] = "ja", ["kor"] = "ko",
        ["lat"] = "la", ["lav"] = "lv", ["lit"] = "lt", ["nld"] = "nl", ["nor"] = "no", ["per"] = "fa", ["pol"] = "pl", ["por"] = "pt",
        ["ron"] = "ro", ["rum"] = "ro", ["rus"] = "ru", ["slk"] = "sk", ["slo"] = "sk", ["slv"] = "sl", ["spa"] = "es", ["srp"] = "sr",
        ["swe"] = "sv", ["tur"] = "tr", ["ukr"] = "uk", ["vie"] = "vi", ["zho"] = "zh",
    };

    /// <summary>The lower-case ISO 639-1 code of “en-US”, “de_AT”, “eng”; null for what names no language.</summary>
    public static string? Normalize(string? tag)
    {
        var language = (tag ?? "").Trim().Split('-', '_', ',', ';')[0].ToLowerInvariant();
        return language.Length == 2 && language.All(char.IsAsciiLetterLower) ? language : ThreeLetters.GetValueOrDefault(language);
    }
}

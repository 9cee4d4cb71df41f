using System.Collections.Frozen;

namespace Assistant.Core.Text;

/// <summary>
/// Guesses the language of a text by its script and its most common words. Meant for choosing a stemmer and stopwords:
/// a wrong guess costs recall, nothing else.
/// </summary>
public static class LanguageDetector
{
    private const int CharactersRead = 20_000;

    /// <summary>The commonest words of languages that share the Latin alphabet, in folded form; those shared by many are left out.</summary>
    private static readonly FrozenDictionary<string, string[]> Common = new Dictionary<string, string>
    {
        ["en"] = "the of and to is that for was with are by this from which were have it be what who how when where why does did",
        ["de"] = "der die und das ist von den mit des auf fur nicht eine wird sich dem wurde auch als wie was wer wann wo warum ein zu",
        ["fr"] = "le la les des et est dans une pour qui par sur au du que plus ce sont aux cette quel quelle comment pourquoi",
        ["es"] = "el la los las de que y en una por con para su como del se es fue mas lo cual cuando donde quien cuantos",
        ["it"] = "il di che la e per una della con sono dei del nel gli alla piu anche come dal quale quando dove chi quanti",
        ["pt"] = "o a os as que do da em um uma para com nao dos das por mais foi ao pela quem quando onde qual quantos",
        ["nl"] = "de het een van en dat is op te zijn met voor niet werd door aan wie wat hoe wanneer waar ook bij",
        ["sv"] = "och att det som en pa ar av for med till den har inte om ett var vad vem hur nar",
        ["da"] = "og at det som en pa er af for med til den har ikke et der blev hvad hvem hvordan hvornar",
        ["no"] = "og at det som en pa er av for med til den har ikke et ble hva hvem hvordan nar",
        ["fi"] = "ja on ei se ettei oli myos kun mutta tai ovat joka han mita kuka missa miten sen",
        ["hu"] = "a az es hogy nem egy is volt meg azt ez ki mi hol mikor mert vagy csak",
        ["ro"] = "si de la in este care pe cu nu un o din pentru sunt mai cine ce unde cand a fost",
        ["tr"] = "ve bir bu icin ile olarak da de cok daha olan ne kim nasil nerede gibi sonra",
        ["ca"] = "el la els les de que i en una per amb dels al com es va ser aquest qui quan",
        ["pl"] = "i w na z do nie sie jest to ze przez od po dla byl jak co kto gdzie kiedy oraz",
        ["cs"] = "a v na se je z do ze pro byl jako ale by to co kdo kde kdy jsou ktery",
    }.ToFrozenDictionary(entry => entry.Key, entry => entry.Value.Split(' '));

    private static readonly FrozenDictionary<string, string[]> LanguagesOfWord = Common
        .SelectMany(entry => entry.Value.Select(word => (Word: word, Language: entry.Key)))
        .GroupBy(pair => pair.Word)
        .ToFrozenDictionary(group => group.Key, group => group.Select(pair => pair.Language).ToArray());

    /// <summary>The language as an ISO 639-1 code; null when it cannot be told.</summary>
    public static string? Detect(string text)
    {
        var sample = text.Length > CharactersRead ? text[..CharactersRead] : text;
        return ByScript(sample) is { } script ? script == "Latn" ? ByWords(sample) : script : null;
    }

    /// <summary>A language where the script (and a few letters of its own) tell it, <c>Latn</c> for the Latin alphabet, null without letters.</summary>
    private static string? ByScript(string text)
    {
        int latin = 0, cyrillic = 0, ukrainian = 0, bulgarian = 0, russian = 0, greek = 0, armenian = 0, hebrew = 0;
        int arabic = 0, persian = 0, devanagari = 0, thai = 0, hangul = 0, kana = 0, han = 0;
        foreach (var c in text)
        {
            switch (c)
            {
                case (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '\u00C0' and <= '\u024F'): latin++; break;
                case 'і' or 'ї' or 'є' or 'ґ' or 'І' or 'Ї' or 'Є' or 'Ґ': cyrillic++; ukrainian++; break;
                case 'ы' or 'э' or 'ё' or 'Ы' or 'Э' or 'Ё': cyrillic++; russian++; break;
                case 'ъ' or 'щ': cyrillic++; bulgarian++; break;
                case >= '\u0400' and <= '\u04FF': cyrillic++; break;
                case >= '\u0370' and <= '\u03FF': greek++; break;
                case >= '\u0530' and <= '\u058F': armenian++; break;
                case >= '\u0590' and <= '\u05FF': hebrew++; break;
                case 'پ' or 'چ' or 'ژ' or 'گ' or 'ک' or 'ی': arabic++; persian++; break;
                case >= '\u0600' and <= '\u06FF': arabic++; break;
                case >= '\u0900' and <= '\u097F': devanagari++; break;
                case >= '\u0E00' and <= '\u0E7F': thai++; break;
                case >= '\uAC00' and <= '\uD7AF': hangul++; break;
                case >= '\u3040' and <= '\u30FF': kana++; break;
                case >= '\u4E00' and <= '\u9FFF': han++; break;
            }
        }

        (int Count, string Language)[] scripts =
        [
            (latin, "Latn"),
            (cyrillic, ukrainian > russian ? "uk" : russian == 0 && bulgarian * 20 > cyrillic ? "bg" : "ru"),
            (greek, "el"), (armenian, "hy"), (hebrew, "he"), (arabic, persian * 20 > arabic ? "fa" : "ar"),
            (devanagari, "hi"), (thai, "th"), (hangul, "ko"), ((kana + han) * 2, kana * 10 > han ? "ja" : "zh"),
        ];
        var best = scripts.MaxBy(script => script.Count);
        return best.Count == 0 ? null : best.Language;
    }

    private static string? ByWords(string text)
    {
        var score = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var word in TextAnalyzer.Words(text, "und"))
        {
            if (LanguagesOfWord.TryGetValue(word.Term, out var languages))
            {
                foreach (var language in languages)
                {
                    score[language] = score.GetValueOrDefault(language) + 1.0 / languages.Length;
                }
            }
        }

        // Ordinal order decides ties, so that the same text always gives the same language.
        return score.Count == 0 ? null : score.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key, StringComparer.Ordinal).First().Key;
    }
}

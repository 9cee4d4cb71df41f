using Assistant.Core.Text;

namespace Assistant.Core.Changes;

/// <summary>The words of a sentence without their order, to tell how much two sentences have in common.</summary>
internal sealed class WordBag
{
    /// <summary>Stopwords make sentences alike that have nothing to do with each other.</summary>
    private const double StopwordWeight = 0.5;

    /// <summary>Another number is the change that matters most; it must not hide that the sentence is the same. But rows of a table are not the same because they hold numbers.</summary>
    private const double OtherNumberShare = 0.5;

    private readonly (int Word, double Weight, bool IsNumber)[] words;
    private readonly double weight;

    /// <summary>The bag of a sentence.</summary>
    /// <param name="text">The sentence.</param>
    /// <param name="language">Its language, as an ISO 639-1 code; null when it is not known.</param>
    /// <param name="numbers">Numbers given to words so far, shared by all bags that are compared.</param>
    public WordBag(string text, string? language, Dictionary<string, int> numbers)
    {
        words =
        [
            .. TextAnalyzer.Words(text, language)
                .Select(word => (Number(word.Term), word.IsStopword ? StopwordWeight : 1, char.IsDigit(word.Term[0])))
                .OrderBy(word => word.Item1),
        ];
        weight = words.Sum(word => word.Weight);

        int Number(string term)
        {
            if (!numbers.TryGetValue(term, out var number))
            {
                numbers.Add(term, number = numbers.Count);
            }

            return number;
        }
    }

    /// <summary>The different words, by their numbers.</summary>
    public IEnumerable<int> Words => words.Select(word => word.Word).Distinct();

    public bool IsEmpty => words.Length == 0;

    /// <summary>Dice's coefficient of the weighted words, 0 (nothing in common) to 1.</summary>
    public double Similarity(WordBag other)
    {
        var shared = 0.0;
        var numbers = 0;
        var otherNumbers = 0;
        var (i, j) = (0, 0);
        while (i < words.Length || j < other.words.Length)
        {
            var order = i == words.Length ? 1 : j == other.words.Length ? -1 : words[i].Word.CompareTo(other.words[j].Word);
            if (order == 0)
            {
                shared += Math.Min(words[i++].Weight, other.words[j++].Weight);
            }
            else if (order < 0)
            {
                numbers += words[i++].IsNumber ? 1 : 0;
            }
            else
            {
                otherNumbers += other.words[j++].IsNumber ? 1 : 0;
            }
        }

        shared += OtherNumberShare * Math.Min(numbers, otherNumbers);
        return weight + other.weight == 0 ? 0 : 2 * shared / (weight + other.weight);
    }
}

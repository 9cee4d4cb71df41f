using System.Globalization;

namespace Assistant.Core.Answering;

/// <summary>The weights of <see cref="SentenceFeatures"/>, from a small readable file that says where they come from.</summary>
internal sealed class SentenceWeights(IReadOnlyList<double> weights)
{
    private static readonly Lazy<SentenceWeights> Instance = new(Load);

    /// <summary>The weights that ship with the product.</summary>
    public static SentenceWeights Shared => Instance.Value;

    public double Score(double[] features)
    {
        double sum = 0;
        for (var i = 0; i < features.Length; i++)
        {
            sum += weights[i] * features[i];
        }

        return sum;
    }

    private static SentenceWeights Load()
    {
        using var stream = typeof(SentenceWeights).Assembly.GetManifestResourceStream("Ranking.sentence-weights.txt")
            ?? throw new InvalidDataException("The weights of the sentence ranker are missing from the program.");
        using var reader = new StreamReader(stream);
        var byName = reader.ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => !line.StartsWith('#'))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .ToDictionary(parts => parts[0], parts => double.Parse(parts[1], CultureInfo.InvariantCulture));
        return new SentenceWeights([.. SentenceFeatures.Names.Select(name => byName[name])]);
    }
}

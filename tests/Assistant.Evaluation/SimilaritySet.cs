using System.Globalization;

namespace Assistant.Evaluation;

/// <summary>Pairs of sentences that people scored by how alike they are: a header, then score and the two sentences.</summary>
internal sealed record SimilaritySet(string Name, IReadOnlyList<SentencePair> Pairs)
{
    public static bool IsAt(string path) => SelectionSet.HasHeader(path, "score\tsentence1\tsentence2");

    public static SimilaritySet Load(string path) => new(
        SelectionSet.NameOf(path),
        [
            .. File.ReadLines(path).Skip(1)
                .Select(line => line.Split('\t'))
                .Where(columns => columns.Length >= 3)
                .Select(columns => new SentencePair(double.Parse(columns[0], CultureInfo.InvariantCulture), columns[1], columns[2])),
        ]);
}

internal sealed record SentencePair(double Score, string One, string Other);

using System.Globalization;
using System.Text;
using Assistant.Core.Embeddings;

namespace Assistant.Core.Answering;

/// <summary>Learned weights that ship with the product: small readable files that say where they come from, a line per feature.</summary>
internal static class WeightsFile
{
    /// <summary>Reads a file: for every column of numbers the weights of the features, in the order of <paramref name="names"/>.</summary>
    /// <param name="file">Its name, in the program.</param>
    /// <param name="names">The features.</param>
    /// <exception cref="InvalidDataException">The file is missing, or its features are not these.</exception>
    public static IReadOnlyList<double[]> Load(string file, IReadOnlyList<string> names)
    {
        var lines = Encoding.UTF8.GetString(EmbeddedFile.Read($"Weights.{file}"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => !line.StartsWith('#'))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .ToList();
        if (!lines.Select(line => line[0]).SequenceEqual(names))
        {
            throw new InvalidDataException($"The weights {file} are not those of {string.Join(", ", names)}.");
        }

        return
        [
            .. Enumerable.Range(1, lines[0].Length - 1)
                .Select(column => lines.Select(line => double.Parse(line[column], CultureInfo.InvariantCulture)).ToArray()),
        ];
    }
}

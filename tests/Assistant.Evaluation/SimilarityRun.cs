using System.Globalization;
using System.Numerics.Tensors;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Assistant.Evaluation;

/// <summary>Measures the embedder: do its cosines rank pairs of sentences as people do.</summary>
internal static class SimilarityRun
{
    /// <summary>Pairs embedded in one request, for the sake of services.</summary>
    private const int Batch = 64;

    public static async Task<JsonObject> MeasureAsync(SimilaritySet set, RunOptions options, CancellationToken cancellationToken)
    {
        var corpus = Directory.CreateTempSubdirectory("assistant-corpus-").FullName;
        await using var bench = await Workbench.OpenAsync(corpus, options.Settings, cancellationToken);
        Directory.Delete(corpus);
        var cosines = new List<double>();
        foreach (var pairs in set.Pairs.Chunk(Batch))
        {
            var embedded = await bench.Embeddings.GenerateAsync(
                pairs.SelectMany(pair => new[] { pair.One, pair.Other }), cancellationToken: cancellationToken);
            cosines.AddRange(embedded.Chunk(2).Select(pair => Cosine(pair[0], pair[1])));
        }

        double[] scores = [.. set.Pairs.Select(pair => pair.Score)];
        var (byCosine, byScore) = (Metrics.Ranks(cosines), Metrics.Ranks(scores));
        for (var i = 0; i < set.Pairs.Count; i++)
        {
            await options.Lines.WriteLineAsync(new JsonObject
            {
                ["set"] = set.Name,
                ["id"] = (i + 1).ToString(CultureInfo.InvariantCulture),
                ["one"] = set.Pairs[i].One,
                ["other"] = set.Pairs[i].Other,
                ["score"] = scores[i],
                ["cosine"] = Math.Round(cosines[i], 4),
                ["metrics"] = new JsonObject { ["agreement of ranks"] = Math.Round(1 - (Math.Abs(byCosine[i] - byScore[i]) / set.Pairs.Count), 4) },
            }.ToJsonString());
        }

        return new JsonObject
        {
            ["set"] = set.Name,
            ["pairs"] = set.Pairs.Count,
            ["Pearson"] = Math.Round(Metrics.Pearson(cosines, scores), 4),
            ["Spearman"] = Math.Round(Metrics.Spearman(cosines, scores), 4),
        };
    }

    /// <summary>0 where a sentence has no word that the embedder can read.</summary>
    private static double Cosine(Embedding<float> one, Embedding<float> other)
    {
        var cosine = TensorPrimitives.CosineSimilarity(one.Vector.Span, other.Vector.Span);
        return float.IsNaN(cosine) ? 0 : cosine;
    }
}

using System.Numerics.Tensors;
using System.Security.Cryptography;
using System.Text;
using Assistant.Core.Documents;
using Assistant.Core.Ingestion;
using Assistant.Core.Passages;

namespace Assistant.Storage.Tests.Conformance;

/// <summary>Versions and passages made without the product's splitter, analyzer and embedder: a passage per paragraph, a term per word.</summary>
internal static class TestDocuments
{
    public const int Dimensions = 8;

    public static readonly DateTimeOffset Ingested = new(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(1));

    public static DocumentVersion Version(string id, int number, params string[] paragraphs) => new()
    {
        DocumentId = id,
        Number = number,
        OwnTitle = "Report",
        Text = string.Join("\n\n", paragraphs),
        Metadata = new DocumentMetadata { Language = "en" },
        ContentHash = Hash(string.Join("\n\n", paragraphs)),
        IngestedAt = Ingested,
    };

    public static IReadOnlyList<IndexedPassage> Passages(DocumentVersion version)
    {
        var passages = new List<IndexedPassage>();
        var occurrences = new Dictionary<string, int>(StringComparer.Ordinal);
        var start = 0;
        foreach (var paragraph in version.Text.Length == 0 ? [] : version.Text.Split("\n\n"))
        {
            IReadOnlyList<string> headings = ["Findings"];
            var occurrence = occurrences[paragraph] = occurrences.GetValueOrDefault(paragraph, -1) + 1;
            var span = new TextSpan(start, start + paragraph.Length);
            var passage = new Passage
            {
                Id = PassageId.Create(version.DocumentId, Passage.ComposeIndexedText(version.OwnTitle, headings, paragraph), occurrence),
                DocumentId = version.DocumentId,
                Version = version.Number,
                Ordinal = passages.Count,
                OwnTitle = version.OwnTitle,
                Headings = headings,
                Span = span,
                Text = paragraph,
                Sentences = [span],
                Language = version.Metadata.Language,
            };
            passages.Add(new IndexedPassage(passage, Terms(version.Title), [.. headings.SelectMany(Terms)], Terms(paragraph), Vector(paragraph)));
            start = span.End + 2;
        }

        return passages;
    }

    public static IReadOnlyList<string> Terms(string text) => text.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A direction of its own for every text.</summary>
    public static float[] Vector(string text)
    {
        var random = new Random(BitConverter.ToInt32(SHA256.HashData(Encoding.Unicode.GetBytes(text))));
        var vector = new float[Dimensions];
        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] = (float)((random.NextDouble() * 2) - 1);
        }

        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        return vector;
    }

    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.Unicode.GetBytes(text)));

    /// <summary>Puts a version with its passages.</summary>
    public static Task PutTextAsync(this IIndexWriter writer, DocumentVersion version, string? movedFrom = null) =>
        writer.PutAsync(version, Passages(version), movedFrom, TestContext.Current.CancellationToken);
}

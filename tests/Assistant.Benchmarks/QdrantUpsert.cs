using System.Diagnostics;
using System.Globalization;
using System.Numerics.Tensors;
using Assistant.Core.Documents;
using Assistant.Core.Ingestion;
using Assistant.Core.Passages;
using Assistant.Storage.Qdrant;
using Microsoft.Extensions.DependencyInjection;

namespace Assistant.Benchmarks;

/// <summary>How fast passages get into Qdrant and how much memory that takes here. The server, unless one is named, is the stand-in in a process of its own.</summary>
internal static class QdrantUpsert
{
    private const int Dimensions = 384;
    private const int PassagesOfDocument = 500;
    private const int TermsOfPassage = 90;
    private const int Vocabulary = 50_000;

    public static async Task<int> RunAsync(int passages, Uri? url)
    {
        using var server = url is null ? StartStandIn() : null;
        url ??= new Uri((await server!.StandardOutput.ReadLineAsync())!);
        try
        {
            await MeasureAsync(passages, url);
            return 0;
        }
        finally
        {
            server?.Kill();
        }
    }

    private static async Task MeasureAsync(int passages, Uri url)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddQdrantStore(_ => new QdrantStoreOptions { Url = url, Collection = $"benchmark-{Guid.NewGuid():N}", Timeout = TimeSpan.FromSeconds(60) });
        await using var provider = services.BuildServiceProvider();
        var store = provider.GetRequiredService<QdrantStore>();
        var random = new Random(1);
        var written = TimeSpan.Zero;
        var count = 0;
        await using (var writer = await store.OpenWriterAsync("benchmark", CancellationToken.None))
        {
            for (var document = 0; count < passages; document++)
            {
                var (version, indexed) = Document(document, Math.Min(PassagesOfDocument, passages - count), random);
                var started = Stopwatch.GetTimestamp();
                await writer.PutAsync(version, indexed, null, CancellationToken.None);
                written += Stopwatch.GetElapsedTime(started);
                count += indexed.Count;
            }

            await writer.CompleteAsync(CancellationToken.None);
        }

        using var self = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{count} passages of {Dimensions} dimensions and {TermsOfPassage} terms in {written.TotalSeconds:f1} s: {count / written.TotalSeconds:f0} passages/s; at most {self.PeakWorkingSet64 / 1e6:f0} MB of memory on the client's side."));
    }

    private static Process StartStandIn() => Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Assistant.QdrantStandIn.dll"), "0"])
    {
        RedirectStandardOutput = true,
    })!;

    private static (DocumentVersion Version, IReadOnlyList<IndexedPassage> Passages) Document(int number, int passages, Random random)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"document-{number}.md");
        string[] texts = [.. Enumerable.Range(0, passages).Select(_ => string.Join(' ', Enumerable.Range(0, TermsOfPassage).Select(_ => Term(random))))];
        var version = new DocumentVersion
        {
            DocumentId = id, Number = 1, Text = string.Join('\n', texts), ContentHash = new string('0', 64), IngestedAt = DateTimeOffset.UnixEpoch,
        };
        var indexed = new List<IndexedPassage>(passages);
        var start = 0;
        foreach (var text in texts)
        {
            var span = new TextSpan(start, start + text.Length);
            var passage = new Passage
            {
                Id = PassageId.Create(id, text, 0), DocumentId = id, Version = 1, Ordinal = indexed.Count, Span = span, Text = text, Sentences = [span],
            };
            indexed.Add(new IndexedPassage(passage, [], [], text.Split(' '), Vector(random)));
            start = span.End + 1;
        }

        return (version, indexed);
    }

    private static string Term(Random random) =>
        // Squared, so that some terms are frequent and most are rare.
        string.Create(CultureInfo.InvariantCulture, $"term{(int)(Math.Pow(random.NextDouble(), 2) * Vocabulary)}");

    private static float[] Vector(Random random)
    {
        var vector = new float[Dimensions];
        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] = random.NextSingle() - 0.5f;
        }

        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        return vector;
    }
}

using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assistant.Core.Documents;
using Assistant.Core.Ingestion;
using Assistant.Hosting;
using Assistant.Storage.Qdrant;
using Assistant.Storage.Qdrant.Rest;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Assistant.Evaluation;

/// <summary>
/// What a million passages take in Qdrant. Measured is what the store sends: the passages of a corpus are read, cut, analysed and made into
/// points as for the server, and counted instead of sent. Computed is what the server makes of that, from the layout of its files.
/// </summary>
internal static class IndexSize
{
    private const int Million = 1_000_000;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Links of a point in the lowest layer of the graph (twice m = 16) at 4 bytes, and a sixteenth more for the layers above.</summary>
    private const double GraphBytes = 2 * 16 * 4 * (1 + (1 / 16.0));

    /// <summary>A posting of a term: the point, the weight, and the largest weight after it, 4 bytes each.</summary>
    private const int PostingBytes = 12;

    /// <summary>A term of the stored sparse vector: its number and its weight, 4 bytes each.</summary>
    private const int StoredTermBytes = 8;

    /// <summary>A point's id of 16 bytes in both directions, with the inner number of 4 bytes each time, and its version of 8 bytes.</summary>
    private const int IdBytes = (2 * (16 + 4)) + 8;

    /// <summary>The fields that are filtered by, value to point and point to value: a document's key of 16 bytes and two numbers of 8.</summary>
    private const int FieldBytes = 2 * (16 + 8 + 8 + (3 * 4));

    /// <summary>Payloads are kept in blocks of so many bytes.</summary>
    private const int BlockBytes = 128;

    public static Command Command()
    {
        var sets = new Argument<string[]>("SET") { Description = "Corpora: folders with docs.jsonl, or of documents.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("size", "Tells what a million passages like those of a corpus take in Qdrant.") { sets };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            foreach (var set in parsed.GetValue(sets) ?? [])
            {
                Console.WriteLine((await MeasureAsync(set, cancellationToken)).ToJsonString(Indented));
            }

            return 0;
        });
        return command;
    }

    private static async Task<JsonObject> MeasureAsync(string set, CancellationToken cancellationToken)
    {
        if (!DataSet.IsIn(set))
        {
            return Describe(Path.GetFileName(Path.TrimEndingDirectorySeparator(set)), await CountAsync(set, cancellationToken));
        }

        var corpus = Directory.CreateTempSubdirectory("assistant-corpus-").FullName;
        var data = DataSet.Load(set);
        data.WriteCorpus(corpus);
        var counted = await CountAsync(corpus, cancellationToken);
        Directory.Delete(corpus, recursive: true);
        return Describe(data.Name, counted);
    }

    private static async Task<Counter> CountAsync(string corpus, CancellationToken cancellationToken)
    {
        var data = Directory.CreateTempSubdirectory("assistant-evaluation-").FullName;
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings
        {
            Args = [$"--Assistant:Corpus:Path={corpus}", $"--Assistant:Storage:Sqlite:Path={Path.Combine(data, "assistant.db")}"],
        });
        builder.AddAssistant();
        var counter = new Counter();
        builder.Services.AddSingleton<IIndexWriterFactory>(counter);
        using (var host = builder.Build())
        {
            await foreach (var _ in host.Services.GetRequiredService<CorpusReconciler>().ReconcileAsync(cancellationToken))
            {
                // The counter is told.
            }
        }

        Directory.Delete(data, recursive: true);
        return counter;
    }

    private static JsonObject Describe(string name, Counter counter)
    {
        double passages = counter.Passages;
        var terms = counter.Terms / passages;
        var payload = counter.PayloadBytes / passages;
        var blocks = counter.PayloadBlocks * BlockBytes / passages;
        var versions = counter.VersionBytes / passages;
        double dense = 4 * counter.Dimensions;
        // An 8-bit vector carries one number of 4 bytes beside its components.
        double quantized = counter.Dimensions + 4;
        var always = GraphBytes + IdBytes + FieldBytes;
        return new JsonObject
        {
            ["corpus"] = name,
            ["measured per passage"] = new JsonObject
            {
                ["passages"] = counter.Passages,
                ["dimensions"] = counter.Dimensions,
                ["terms"] = Math.Round(terms, 1),
                ["bytes of text"] = Math.Round(counter.TextBytes / passages),
                ["bytes of payload"] = Math.Round(payload),
                ["bytes of its share of the version's record"] = Math.Round(versions),
            },
            ["computed per million passages and copy, in GB"] = new JsonObject
            {
                ["memory, everything in it"] = Gigabytes(dense + (PostingBytes * terms) + always),
                ["memory, OnDisk and Quantized"] = Gigabytes(quantized + always),
                ["disk"] = Gigabytes(dense + GraphBytes + ((PostingBytes + StoredTermBytes) * terms) + IdBytes + FieldBytes + blocks + versions),
                ["disk, Quantized"] = Gigabytes(
                    dense + quantized + GraphBytes + ((PostingBytes + StoredTermBytes) * terms) + IdBytes + FieldBytes + blocks + versions),
            },
        };
    }

    private static double Gigabytes(double perPassage) => Math.Round(perPassage * Million / 1e9, 2);

    /// <summary>Takes what is to be written, as the store would make it, and keeps the sums.</summary>
    private sealed class Counter : IIndexWriterFactory, IIndexWriter
    {
        public int Passages { get; private set; }

        public int Dimensions { get; private set; }

        public long Terms { get; private set; }

        public long TextBytes { get; private set; }

        public long PayloadBytes { get; private set; }

        public long PayloadBlocks { get; private set; }

        public long VersionBytes { get; private set; }

        public bool IsRebuild => true;

        public Task<IIndexWriter> OpenWriterAsync(string fingerprint, CancellationToken cancellationToken) => Task.FromResult<IIndexWriter>(this);

        public Task<IReadOnlyList<FailedFile>> GetFailuresAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<FailedFile>>([]);

        public Task<IReadOnlyDictionary<Guid, ReadOnlyMemory<float>>> GetVectorsAsync(string documentId, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyDictionary<Guid, ReadOnlyMemory<float>>>(new Dictionary<Guid, ReadOnlyMemory<float>>());

        public Task PutAsync(
            DocumentVersion version, IReadOnlyList<IndexedPassage> passages, string? movedFrom, CancellationToken cancellationToken)
        {
            foreach (var passage in passages)
            {
                var payload = PassagePayload.Of(passage, Guid.Empty.ToString(), new string('0', 16), [Place.Of(passage.Passage, Million)]);
                var bytes = JsonSerializer.SerializeToUtf8Bytes(payload, QdrantJson.Wire.PassagePayload).Length;
                Passages++;
                Dimensions = passage.Vector.Length;
                Terms += KeywordVector.OfPassage(passage).Indices.Length;
                TextBytes += System.Text.Encoding.UTF8.GetByteCount(passage.Passage.Text);
                PayloadBytes += bytes;
                PayloadBlocks += (bytes + BlockBytes - 1) / BlockBytes;
            }

            VersionBytes += JsonSerializer.SerializeToUtf8Bytes(RecordPayload.OfVersion(version), QdrantJson.Wire.RecordPayload).Length;
            return Task.CompletedTask;
        }

        public Task RemoveAsync(string documentId, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task DropVersionsAsync(string documentId, IReadOnlyCollection<int> numbers, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task PutFailureAsync(FailedFile failure, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task CompleteAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

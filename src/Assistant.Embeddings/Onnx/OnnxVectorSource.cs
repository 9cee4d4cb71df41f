using System.Numerics.Tensors;
using Assistant.Core.Embeddings;
using Assistant.Embeddings.Caching;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.Tokenizers;

namespace Assistant.Embeddings.Onnx;

/// <summary>A model in this process, on ONNX Runtime. Loaded when the first text comes.</summary>
internal sealed class OnnxVectorSource : IVectorSource
{
    /// <summary>Tokens, padding included, of one batch: bounds memory, and how long cancelling takes.</summary>
    private const int BatchTokens = 4096;

    /// <summary>Threads beyond this number bring little for a model of this size, and the machine has other things to do.</summary>
    private const int MostThreads = 4;

    private const string Ids = "input_ids";
    private const string Mask = "attention_mask";
    private const string Types = "token_type_ids";

    /// <summary>Outputs by name, the ones that are wanted most first: one vector for a text, or one for each token.</summary>
    private static readonly string[] Outputs = ["sentence_embedding", "last_hidden_state", "token_embeddings"];

    private readonly OnnxFiles files;
    private readonly Lazy<Loaded> model;
    private readonly SemaphoreSlim passages = new(1, 1);

    /// <summary>Finds the files of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="cache">Knows hashes of large files that have not changed; null for none.</param>
    /// <exception cref="EmbeddingUnavailableException">A file is missing or of no use.</exception>
    public OnnxVectorSource(OnnxModel model, VectorCache? cache)
    {
        files = OnnxFiles.Find(model);
        Identity = files.Identity(cache);
        this.model = new Lazy<Loaded>(() => new Loaded(files));
    }

    public string Name => $"The model '{files.Model}'";

    public string Identity { get; }

    public int? Dimensions => null;

    public async Task EmbedAsync(
        IReadOnlyList<string> texts, bool isQuestion, Action<int, float[]> onVector, CancellationToken cancellationToken)
    {
        // One batch of passages at a time, which uses all threads; a question does not wait for it.
        if (!isQuestion)
        {
            await passages.WaitAsync(cancellationToken);
        }

        try
        {
            await Task.Run(() => Embed(texts, onVector, cancellationToken), cancellationToken);
        }
        catch (OnnxRuntimeException error)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new EmbeddingUnavailableException($"{Name} failed: {error.Message}", error);
        }
        finally
        {
            if (!isQuestion)
            {
                passages.Release();
            }
        }
    }

    public void Dispose()
    {
        if (model.IsValueCreated)
        {
            model.Value.Dispose();
        }

        passages.Dispose();
    }

    private void Embed(IReadOnlyList<string> texts, Action<int, float[]> onVector, CancellationToken cancellationToken)
    {
        var loaded = model.Value;
        // Texts of like length share a batch, so that little of it is padding.
        var queue = texts
            .Select((text, index) => (Index: index, Tokens: loaded.Tokenizer.EncodeToIds(text, files.MaxTokens, addSpecialTokens: true, out _, out _)))
            .OrderBy(text => text.Tokens.Count)
            .ToList();
        for (var start = 0; start < queue.Count;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var end = start + 1;
            while (end < queue.Count && (end + 1 - start) * queue[end].Tokens.Count <= BatchTokens)
            {
                end++;
            }

            var batch = queue[start..end];
            var vectors = loaded.Run([.. batch.Select(text => text.Tokens)], files.Pooling, cancellationToken);
            for (var i = 0; i < batch.Count; i++)
            {
                onVector(batch[i].Index, vectors[i]);
            }

            start = end;
        }
    }

    private sealed class Loaded : IDisposable
    {
        private readonly InferenceSession session;
        private readonly string[] inputs;
        private readonly string output;

        public Loaded(OnnxFiles files)
        {
            Tokenizer = files.ReadTokenizer();
            try
            {
                using var options = new SessionOptions
                {
                    IntraOpNumThreads = Math.Min(Environment.ProcessorCount, MostThreads),
                    InterOpNumThreads = 1,
                    LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
                };
                // Threads that have nothing to do sleep instead of spinning: a chat host is idle most of the time.
                options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
                session = new InferenceSession(files.Model, options);
            }
            catch (OnnxRuntimeException error)
            {
                throw new EmbeddingUnavailableException(
                    $"'{files.Model}' is not an ONNX model that can be used (setting Assistant:Embeddings:ModelPath): {error.Message}", error);
            }
            catch (Exception error) when (error is DllNotFoundException or TypeInitializationException or BadImageFormatException or EntryPointNotFoundException)
            {
                throw new EmbeddingUnavailableException(
                    "ONNX Runtime does not run on this system; use Assistant:Embeddings:Provider BuiltIn or OpenAI: " + (error.InnerException ?? error).Message, error);
            }

            try
            {
                inputs = CheckInputs(files.Model);
                output = ChooseOutput(files.Model);
            }
            catch
            {
                session.Dispose();
                throw;
            }
        }

        public BertTokenizer Tokenizer { get; }

        public float[][] Run(IReadOnlyList<int>[] texts, Pooling pooling, CancellationToken cancellationToken)
        {
            var length = texts.Max(text => text.Count);
            var ids = new long[texts.Length * length];
            var mask = new long[ids.Length];
            Array.Fill(ids, Tokenizer.PaddingTokenId);
            for (var t = 0; t < texts.Length; t++)
            {
                for (var i = 0; i < texts[t].Count; i++)
                {
                    ids[t * length + i] = texts[t][i];
                    mask[t * length + i] = 1;
                }
            }

            long[] shape = [texts.Length, length];
            using var idValue = OrtValue.CreateTensorValueFromMemory(ids, shape);
            using var maskValue = OrtValue.CreateTensorValueFromMemory(mask, shape);
            using var typeValue = OrtValue.CreateTensorValueFromMemory(new long[ids.Length], shape);
            using var run = new RunOptions();
            using var cancelling = cancellationToken.Register(() => run.Terminate = true);
            using var results = session.Run(
                run, inputs, [.. inputs.Select(name => name switch { Ids => idValue, Mask => maskValue, _ => typeValue })], [output]);
            var values = results[0].GetTensorDataAsSpan<float>();
            var dimensions = results[0].GetTensorTypeAndShape().Shape;
            return dimensions.Length == 2
                ? Split(values, texts.Length)
                : Pool(values, texts, length, (int)dimensions[2], pooling);
        }

        public void Dispose() => session.Dispose();

        private static float[][] Split(ReadOnlySpan<float> values, int count)
        {
            var vectors = new float[count][];
            var size = values.Length / count;
            for (var t = 0; t < count; t++)
            {
                vectors[t] = values.Slice(t * size, size).ToArray();
            }

            return vectors;
        }

        private static float[][] Pool(ReadOnlySpan<float> values, IReadOnlyList<int>[] texts, int length, int size, Pooling pooling)
        {
            var vectors = new float[texts.Length][];
            for (var t = 0; t < texts.Length; t++)
            {
                var tokens = values.Slice(t * length * size, texts[t].Count * size);
                var vector = tokens[..size].ToArray();
                if (pooling == Pooling.Mean)
                {
                    for (var i = 1; i < texts[t].Count; i++)
                    {
                        TensorPrimitives.Add(vector, tokens.Slice(i * size, size), vector);
                    }

                    TensorPrimitives.Divide(vector, texts[t].Count, vector);
                }

                vectors[t] = vector;
            }

            return vectors;
        }

        private string[] CheckInputs(string path)
        {
            var found = session.InputMetadata;
            return found.ContainsKey(Ids) && found.All(input => input.Key is Ids or Mask or Types && input.Value.ElementType == typeof(long))
                ? [.. found.Keys]
                : throw new EmbeddingUnavailableException(
                    $"The model '{path}' takes {Describe(found)}; a sentence-transformers model takes {Ids}, {Mask} and {Types}, of type Int64 (setting Assistant:Embeddings:ModelPath).");
        }

        private string ChooseOutput(string path)
        {
            var found = session.OutputMetadata.Where(output => output.Value.ElementType == typeof(float) && output.Value.Dimensions.Length is 2 or 3).ToList();
            return Array.Find(Outputs, name => found.Exists(output => output.Key == name && (output.Value.Dimensions.Length == 2) == (name == Outputs[0])))
                ?? found.Find(output => output.Value.Dimensions.Length == 3).Key
                ?? throw new EmbeddingUnavailableException(
                    $"The model '{path}' gives {Describe(session.OutputMetadata)}; a sentence-transformers model gives a vector for each token or text (setting Assistant:Embeddings:ModelPath).");
        }

        private static string Describe(IReadOnlyDictionary<string, NodeMetadata> values) =>
            string.Join(", ", values.Select(value => $"{value.Key} ({value.Value.ElementType?.Name ?? "no tensor"}, {value.Value.Dimensions?.Length ?? 0} dimensions)"));
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Assistant.Core.Embeddings;
using Assistant.Embeddings.Caching;
using Microsoft.ML.Tokenizers;

namespace Assistant.Embeddings.Onnx;

/// <summary>How the vectors of a text's tokens become one.</summary>
internal enum Pooling
{
    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>The one of the first token.</summary>
    Cls,
}

/// <summary>
/// The files of a model as sentence-transformers lays them out: <c>model.onnx</c> (there or in <c>onnx/</c>), <c>vocab.txt</c> or
/// <c>tokenizer.json</c>, and, where they are, <c>tokenizer_config.json</c>, <c>sentence_bert_config.json</c>, <c>config.json</c>, <c>1_Pooling/config.json</c>.
/// </summary>
internal sealed class OnnxFiles
{
    /// <summary>What sentence-transformers of this size were mostly trained with; taken where no file says more.</summary>
    private const int DefaultMaxTokens = 256;

    /// <summary>A model that says it takes any length does not mean it: time and memory grow with the square.</summary>
    private const int MostTokens = 8192;

    private readonly string vocabulary;

    private OnnxFiles(string model, string vocabulary)
    {
        Model = model;
        this.vocabulary = vocabulary;
    }

    /// <summary>The model.</summary>
    public string Model { get; }

    /// <summary>How token vectors become one.</summary>
    public Pooling Pooling { get; private init; }

    /// <summary>The most tokens of a text, the two at its ends included.</summary>
    public int MaxTokens { get; private init; }

    /// <summary>Whether letters lose their case.</summary>
    public bool LowerCases { get; private init; }

    /// <summary>Whether letters lose their accents.</summary>
    public bool StripsAccents { get; private init; }

    /// <summary>Whether each Chinese character is a word.</summary>
    public bool SplitsChinese { get; private init; }

    /// <summary>Finds and reads what there is.</summary>
    /// <exception cref="EmbeddingUnavailableException">Something is missing or of no use.</exception>
    public static OnnxFiles Find(OnnxModel model)
    {
        var path = FindModel(model.Path);
        var folder = Path.GetDirectoryName(path)!;
        string[] folders = string.Equals(Path.GetFileName(folder), "onnx", StringComparison.OrdinalIgnoreCase) && Path.GetDirectoryName(folder) is { } above
            ? [folder, above]
            : [folder];
        var vocabulary = First(folders, "vocab.txt") ?? First(folders, "tokenizer.json") ?? throw new EmbeddingUnavailableException(
            $"There is neither vocab.txt nor tokenizer.json beside the model '{path}' (setting Assistant:Embeddings:ModelPath). Put the one that belongs to the model there.");
        using var tokenizer = Json(folders, "tokenizer.json");
        using var tokenizerConfig = Json(folders, "tokenizer_config.json");
        using var sentences = Json(folders, "sentence_bert_config.json");
        using var config = Json(folders, "config.json");
        using var pooling = Json(folders, Path.Combine("1_Pooling", "config.json"));
        var normalizer = Find(tokenizer, "normalizer");
        var lowerCases = (Flag(normalizer, "lowercase") ?? Flag(tokenizerConfig?.RootElement, "do_lower_case") ?? true)
            || Flag(sentences?.RootElement, "do_lower_case") == true;
        return new OnnxFiles(path, vocabulary)
        {
            Pooling = ReadPooling(pooling?.RootElement, path),
            MaxTokens = Math.Clamp(
                Math.Min(
                    model.MaxTokens ?? Number(sentences?.RootElement, "max_seq_length") ?? Number(tokenizerConfig?.RootElement, "model_max_length")
                        ?? Number(Find(tokenizer, "truncation"), "max_length") ?? DefaultMaxTokens,
                    Number(config?.RootElement, "max_position_embeddings") ?? MostTokens),
                3,
                MostTokens),
            LowerCases = lowerCases,
            StripsAccents = Flag(normalizer, "strip_accents") ?? Flag(tokenizerConfig?.RootElement, "strip_accents") ?? lowerCases,
            SplitsChinese = Flag(normalizer, "handle_chinese_chars") ?? Flag(tokenizerConfig?.RootElement, "tokenize_chinese_chars") ?? true,
        };
    }

    /// <summary>Stands for the content of the files, not for where they are, and for how they are read.</summary>
    /// <param name="cache">Knows hashes of large files that have not changed.</param>
    public string Identity(VectorCache? cache)
    {
        string[] hashes = [.. new[] { Model, Model + "_data", Path.ChangeExtension(Model, ".onnx.data"), vocabulary }.Distinct().Where(File.Exists).Select(file => Hash(file, cache))];
        var content = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(' ', hashes))), 0, 8);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"onnx:{content}/{Pooling.ToString().ToLowerInvariant()}/{MaxTokens}{(LowerCases ? "/lower" : "")}{(StripsAccents ? "/plain" : "")}{(SplitsChinese ? "" : "/cjk")}");
    }

    /// <summary>Reads the tokenizer.</summary>
    /// <exception cref="EmbeddingUnavailableException">The vocabulary is not one of a BERT model.</exception>
    public BertTokenizer ReadTokenizer()
    {
        var options = new BertOptions
        {
            LowerCaseBeforeTokenization = LowerCases,
            RemoveNonSpacingMarks = StripsAccents,
            IndividuallyTokenizeCjk = SplitsChinese,
            // "[SEP]" in a document is text like any other.
            SplitOnSpecialTokens = false,
        };
        try
        {
            if (vocabulary.EndsWith(".txt", StringComparison.OrdinalIgnoreCase))
            {
                return BertTokenizer.Create(vocabulary, options);
            }

            using var words = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', ReadWords())));
            return BertTokenizer.Create(words, options);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or InvalidDataException or IOException or JsonException or KeyNotFoundException or FormatException)
        {
            throw new EmbeddingUnavailableException(
                $"'{vocabulary}' is not the vocabulary of a BERT model, with [CLS], [SEP], [PAD] and [UNK] in it: {error.Message}", error);
        }
    }

    private static string FindModel(string given)
    {
        var path = Path.GetFullPath(given);
        if (File.Exists(path))
        {
            return path;
        }

        if (!Directory.Exists(path))
        {
            throw new EmbeddingUnavailableException(
                $"There is no model '{path}'. Set Assistant:Embeddings:ModelPath to a folder that holds model.onnx and vocab.txt or tokenizer.json.");
        }

        string[] folders = [path, Path.Combine(path, "onnx")];
        if (First(folders, "model.onnx") is { } model)
        {
            return model;
        }

        string[] others = [.. folders.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*.onnx")).Order(StringComparer.Ordinal)];
        return others.Length == 1 ? others[0] : throw new EmbeddingUnavailableException(
            $"There is no model.onnx in '{path}' (setting Assistant:Embeddings:ModelPath)"
            + (others.Length == 0 ? "." : $"; name one of its {others.Length} models: {string.Join(", ", others.Select(Path.GetFileName))}."));
    }

    private static Pooling ReadPooling(JsonElement? config, string model) =>
        config is not { } pooling || Flag(pooling, "pooling_mode_mean_tokens") == true ? Pooling.Mean
            : Flag(pooling, "pooling_mode_cls_token") == true ? Pooling.Cls
            : throw new EmbeddingUnavailableException(
                $"The model '{model}' makes one vector of its tokens' in a way that is not known here (1_Pooling/config.json); known are their mean and the first one's.");

    /// <summary>The words of a <c>tokenizer.json</c> in the order of their numbers.</summary>
    private string[] ReadWords()
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(vocabulary));
        var model = json.RootElement.GetProperty("model");
        var type = model.TryGetProperty("type", out var name) ? name.GetString() : "WordPiece";
        if (type != "WordPiece")
        {
            throw new InvalidDataException($"its tokenizer is of the kind {type}; only WordPiece, that of BERT, can be read.");
        }

        var words = model.GetProperty("vocab").EnumerateObject().ToDictionary(word => word.Value.GetInt32(), word => word.Name);
        // A number that no word has keeps its place.
        return [.. Enumerable.Range(0, words.Keys.Max() + 1).Select(i => words.TryGetValue(i, out var word) ? word : $"[unused-number-{i}]")];
    }

    /// <summary>SHA-256 of a file; computed again only when size or time have changed.</summary>
    private static string Hash(string file, VectorCache? cache)
    {
        var info = new FileInfo(file);
        var state = string.Create(CultureInfo.InvariantCulture, $"{info.Length} {info.LastWriteTimeUtc.Ticks}");
        if (cache?.FindHash(file, state) is { } known)
        {
            return known;
        }

        using var stream = File.OpenRead(file);
        var hash = Convert.ToHexStringLower(SHA256.HashData(stream));
        cache?.PutHash(file, state, hash);
        return hash;
    }

    private static string? First(IEnumerable<string> folders, string name) => folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    private static JsonDocument? Json(string[] folders, string name)
    {
        if (First(folders, name) is not { } path)
        {
            return null;
        }

        try
        {
            return JsonDocument.Parse(File.ReadAllBytes(path));
        }
        catch (JsonException error)
        {
            throw new EmbeddingUnavailableException($"'{path}' is not JSON: {error.Message}", error);
        }
    }

    private static JsonElement? Find(JsonDocument? document, string name) =>
        document?.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.Object
            ? found
            : null;

    private static bool? Flag(JsonElement? within, string name) =>
        within is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(name, out var value)
            && value.ValueKind is (JsonValueKind.True or JsonValueKind.False)
            ? value.GetBoolean()
            : null;

    private static int? Number(JsonElement? within, string name) =>
        within is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number)
            ? number
            : null;
}

using Assistant.Core.Embeddings;
using Assistant.Embeddings.Onnx;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;

namespace Assistant.Embeddings.Tests.Onnx;

public sealed class OnnxModelTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_vector_is_the_mean_over_the_tokens_of_the_text_and_padding_counts_for_nothing()
    {
        using var model = TinyModel.Create();

        var vectors = await EmbedAsync(model, "apple", "pear trees pear apple", "xyzzy tree");

        VectorAssert.Equal(TinyModel.MeanOf("[CLS]", "apple", "[SEP]"), vectors[0]);
        VectorAssert.Equal(TinyModel.MeanOf("[CLS]", "pear", "tree", "##s", "pear", "apple", "[SEP]"), vectors[1]);
        VectorAssert.Equal(TinyModel.MeanOf("[CLS]", "[UNK]", "tree", "[SEP]"), vectors[2]);
        Assert.All(vectors, vector => Assert.Equal(1, vector.Sum(value => value * value), 1e-5));
    }

    [Fact]
    public async Task A_text_has_the_same_vector_whatever_it_is_embedded_with()
    {
        using var model = TinyModel.Create();
        string[] texts = [.. Enumerable.Range(1, 300).Select(i => string.Join(' ', Enumerable.Repeat("apple pear trees", i % 40)) + " pear")];

        var together = await EmbedAsync(model, texts);

        for (var i = 0; i < texts.Length; i += 37)
        {
            VectorAssert.Equal((await EmbedAsync(model, texts[i]))[0], together[i]);
        }
    }

    [Theory]
    [InlineData("input_ids")]
    [InlineData("input_ids", "attention_mask")]
    [InlineData("input_ids", "attention_mask", "token_type_ids")]
    public async Task A_model_gets_the_inputs_that_it_declares(params string[] inputs)
    {
        using var model = TinyModel.Create(inputs: inputs);
        VectorAssert.Equal(TinyModel.MeanOf("[CLS]", "pear", "[SEP]"), (await EmbedAsync(model, "pear"))[0]);
    }

    [Fact]
    public async Task The_first_token_stands_for_the_text_where_the_model_says_so()
    {
        using var model = TinyModel.Create();
        model.Write("1_Pooling/config.json", """{"pooling_mode_cls_token": true, "pooling_mode_mean_tokens": false}""");
        VectorAssert.Equal(TinyModel.Normalised(TinyModel.VectorOf("[CLS]")), (await EmbedAsync(model, "pear apple"))[0]);
    }

    [Fact]
    public async Task A_text_is_cut_off_where_the_model_ends()
    {
        using var model = TinyModel.Create();
        model.Write("sentence_bert_config.json", """{"max_seq_length": 4, "do_lower_case": false}""");

        VectorAssert.Equal(TinyModel.MeanOf("[CLS]", "apple", "pear", "[SEP]"), (await EmbedAsync(model, "apple pear tree tree"))[0]);
        VectorAssert.Equal(
            TinyModel.MeanOf("[CLS]", "apple", "pear", "tree", "[SEP]"),
            (await EmbedAsync(new OnnxModel(model.Folder) { MaxTokens = 5 }, new EmbeddingRules(), "apple pear tree tree"))[0]);
    }

    [Theory]
    [InlineData(null, null, "apple", "cafe")]
    [InlineData("""{"do_lower_case": false}""", null, "Apple", "café")]
    [InlineData("""{"do_lower_case": true, "strip_accents": false}""", null, "apple", "café")]
    [InlineData("""{"do_lower_case": false}""", """{"normalizer": {"type": "BertNormalizer", "lowercase": true, "strip_accents": null}}""", "apple", "cafe")]
    public async Task Case_and_accents_are_kept_or_lost_as_the_model_was_trained(string? config, string? tokenizer, string apple, string cafe)
    {
        using var model = TinyModel.Create();
        if (config is not null)
        {
            model.Write("tokenizer_config.json", config);
        }

        if (tokenizer is not null)
        {
            model.Write("tokenizer.json", tokenizer);
        }

        VectorAssert.Equal(TinyModel.MeanOf("[CLS]", apple, cafe, "[SEP]"), (await EmbedAsync(model, "Apple café"))[0]);
    }

    [Fact]
    public async Task A_tokenizer_json_serves_as_vocabulary_and_the_model_may_lie_in_a_folder_of_its_own()
    {
        using var model = TinyModel.Create("onnx/model.onnx", vocabulary: false);
        var words = string.Join(',', TinyModel.Words.Select((word, id) => $"\"{word}\":{id}").Reverse());
        model.Write("tokenizer.json", $$$"""{"model": {"type": "WordPiece", "vocab": { {{{words}}} } } }""");

        VectorAssert.Equal(TinyModel.MeanOf("[CLS]", "tree", "##s", "[SEP]"), (await EmbedAsync(model, "trees"))[0]);
    }

    [Fact]
    public async Task Special_tokens_in_a_text_are_text()
    {
        using var model = TinyModel.Create();
        Assert.NotEqual(
            (await EmbedAsync(model, "apple [SEP] pear"))[0],
            TinyModel.MeanOf("[CLS]", "apple", "[SEP]", "pear", "[SEP]"));
    }

    [Fact]
    public async Task Questions_and_passages_get_their_own_words_in_front()
    {
        using var model = TinyModel.Create();
        var rules = new EmbeddingRules { QuestionPrefix = "query: ", PassagePrefix = "passage: " };
        using var embedder = Open(new OnnxModel(model.Folder), rules);

        VectorAssert.Equal(TinyModel.MeanOf("[CLS]", "passage", ":", "pear", "[SEP]"), (await embedder.GenerateVectorAsync("pear", cancellationToken: Cancel)).ToArray());
        VectorAssert.Equal(
            TinyModel.MeanOf("[CLS]", "query", ":", "pear", "[SEP]"),
            (await embedder.GenerateVectorAsync("pear", QuestionEmbedding.CreateOptions(), Cancel)).ToArray());
        using var plain = Open(new OnnxModel(model.Folder), new EmbeddingRules());
        Assert.NotEqual(EmbeddingSpace.Of(plain), EmbeddingSpace.Of(embedder));
    }

    [Fact]
    public void The_space_is_that_of_the_files_and_not_of_where_they_are()
    {
        using var one = TinyModel.Create();
        using var same = TinyModel.Create("onnx/model.onnx");
        using var other = TinyModel.Create(inputs: ["input_ids"]);
        using var shorter = TinyModel.Create();
        shorter.Write("sentence_bert_config.json", """{"max_seq_length": 100}""");
        using var words = TinyModel.Create();
        words.Write("vocab.txt", string.Join('\n', TinyModel.Words) + "\nmore\n");

        Assert.Equal(SpaceOf(one), SpaceOf(same));
        Assert.Equal(5, new[] { one, other, shorter, words }.Select(SpaceOf).Append(EmbeddingSpace.Of(new BuiltInEmbeddingGenerator())).Distinct().Count());

        static string SpaceOf(TinyModel model)
        {
            using var embedder = Open(new OnnxModel(model.Folder), new EmbeddingRules());
            return EmbeddingSpace.Of(embedder);
        }
    }

    [Fact]
    public async Task What_is_wrong_with_the_files_is_said_with_the_setting()
    {
        using var model = TinyModel.Create(vocabulary: false);
        AssertRefused("There is no model", new OnnxModel(Path.Combine(model.Folder, "elsewhere")));
        AssertRefused("neither vocab.txt nor tokenizer.json", new OnnxModel(model.Folder));
        File.Delete(Path.Combine(model.Folder, "model.onnx"));
        AssertRefused("no model.onnx in", new OnnxModel(model.Folder));
        model.Write("a.onnx", "one");
        model.Write("b.onnx", "two");
        AssertRefused("a.onnx, b.onnx", new OnnxModel(model.Folder));
        model.Write("1_Pooling/config.json", """{"pooling_mode_lasttoken": true}""");
        model.Write("vocab.txt", string.Join('\n', TinyModel.Words));
        AssertRefused("1_Pooling/config.json", new OnnxModel(Path.Combine(model.Folder, "a.onnx")));
        Directory.Delete(Path.Combine(model.Folder, "1_Pooling"), recursive: true);
        await AssertFailsAsync("not an ONNX model", Path.Combine(model.Folder, "a.onnx"));

        model.Write("model.onnx", TinyModel.Bytes(["pixel_values"]));
        await AssertFailsAsync("pixel_values", model.Folder);
        model.Write("model.onnx", TinyModel.Bytes(["input_ids"]));
        model.Write("vocab.txt", "apple\npear\n");
        await AssertFailsAsync("vocabulary of a BERT model", model.Folder);
        File.Delete(Path.Combine(model.Folder, "vocab.txt"));
        model.Write("tokenizer.json", """{"model": {"type": "Unigram", "vocab": [["a", 0.1]]}}""");
        await AssertFailsAsync("Unigram", model.Folder);

        static void AssertRefused(string message, OnnxModel model)
        {
            var error = Assert.Throws<EmbeddingUnavailableException>(() => Open(model, new EmbeddingRules()));
            Assert.Contains(message, error.Message, StringComparison.Ordinal);
        }

        static async Task AssertFailsAsync(string message, string path)
        {
            var error = await Assert.ThrowsAsync<EmbeddingUnavailableException>(() => EmbedAsync(new OnnxModel(path), new EmbeddingRules(), "apple"));
            Assert.Contains(message, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Embedding_can_be_cancelled_and_goes_on_afterwards()
    {
        using var model = TinyModel.Create();
        using var embedder = Open(new OnnxModel(model.Folder), new EmbeddingRules());
        await embedder.GenerateAsync(["apple"], cancellationToken: Cancel);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => embedder.GenerateAsync(["pear"], cancellationToken: new CancellationToken(canceled: true)));

        VectorAssert.Equal(TinyModel.MeanOf("[CLS]", "pear", "[SEP]"), (await embedder.GenerateVectorAsync("pear", cancellationToken: Cancel)).ToArray());
    }

    private static Task<float[][]> EmbedAsync(TinyModel model, params string[] texts) => EmbedAsync(new OnnxModel(model.Folder), new EmbeddingRules(), texts);

    private static async Task<float[][]> EmbedAsync(OnnxModel model, EmbeddingRules rules, params string[] texts)
    {
        using var embedder = Open(model, rules);
        return [.. (await embedder.GenerateAsync(texts, cancellationToken: Cancel)).Select(embedding => embedding.Vector.ToArray())];
    }

    private static IEmbeddingGenerator<string, Embedding<float>> Open(OnnxModel model, EmbeddingRules rules) =>
        EmbeddingModels.CreateOnnx(model, rules, TimeProvider.System, NullLoggerFactory.Instance);
}

using Microsoft.ML.Tokenizers;

namespace Assistant.Generation;

/// <summary>Counts the tokens of a model; of one whose tokenizer is not known, a few more than it will count itself.</summary>
internal sealed class TokenBudget(string model)
{
    private const string Encoding = "o200k_base";

    /// <summary>What other tokenizers make of a text, beside o200k_base: Llama 3's and Qwen's up to a fifth more of European languages.</summary>
    private const double OtherTokenizers = 1.25;

    private static readonly string[] KnownModels = ["gpt-4o", "gpt-4.1", "gpt-5", "chatgpt-4o", "o1", "o3", "o4", "gpt-oss"];

    // Its table takes a fifth of a second to load, which no start should wait for.
    private static readonly Lazy<Tokenizer> Tokenizer = new(() => TiktokenTokenizer.CreateForEncoding(Encoding));

    private readonly double factor = KnownModels.Any(known => model.StartsWith(known, StringComparison.OrdinalIgnoreCase)) ? 1 : OtherTokenizers;

    public int Count(string text) => (int)Math.Ceiling(Tokenizer.Value.CountTokens(text) * factor);
}

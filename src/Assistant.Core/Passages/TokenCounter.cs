using System.Text;
using Microsoft.ML.Tokenizers;

namespace Assistant.Core.Passages;

/// <summary>
/// Counts tokens of o200k_base. The tokenizer takes a fifth of a second to load, so it is loaded when first needed: a text of no more
/// UTF-8 bytes than tokens are allowed fits without counting.
/// </summary>
/// <param name="limit">The most tokens that fit.</param>
internal sealed class TokenCounter(int limit)
{
    /// <summary>Longer texts are not counted but cut: a text of more characters for each token is no prose.</summary>
    private const int CharactersPerToken = 20;

    private static readonly Lazy<TiktokenTokenizer> Tokenizer = new(() => TiktokenTokenizer.CreateForEncoding("o200k_base"));

    public int Limit => limit;

    /// <summary>The most characters that a text may have, however few its tokens; also bounds what the tokenizer is handed at once.</summary>
    public int LongestText => limit * CharactersPerToken;

    /// <summary>The most characters of a word that are counted as one: the tokenizer takes ever longer for what has no white space.</summary>
    public int LongestWord => limit;

    public static int Count(ReadOnlySpan<char> text) => Tokenizer.Value.CountTokens(text);

    public bool Fits(ReadOnlySpan<char> text) =>
        text.Length <= LongestText && (Encoding.UTF8.GetByteCount(text) <= limit || Count(text) <= limit);

    /// <summary>Length of the longest beginning of <paramref name="text"/> with no more tokens than the limit; it may end inside a character.</summary>
    public int LengthThatFits(ReadOnlySpan<char> text) =>
        Tokenizer.Value.GetIndexByTokenCount(text, limit, out _, out _);
}

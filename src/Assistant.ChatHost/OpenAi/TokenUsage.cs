using Microsoft.ML.Tokenizers;

namespace Assistant.ChatHost.OpenAi;

/// <summary>Counts tokens as OpenAI's newer models do.</summary>
internal static class TokenUsage
{
    // Made at first use: its table takes time and memory that a host without OpenAI's clients need not spend.
    private static readonly Lazy<Tokenizer> Tokenizer = new(() => TiktokenTokenizer.CreateForEncoding("o200k_base"));

    public static Usage Of(ChatCompletionRequest request, string completion)
    {
        var prompt = request.Messages.Sum(message => Count(message.Content?.Text ?? ""));
        var answer = Count(completion);
        return new Usage(prompt, answer, prompt + answer);
    }

    private static int Count(string text) => Tokenizer.Value.CountTokens(text);
}

namespace Assistant.Core.Text;

/// <summary>Guesses the language of a text by its script and its most common words.</summary>
public static class LanguageDetector
{
    /// <summary>The language as an ISO 639-1 code; null when it cannot be told.</summary>
    public static string? Detect(string text) => throw new NotImplementedException(text);
}

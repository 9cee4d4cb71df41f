namespace Assistant.Documents;

/// <summary>Turns bytes of unknown encoding into text.</summary>
internal static class TextDecoder
{
    /// <summary>
    /// The text of <paramref name="bytes"/> without a byte-order mark. In this order: the byte-order mark, UTF-16 without a mark,
    /// <paramref name="declaredCharset"/> (when the bytes are valid in it), UTF-8 when valid, else what statistics say.
    /// </summary>
    public static string Decode(ReadOnlySpan<byte> bytes, string? declaredCharset = null) =>
        throw new NotImplementedException(declaredCharset + bytes.Length);
}

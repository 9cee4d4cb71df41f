namespace Assistant.Documents.Pdf;

/// <summary>Counts, about, the letters that the content of a page draws, before any of it is parsed.</summary>
internal sealed class PdfLetterCounter
{
    private int depth;
    private bool escaped;
    private bool hexadecimal;
    private long bytes;
    private long digits;

    /// <summary>Letters so far: bytes in strings, and pairs of digits in hexadecimal ones.</summary>
    public long Count => bytes + (digits / 2);

    /// <summary>Counts on.</summary>
    public void Add(ReadOnlySpan<byte> content)
    {
        foreach (var value in content)
        {
            if (escaped)
            {
                escaped = false;
            }
            else if (hexadecimal)
            {
                hexadecimal = value != '>';
                digits++;
            }
            else if (value == '(')
            {
                depth++;
            }
            else if (depth > 0)
            {
                escaped = value == '\\';
                depth -= value == ')' ? 1 : 0;
                bytes++;
            }
            else
            {
                hexadecimal = value == '<';
            }
        }
    }
}

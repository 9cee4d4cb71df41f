using System.Text.Json.Serialization;

namespace Assistant.Core.Documents;

/// <summary>A half-open range <c>[Start, End)</c> of a text, in UTF-16 code units.</summary>
public readonly record struct TextSpan
{
    /// <summary>Creates the range from <paramref name="start"/> up to, not including, <paramref name="end"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The start is negative or lies behind the end.</exception>
    [JsonConstructor]
    public TextSpan(int start, int end)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfLessThan(end, start);
        Start = start;
        End = end;
    }

    /// <summary>Index of the first code unit.</summary>
    public int Start { get; }

    /// <summary>Index after the last code unit.</summary>
    public int End { get; }

    /// <summary>Number of code units.</summary>
    [JsonIgnore]
    public int Length => End - Start;

    /// <summary>Whether the range holds nothing.</summary>
    [JsonIgnore]
    public bool IsEmpty => End == Start;

    /// <summary>Whether <paramref name="other"/> lies wholly inside this range.</summary>
    public bool Contains(TextSpan other) => Start <= other.Start && other.End <= End;

    /// <summary>Whether the two ranges share at least one code unit.</summary>
    public bool Overlaps(TextSpan other) => Start < other.End && other.Start < End;

    /// <summary>The text this range covers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range reaches beyond <paramref name="text"/>.</exception>
    public string Of(string text) => text.Substring(Start, Length);

    /// <summary>The text this range covers, without copying it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range reaches beyond <paramref name="text"/>.</exception>
    public ReadOnlySpan<char> In(string text) => text.AsSpan(Start, Length);

    /// <inheritdoc/>
    public override string ToString() => $"[{Start}..{End})";
}

using System.Text.Json.Serialization;

namespace Assistant.Core.Documents;

/// <summary>A heading and what stands under it, sub-sections included.</summary>
/// <param name="Path">The headings from the outermost down to this section's own; never empty. The document's title is not part of it.</param>
/// <param name="Level">1 for an outermost heading; deeper ones are larger. Levels may skip.</param>
/// <param name="Span">From the first character of the heading to the end of the last sub-section.</param>
public sealed record Section(IReadOnlyList<string> Path, int Level, TextSpan Span)
{
    /// <summary>This section's own heading.</summary>
    [JsonIgnore]
    public string Heading => Path[^1];
}

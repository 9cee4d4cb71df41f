using Assistant.Core.Documents;

namespace Assistant.Core.Changes;

/// <summary>A value in a sentence.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Span">Range of the text.</param>
/// <param name="Meaning">Two values of one meaning are the same, however they are written: 2,000 and two thousand.</param>
internal sealed record FoundValue(ValueKind Kind, TextSpan Span, string Meaning);

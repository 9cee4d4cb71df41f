namespace Assistant.Core.Documents;

/// <summary>What a document says about itself beside its text; every value is null when it says nothing.</summary>
public sealed record DocumentMetadata
{
    /// <summary>Metadata of a document that states none.</summary>
    public static DocumentMetadata Empty { get; } = new();

    /// <summary>Language as a lower-case ISO 639-1 code, e.g. <c>en</c>; stated by the document or detected from its text.</summary>
    public string? Language { get; init; }

    /// <summary>Day the document was published.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>Who wrote it.</summary>
    public string? Author { get; init; }

    /// <summary>Publisher or origin, as a name.</summary>
    public string? Source { get; init; }

    /// <summary>Address of the original.</summary>
    public string? Url { get; init; }
}

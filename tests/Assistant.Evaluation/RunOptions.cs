namespace Assistant.Evaluation;

/// <summary>How a data set is measured.</summary>
internal sealed record RunOptions
{
    /// <summary>Where one JSON line per question goes.</summary>
    public TextWriter Lines { get; init; } = TextWriter.Null;

    /// <summary>Whether times are reported too: they differ from run to run, everything else does not.</summary>
    public bool Timing { get; init; }

    /// <summary>Settings of the product in the form of its command line: <c>--Assistant:Embeddings:Provider=OpenAI</c>.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];
}

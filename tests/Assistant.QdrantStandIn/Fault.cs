namespace Assistant.QdrantStandIn;

/// <summary>What goes wrong with a request.</summary>
public sealed record Fault(FaultKind Kind)
{
    /// <summary>Status of <see cref="FaultKind.Refused"/>.</summary>
    public int Status { get; init; } = 500;

    /// <summary>Seconds of the answer's Retry-After.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>How many operations of a batch are done before <see cref="FaultKind.PartialBatch"/>.</summary>
    public int Operations { get; init; }

    /// <summary>How long <see cref="FaultKind.Slow"/> takes.</summary>
    public TimeSpan Delay { get; init; }
}

public enum FaultKind
{
    /// <summary>An error status instead of the work.</summary>
    Refused,

    /// <summary>The connection is cut and nothing done.</summary>
    CutBefore,

    /// <summary>The work is done and the connection cut.</summary>
    CutAfter,

    /// <summary>Some operations of a batch are done and the connection cut.</summary>
    PartialBatch,

    /// <summary>The work is done later.</summary>
    Slow,
}

/// <summary>A request and its answer.</summary>
/// <param name="Method">GET, PUT, POST or DELETE.</param>
/// <param name="Template">The path as Qdrant's description has it.</param>
/// <param name="Path">The path as it was asked for.</param>
/// <param name="Request">The body; null for none.</param>
/// <param name="Status">The answer's status.</param>
/// <param name="Response">The answer's body.</param>
public sealed record Exchange(string Method, string Template, string Path, string? Request, int Status, string Response);

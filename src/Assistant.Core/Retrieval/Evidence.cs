using Assistant.Core.Passages;

namespace Assistant.Core.Retrieval;

/// <summary>The ranked passages for one question.</summary>
public sealed record Evidence
{
    /// <summary>The standalone question.</summary>
    public required string Question { get; init; }

    /// <summary>Best first.</summary>
    public IReadOnlyList<RankedPassage> Passages { get; init; } = [];
}

/// <summary>A passage in its rank.</summary>
/// <param name="Passage">The passage.</param>
/// <param name="Score">Fused score, 0 to 1.</param>
public sealed record RankedPassage(Passage Passage, double Score);

namespace Assistant.Core.Retention;

/// <summary>Which old versions are dropped. The current version of a document never is; without a limit nothing is.</summary>
/// <param name="Versions">Newest versions of a document that are kept, at least 1; null for all.</param>
/// <param name="Age">How long a version is kept after another one took its place or its document was removed; null for ever.</param>
public sealed record RetentionRule(int? Versions, TimeSpan? Age)
{
    /// <summary>Keeps everything.</summary>
    public static RetentionRule KeepAll { get; } = new(null, null);

    /// <summary>Whether nothing is ever dropped.</summary>
    public bool KeepsAll => Versions is null && Age is null;
}

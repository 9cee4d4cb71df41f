using Assistant.Core.Documents;

namespace Assistant.Core.Passages;

/// <summary>Cuts a document into passages: structure first, then sentences, then tokens.</summary>
/// <param name="maxTokens">The most tokens (o200k_base) that the text of a passage may have.</param>
public sealed class PassageSplitter(int maxTokens = PassageSplitter.DefaultMaxTokens)
{
    /// <summary>The most tokens of a passage unless configured otherwise.</summary>
    public const int DefaultMaxTokens = 200;

    /// <summary>Name, version and settings of the rules; part of the index's fingerprint.</summary>
    public string Fingerprint => $"splitter/1:{maxTokens}";

    /// <summary>The passages of a version, in reading order. Deterministic; no text outside headings is lost.</summary>
    public IReadOnlyList<Passage> Split(DocumentVersion version) => throw new NotImplementedException(version + Fingerprint);
}

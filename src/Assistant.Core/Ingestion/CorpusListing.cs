namespace Assistant.Core.Ingestion;

/// <summary>A file of the corpus as the folder lists it.</summary>
/// <param name="DocumentId">Path relative to the corpus, with <c>/</c>.</param>
/// <param name="Length">Size in bytes.</param>
/// <param name="LastWrite">When it was last written, UTC; the end of time for a link, whose target may be newer than anything.</param>
internal readonly record struct CorpusFile(string DocumentId, long Length, DateTime LastWrite);

/// <summary>A folder whose files are not known.</summary>
/// <param name="Prefix">What the ids of its files begin with: its path with a slash at the end.</param>
/// <param name="Error">Why, in a person's words.</param>
internal sealed record UnreadableFolder(string Prefix, string Error);

/// <summary>What the corpus folder holds.</summary>
/// <param name="Files">In ordinal order of their ids.</param>
/// <param name="Unreadable">Folders whose files are not known: they must not be taken for deleted.</param>
internal sealed record CorpusListing(IReadOnlyList<CorpusFile> Files, IReadOnlyList<UnreadableFolder> Unreadable);

using System.Text.Json.Serialization;

namespace Assistant.Core.Ingestion;

/// <summary>What happens while the index is brought in step, in order; the last event of a run that ends well is <see cref="IngestionCompleted"/>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(IngestionPlanned), "planned")]
[JsonDerivedType(typeof(EmbeddingProgressed), "embedding")]
[JsonDerivedType(typeof(DocumentIngested), "ingested")]
[JsonDerivedType(typeof(DocumentRemoved), "removed")]
[JsonDerivedType(typeof(DocumentFailed), "failed")]
[JsonDerivedType(typeof(IngestionCompleted), "completed")]
public abstract record IngestionEvent;

/// <summary>The folder was compared with the index.</summary>
/// <param name="Changes">Number of documents that will be added, updated, moved or removed; one event follows for each.</param>
/// <param name="Rebuild">Whether the whole index is built anew because what builds it has changed.</param>
public sealed record IngestionPlanned(int Changes, bool Rebuild) : IngestionEvent;

/// <summary>Embedding goes on: told now and then while no document gets done.</summary>
/// <param name="Embedded">Passages embedded so far in this run, also of documents that are not yet told of.</param>
public sealed record EmbeddingProgressed(int Embedded) : IngestionEvent;

/// <summary>A document was added, updated or moved and can be found from now on (after a rebuild: once it is complete).</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Version">Its version now.</param>
/// <param name="Passages">Passages of this version.</param>
public sealed record DocumentIngested(string DocumentId, int Version, int Passages) : IngestionEvent;

/// <summary>A document was taken out of the index.</summary>
/// <param name="DocumentId">The document.</param>
public sealed record DocumentRemoved(string DocumentId) : IngestionEvent;

/// <summary>A file could not be taken in; the others go on.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Error">Why, in a person's words.</param>
public sealed record DocumentFailed(string DocumentId, string Error) : IngestionEvent;

/// <summary>The index is in step.</summary>
/// <param name="Report">What was done.</param>
public sealed record IngestionCompleted(IngestionReport Report) : IngestionEvent;

namespace Assistant.Embeddings.Caching;

/// <summary>Stands for a text: the first 16 bytes of the SHA-256 of its UTF-16 code units.</summary>
internal readonly record struct VectorCacheKey(UInt128 Value);

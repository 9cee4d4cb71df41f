using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Assistant.Storage.Qdrant;

/// <summary>Ids of the points that are not passages: UUID version 8 (RFC 9562, section 5.8), a hash of what they stand for.</summary>
internal static class Keys
{
    /// <summary>Name space of the store's records; fixed for ever, or every stored id changes.</summary>
    private static readonly byte[] Namespace = new Guid("0b7f6a52-3c0c-5e2f-8f57-4a8e6d1c9b30").ToByteArray(bigEndian: true);

    /// <summary>The one lease.</summary>
    public static Guid Lease { get; } = Create("lease");

    /// <summary>Key of a document: what filters ask for, because an id may hold characters that JSON cannot.</summary>
    public static string Document(string documentId) => Create($"document\0{documentId}").ToString();

    public static Guid DocumentRecord(long generation, string documentId) => Create($"document\0{Text(generation)}\0{documentId}");

    public static Guid VersionRecord(string documentId, int number) => Create($"version\0{Text(number)}\0{documentId}");

    public static Guid FailureRecord(long generation, string documentId) => Create($"failure\0{Text(generation)}\0{documentId}");

    public static Guid GenerationRecord(long generation) => Create($"generation\0{Text(generation)}");

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static Guid Create(string name)
    {
        // The code units themselves: a lone surrogate has no UTF-8 form.
        byte[] bytes = [.. Namespace, .. MemoryMarshal.AsBytes(name.AsSpan())];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}

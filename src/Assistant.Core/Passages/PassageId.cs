using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Assistant.Core.Passages;

/// <summary>Ids of passages: UUID version 5 (RFC 9562, section 5.5) of the document's id and the passage's indexed text.</summary>
public static class PassageId
{
    /// <summary>Name space of the product's passages; fixed for ever, or every stored id changes.</summary>
    private static readonly byte[] Namespace = new Guid("5d0a1a2e-6a0e-5c53-9c0e-0d4c3f8f7a11").ToByteArray(bigEndian: true);

    /// <summary>The id of a passage.</summary>
    /// <param name="documentId">The document it belongs to.</param>
    /// <param name="indexedText">Title, heading path and text.</param>
    /// <param name="occurrence">0 for the first passage of the document with this text, 1 for the second, …</param>
    public static Guid Create(string documentId, string indexedText, int occurrence)
    {
        var name = string.Concat(documentId, "\0", occurrence.ToString(CultureInfo.InvariantCulture), "\0" + indexedText);
        // A lone surrogate has no UTF-8 form, so two texts could collapse into one: the code units themselves are hashed.
        byte[] bytes = [.. Namespace, .. MemoryMarshal.AsBytes(name.AsSpan())];
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        SHA1.HashData(bytes, hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}

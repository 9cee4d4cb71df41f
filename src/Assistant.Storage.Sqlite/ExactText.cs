using System.Runtime.InteropServices;
using Assistant.Core.Text;

namespace Assistant.Storage.Sqlite;

/// <summary>
/// Strings in columns of any type, so that every string of UTF-16 code units comes back as it was. SQLite's text is UTF-8, which
/// has no form for a lone surrogate, and its interface ends text at a NUL: such strings are kept as the bytes of their code units.
/// </summary>
internal static class ExactText
{
    /// <summary>The value to store. A string always gives the same value, so equality in SQL is equality of strings.</summary>
    public static object ToValue(string? text) => text switch
    {
        null => DBNull.Value,
        _ when ExactStrings.IsPlain(text) => text,
        _ => MemoryMarshal.AsBytes(text.AsSpan()).ToArray(),
    };

    /// <summary>The string that a stored value stands for.</summary>
    public static string? FromValue(object value) => value switch
    {
        DBNull => null,
        string text => text,
        byte[] units => new string(MemoryMarshal.Cast<byte, char>(units)),
        _ => throw new InvalidDataException($"A text column holds a {value.GetType().Name}."),
    };
}

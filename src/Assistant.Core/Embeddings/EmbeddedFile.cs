namespace Assistant.Core.Embeddings;

/// <summary>Files that are part of the program.</summary>
internal static class EmbeddedFile
{
    /// <summary>The whole file.</summary>
    /// <exception cref="InvalidDataException">The program was built without it.</exception>
    public static byte[] Read(string name)
    {
        using var stream = typeof(EmbeddedFile).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidDataException($"The file {name} is missing from the program.");
        var content = GC.AllocateUninitializedArray<byte>(checked((int)stream.Length));
        stream.ReadExactly(content);
        return content;
    }

    /// <summary>All files whose names begin alike, in the order of their names.</summary>
    /// <exception cref="InvalidDataException">The program was built without any.</exception>
    public static IReadOnlyList<byte[]> ReadAll(string beginning)
    {
        var names = typeof(EmbeddedFile).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(beginning, StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        return names.Count > 0 ? [.. names.Select(Read)] : throw new InvalidDataException($"The files {beginning}… are missing from the program.");
    }
}

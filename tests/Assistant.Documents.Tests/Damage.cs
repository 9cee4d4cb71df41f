using FsCheck;
using FsCheck.Fluent;

namespace Assistant.Documents.Tests;

/// <summary>What happens to files: they are cut off, and bytes in them change.</summary>
internal static class Damage
{
    /// <summary>Files made of <paramref name="file"/> by cutting it off somewhere and changing up to eight bytes.</summary>
    public static Gen<byte[]> Of(byte[] file) =>
        from length in Gen.Frequency((1, Gen.Choose(0, file.Length)), (2, Gen.Constant(file.Length)))
        from changes in Gen.ListOf(
            from position in Gen.Choose(0, file.Length - 1)
            from value in Gen.Choose(0, 255)
            select (Position: position, Value: (byte)value))
        select Apply(file, length, changes);

    private static byte[] Apply(byte[] file, int length, IEnumerable<(int Position, byte Value)> changes)
    {
        var damaged = file[..length];
        foreach (var (position, value) in changes.Take(8))
        {
            if (position < length)
            {
                damaged[position] = value;
            }
        }

        return damaged;
    }
}

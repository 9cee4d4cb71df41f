using FsCheck;
using FsCheck.Fluent;

namespace Assistant.Documents.Tests;

/// <summary>Files as transfers, disks and attackers leave them.</summary>
internal static class DamagedFiles
{
    /// <summary>One of <paramref name="files"/>, cut off, with some bytes changed, or both.</summary>
    public static Arbitrary<byte[]> Of(params byte[][] files) => (
        from file in Gen.Elements(files)
        from cut in Gen.Frequency((2, Gen.Constant(file.Length)), (1, Gen.Choose(0, file.Length)))
        from changes in Gen.Choose(0, 20).SelectMany(count => Gen.Choose(0, Math.Max(0, cut - 1)).Zip(Gen.Choose(0, 255)).ArrayOf(count))
        select Damage(file, cut, changes)).ToArbitrary();

    private static byte[] Damage(byte[] file, int cut, (int Position, int Value)[] changes)
    {
        var damaged = file[..cut];
        foreach (var (position, value) in changes.Where(change => change.Position < damaged.Length))
        {
            damaged[position] = (byte)value;
        }

        return damaged;
    }
}

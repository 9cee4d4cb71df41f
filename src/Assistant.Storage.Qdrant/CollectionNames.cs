using System.Globalization;

namespace Assistant.Storage.Qdrant;

/// <summary>The collections of an index.</summary>
/// <param name="Alias">The alias of the current generation's passages.</param>
internal sealed record CollectionNames(string Alias)
{
    /// <summary>Documents and versions of all generations, failures and the lease.</summary>
    public string Records => Alias + "-documents";

    /// <summary>Whether a collection holds passages of a generation of this index, and which.</summary>
    public Generation? Parse(string collection)
    {
        if (!collection.StartsWith(Alias + "-", StringComparison.Ordinal))
        {
            return null;
        }

        var parts = collection[(Alias.Length + 1)..].Split('-');
        return parts.Length == 2
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var dimensions)
            ? new Generation(collection, number, dimensions)
            : null;
    }

    public Generation Of(long number, int dimensions) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{Alias}-{number}-{dimensions}"), number, dimensions);
}

/// <summary>One generation's passages.</summary>
/// <param name="Collection">Name of their collection.</param>
/// <param name="Number">Number of the generation; larger ones are newer.</param>
/// <param name="Dimensions">Length of their vectors; 0 while it is not known because there is no passage yet.</param>
internal sealed record Generation(string Collection, long Number, int Dimensions);

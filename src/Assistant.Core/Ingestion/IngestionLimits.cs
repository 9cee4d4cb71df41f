namespace Assistant.Core.Ingestion;

/// <summary>What bringing the index in step may do unasked.</summary>
public sealed record IngestionLimits
{
    /// <summary>So many documents may always be removed: a small corpus changes as a whole.</summary>
    public const int AlwaysRemovable = 5;

    /// <summary>
    /// The largest share of the index's documents that one run removes, from 0 to 1; a run that would remove more, and more than
    /// <see cref="AlwaysRemovable"/>, is refused: the folder was probably emptied or its disk is not mounted. Default 0.5.
    /// </summary>
    public double LargestRemovalShare { get; init; } = 0.5;

    /// <summary>How long reading one file may take; then it is given up. Default 10 seconds.</summary>
    public TimeSpan ReadingTime { get; init; } = TimeSpan.FromSeconds(10);

    internal bool Refuse(int removals, int documents) => removals > AlwaysRemovable && removals > LargestRemovalShare * documents;
}

/// <summary>What is asked of one run.</summary>
public sealed record ReconcileOptions
{
    /// <summary>Nothing out of the ordinary.</summary>
    public static ReconcileOptions Default { get; } = new();

    /// <summary>Whether any number of documents may be removed.</summary>
    public bool AllowRemovals { get; init; }

    /// <summary>Whether files that could not be read are tried again although they have not changed.</summary>
    public bool RetryFailed { get; init; }

    /// <summary>Whether every file is read to compare it, also those that by size and time are the same as in an earlier run of this process.</summary>
    public bool Recheck { get; init; }
}

/// <summary>So many files are gone that it looks like an accident. Nothing was removed; the message says how to remove them all the same.</summary>
/// <param name="folder">The corpus folder.</param>
/// <param name="removals">Number of documents whose file is gone.</param>
/// <param name="documents">Number of documents of the index.</param>
public sealed class RemovalsRefusedException(string folder, int removals, int documents) : Exception(
    $"{removals} of {documents} documents are no longer in the corpus folder '{folder}'; the index was left as it is. " +
    "Is a disk not mounted? If they are meant to go, run src/Assistant.Ingestion once with --allow-removals, or raise the setting Assistant:Ingestion:LargestRemovalShare.");

namespace Assistant.Hosting;

/// <summary>How the index is kept in step with the documents.</summary>
public sealed class IngestionOptions
{
    /// <summary>The longest time that may be set anywhere here, in seconds: a day.</summary>
    public const int LongestSeconds = 86_400;

    /// <summary>
    /// The largest share of the documents that an ingestion removes unasked, 0 to 1; up to five documents may always go.
    /// More are taken for an accident, such as a disk that is not mounted, and the ingestion is refused. Default 0.5; 1 refuses nothing.
    /// </summary>
    public double LargestRemovalShare { get; set; } = 0.5;

    /// <summary>How long reading one file may take, in seconds, above 0 to 86,400; then the file has failed. Default 10.</summary>
    public double ReadingSeconds { get; set; } = 10;

    /// <summary>While the folder is followed: how long it must have been quiet before a change is taken in, in seconds, 0 to 86,400. Default 0.15.</summary>
    public double QuietSeconds { get; set; } = 0.15;

    /// <summary>
    /// While the folder is followed: how often all of it is compared with the index, in seconds, above 0 to 86,400, because network
    /// folders and full buffers lose changes. Default 300.
    /// </summary>
    public double FullCheckSeconds { get; set; } = 300;

    /// <summary>How long to wait for another ingestion of the same index to end, in seconds, 0 to 86,400. Default 300.</summary>
    public double LeaseWaitSeconds { get; set; } = 300;

    /// <summary>
    /// How long the worker waits, when it runs once, for an index that cannot be reached, in seconds, 0 to 86,400. While it follows the
    /// folder it waits without end. Default 30.
    /// </summary>
    public double IndexWaitSeconds { get; set; } = 30;

    /// <summary>
    /// A file in which the worker notes how it is while it follows the folder, for its own <c>--health</c>; best on a disk in memory.
    /// Not set by default: nothing is noted.
    /// </summary>
    public string? HealthFile { get; set; }
}

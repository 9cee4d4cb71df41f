using System.Globalization;
using Assistant.Hosting;
using Assistant.Shell;
using Microsoft.Extensions.Logging;

namespace Assistant.Ingestion;

/// <summary>
/// Notes in a file until when a sign of life is due, and reads that note for <c>--health</c>: containers without a shell or a port are
/// asked that way. A worker that waits for an index that is away is alive; one that has said nothing for too long is not.
/// </summary>
internal sealed class WorkerHealth(IngestionOptions options, TimeProvider time, ILogger<WorkerHealth> logger)
{
    /// <summary>How late a sign of life may be.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    /// <summary>The longest that work may take between two documents: a large one is embedded elsewhere, or a large folder is hashed.</summary>
    private static readonly TimeSpan LongestWork = TimeSpan.FromMinutes(10);

    /// <summary>Notes of progress are not written more often than this.</summary>
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(5);

    private long lastWritten;
    private bool cannotWrite;

    /// <summary>Work goes on.</summary>
    public void Working()
    {
        if (lastWritten == 0 || time.GetElapsedTime(lastWritten) >= ProgressInterval)
        {
            Write(LongestWork, "at work");
        }
    }

    /// <summary>The work is done until something changes, but for <paramref name="atMost"/>.</summary>
    /// <param name="atMost">When the worker looks again at the latest.</param>
    /// <param name="trouble">Why the last run failed; null when it did not.</param>
    public void Resting(TimeSpan atMost, string? trouble)
    {
        Write((atMost > TimeSpan.Zero ? atMost : TimeSpan.Zero) + Grace, trouble is null ? "in step" : $"waiting: {SafeText.OneLine(trouble)}");
        // That work begins again is noted at once.
        lastWritten = 0;
    }

    /// <summary>Tells on standard output how the worker is.</summary>
    /// <returns>The exit code: 0 when a worker follows the folder and is alive, else 1.</returns>
    public int Tell(Terminal terminal)
    {
        if (options.HealthFile is not { } path)
        {
            terminal.WriteError("Set Assistant:Ingestion:HealthFile to the file in which the worker notes how it is, for this and for the worker.");
            return ExitCode.Failed;
        }

        var note = File.Exists(path) ? File.ReadAllLines(path) : [];
        if (note is not [var due, var state]
            || !DateTimeOffset.TryParse(due, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var until))
        {
            terminal.WriteError($"No worker has noted in {path} how it is.");
            return ExitCode.Failed;
        }

        terminal.Output.WriteLine(state);
        if (time.GetUtcNow() <= until)
        {
            return ExitCode.Done;
        }

        terminal.WriteError($"A sign of life was due at {until:u}.");
        return ExitCode.Failed;
    }

    private void Write(TimeSpan good, string state)
    {
        if (options.HealthFile is not { } path)
        {
            return;
        }

        lastWritten = time.GetTimestamp();
        try
        {
            // Beside, then in its place: who reads meanwhile sees the old note or the new one.
            var next = path + ".next";
            File.WriteAllLines(next, [(time.GetUtcNow() + good).ToString("O", CultureInfo.InvariantCulture), state]);
            File.Move(next, path, overwrite: true);
            cannotWrite = false;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            if (!cannotWrite)
            {
                cannotWrite = true;
                Log.CannotNoteHealth(logger, path, error.Message);
            }
        }
    }
}

using Assistant.Core.Ingestion;
using Assistant.Hosting;
using Assistant.Shell;
using Microsoft.Extensions.Hosting;

namespace Assistant.Ingestion;

/// <summary>Brings the index in step once, or follows the folder until the process is told to stop.</summary>
internal sealed class Worker(
    WorkerRequest request,
    IngestionRun run,
    FolderChanges changes,
    WorkerHealth health,
    IngestionOptions options,
    Terminal terminal,
    IHostApplicationLifetime lifetime,
    TimeProvider time) : BackgroundService
{
    /// <summary>Changes that do not end are taken in after this long all the same.</summary>
    private static readonly TimeSpan LongestUnrest = TimeSpan.FromSeconds(1);

    /// <summary>When a run fails (disk full, folder gone) the next one is tried after this long, or at the next change.</summary>
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(5);

    private readonly TimeSpan quiet = TimeSpan.FromSeconds(options.QuietSeconds);
    private readonly TimeSpan fullCheck = TimeSpan.FromSeconds(options.FullCheckSeconds);

    /// <summary>What went wrong last and is not right again; null when nothing is.</summary>
    private Exception? trouble;

    /// <summary>What to tell the shell.</summary>
    public int ExitCode { get; private set; } = Shell.ExitCode.Done;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A host is not up before this returns for the first time.
        await Task.Yield();
        try
        {
            if (request.Watch)
            {
                await FollowAsync(stoppingToken);
            }
            else
            {
                ExitCode = (await run.RunAsync(request.FirstRun, stoppingToken)).Failed.Count > 0 ? Shell.ExitCode.Failed : Shell.ExitCode.Done;
            }
        }
        catch (OperationCanceledException) when (request.Watch && stoppingToken.IsCancellationRequested)
        {
            // Told to stop: that is how following ends.
        }
        catch (Exception error)
        {
            ExitCode = Shell.ExitCode.Failed;
            Tell(error);
        }
        finally
        {
            lifetime.StopApplication();
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        var asked = request.FirstRun with { Recheck = true };
        var lastFullCheck = time.GetTimestamp();
        while (true)
        {
            if (asked.Recheck)
            {
                // Before the comparison, so that no change falls between the two.
                changes.Listen();
                lastFullCheck = time.GetTimestamp();
            }

            health.Working();
            var wait = RetryDelay;
            if (await TryRunAsync(asked, cancellationToken))
            {
                asked = ReconcileOptions.Default;
                wait = fullCheck - time.GetElapsedTime(lastFullCheck);
            }

            health.Resting(wait, trouble?.Message);
            await changes.Signal.WaitAsync(wait, quiet, LongestUnrest, cancellationToken);
            asked = asked with { Recheck = asked.Recheck || changes.IsLost || time.GetElapsedTime(lastFullCheck) >= fullCheck };
        }
    }

    private async Task<bool> TryRunAsync(ReconcileOptions asked, CancellationToken cancellationToken)
    {
        try
        {
            await run.RunAsync(asked, cancellationToken);
            if (trouble is IndexUnavailableException)
            {
                terminal.WriteError("The index can be reached again.");
            }

            trouble = null;
            return true;
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Told once, not every five seconds; that the index is away is one trouble, in whatever words its server or the network says so.
            if (trouble?.Message != error.Message && !(trouble is IndexUnavailableException && error is IndexUnavailableException))
            {
                Tell(error);
            }

            trouble = error;
            return false;
        }
    }

    private void Tell(Exception error)
    {
        foreach (var line in Failures.Describe(error))
        {
            terminal.WriteError(line);
        }
    }
}

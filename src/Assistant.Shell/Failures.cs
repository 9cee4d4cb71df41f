using System.Data.Common;
using Assistant.Core.Changes;
using Assistant.Core.Embeddings;
using Assistant.Core.Ingestion;
using Microsoft.Extensions.Options;

namespace Assistant.Shell;

/// <summary>Turns what goes wrong into a line that a person can act on.</summary>
public static class Failures
{
    /// <summary>Runs <paramref name="command"/>; a failure becomes a line on standard error and an exit code.</summary>
    public static async Task<int> ReportAsync(Func<Task<int>> command, Terminal terminal)
    {
        try
        {
            return await command();
        }
        catch (Exception exception)
        {
            foreach (var line in Describe(exception))
            {
                terminal.WriteError(line);
            }

            return ExitCode.Failed;
        }
    }

    /// <summary>What to tell a person about <paramref name="exception"/>.</summary>
    public static IEnumerable<string> Describe(Exception exception) => exception switch
    {
        OptionsValidationException wrong => wrong.Failures,
        OperationCanceledException => ["Cancelled."],
        InvalidDataException { InnerException: not null } or FormatException { InnerException: not null } =>
            [$"{exception.Message} {exception.InnerException.Message}"],
        NoSuchVersionException or EmbeddingUnavailableException or IndexUnusableException or IndexUnavailableException or IndexLeaseHeldException
            or RemovalsRefusedException or IOException or UnauthorizedAccessException =>
            [exception.Message],
        DbException => [$"The index could not be used: {exception.Message}"],
        _ => [$"Internal error ({exception.GetType().Name}): {exception.Message}"],
    };
}

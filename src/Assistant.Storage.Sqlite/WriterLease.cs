using System.Globalization;
using Assistant.Core.Ingestion;

namespace Assistant.Storage.Sqlite;

/// <summary>
/// The right to write to an index: an open file that nobody else may open, which the operating system gives free when
/// its process dies. Who holds it stands in a second file, because the first cannot be read meanwhile.
/// </summary>
internal sealed class WriterLease : IDisposable
{
    private readonly FileStream held;
    private readonly string ownerPath;

    private WriterLease(FileStream held, string ownerPath)
    {
        this.held = held;
        this.ownerPath = ownerPath;
    }

    /// <summary>Takes the lease of a database.</summary>
    /// <exception cref="IndexLeaseHeldException">Someone else holds it.</exception>
    public static WriterLease Take(string databasePath, TimeProvider time)
    {
        var lockPath = databasePath + ".lock";
        var ownerPath = lockPath + ".owner";
        FileStream held;
        try
        {
            held = new FileStream(lockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(lockPath))
        {
            throw new IndexLeaseHeldException(
                $"Another ingestion is writing to the index '{databasePath}': {ReadOwner(ownerPath)}. Try again when it has ended.");
        }

        try
        {
            var now = time.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            File.WriteAllText(ownerPath, $"process {Environment.ProcessId} on {Environment.MachineName} since {now} UTC");
            return new WriterLease(held, ownerPath);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Gives the lease back. The lock file stays: deleting it could take it from under the next one who waits for it.</summary>
    public void Dispose()
    {
        try
        {
            File.Delete(ownerPath);
        }
        catch (IOException)
        {
            // Somebody is reading it; the next owner overwrites it.
        }

        held.Dispose();
    }

    private static string ReadOwner(string ownerPath)
    {
        try
        {
            var owner = File.ReadAllText(ownerPath).Trim();
            return owner.Length > 0 ? owner : "it has just begun";
        }
        catch (IOException)
        {
            return "it has just begun";
        }
    }
}

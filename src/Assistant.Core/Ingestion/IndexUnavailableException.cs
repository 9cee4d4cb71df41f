namespace Assistant.Core.Ingestion;

/// <summary>
/// The index cannot be reached now: its server is down, does not answer in time, or refuses work for the moment. What was asked was
/// not done, or not wholly; the index itself is as whole as ever. Callers may try the same again.
/// </summary>
/// <param name="message">Which index cannot be reached and what to do, in a person's words. It is shown to people as it stands, so it holds no secret.</param>
/// <param name="retryAfter">How long the server asked to be left alone; null when it said nothing.</param>
/// <param name="innerException">What caused it.</param>
public sealed class IndexUnavailableException(string message, TimeSpan? retryAfter = null, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>How long the server asked to be left alone; null when it said nothing.</summary>
    public TimeSpan? RetryAfter => retryAfter;
}

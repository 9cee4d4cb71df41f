namespace Assistant.ChatHost.Problems;

/// <summary>A request that is not served as it is; the message goes to the client and names the fix.</summary>
internal sealed class RequestRefusedException(string message, int status = StatusCodes.Status400BadRequest) : Exception(message)
{
    /// <summary>The response's status.</summary>
    public int Status => status;

    /// <summary>Seconds after which the same request may succeed; null when never.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>The parameter at fault, for protocols that name it; else null.</summary>
    public string? Parameter { get; init; }

    /// <summary>The error's name in protocols that have one; else null.</summary>
    public string? Code { get; init; }
}

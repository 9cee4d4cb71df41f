namespace Assistant.Shell;

/// <summary>What the program tells the shell.</summary>
public static class ExitCode
{
    /// <summary>It was done, also when the documents do not answer the question.</summary>
    public const int Done = 0;

    /// <summary>It could not be done.</summary>
    public const int Failed = 1;

    /// <summary>The command line could not be understood.</summary>
    public const int WrongUsage = 2;
}

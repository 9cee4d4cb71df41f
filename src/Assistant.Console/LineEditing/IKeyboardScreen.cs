namespace Assistant.Console.LineEditing;

/// <summary>Keys in, characters and escape sequences out.</summary>
internal interface IKeyboardScreen
{
    /// <summary>Cells of a row.</summary>
    int Width { get; }

    /// <summary>The next key; waits for it. Ctrl+C comes as a key.</summary>
    ConsoleKeyInfo ReadKey();

    /// <summary>Writes as it stands.</summary>
    void Write(string text);
}

/// <summary>The terminal of this process.</summary>
internal sealed class SystemKeyboardScreen : IKeyboardScreen
{
    /// <inheritdoc/>
    public int Width => Math.Max(1, System.Console.BufferWidth);

    /// <inheritdoc/>
    public ConsoleKeyInfo ReadKey()
    {
        System.Console.TreatControlCAsInput = true;
        try
        {
            return System.Console.ReadKey(intercept: true);
        }
        finally
        {
            System.Console.TreatControlCAsInput = false;
        }
    }

    /// <inheritdoc/>
    public void Write(string text) => System.Console.Write(text);
}

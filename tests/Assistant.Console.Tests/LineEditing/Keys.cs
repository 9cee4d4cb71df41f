namespace Assistant.Console.Tests.LineEditing;

/// <summary>Keys as .NET reports them.</summary>
internal static class Keys
{
    public static ConsoleKeyInfo Enter { get; } = Of(ConsoleKey.Enter, '\r');

    public static IEnumerable<ConsoleKeyInfo> Typed(string text) => text.Select(character => Of(ConsoleKey.None, character));

    public static ConsoleKeyInfo Of(ConsoleKey key, char character = '\0') => new(character, key, false, false, false);

    public static ConsoleKeyInfo Control(ConsoleKey key) =>
        new(key is >= ConsoleKey.A and <= ConsoleKey.Z ? (char)(key - ConsoleKey.A + 1) : '\0', key, false, false, control: true);
}

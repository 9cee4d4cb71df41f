using Spectre.Console;

namespace Assistant.Console.Rendering;

/// <summary>The few styles there are. Colours of the sixteen that terminals let people choose, so that light and dark both work.</summary>
internal static class Palette
{
    /// <summary>Widest line of text that reads well, in cells.</summary>
    public const int ReadableWidth = 100;

    /// <summary>Running text.</summary>
    public static Style Text { get; } = Style.Plain;

    /// <summary>What a reader looks for first: titles, commands.</summary>
    public static Style Strong { get; } = new(decoration: Decoration.Bold);

    /// <summary>Markers of citations.</summary>
    public static Style Marker { get; } = new(Color.Teal, decoration: Decoration.Bold);

    /// <summary>Where something stands, and what was said already.</summary>
    public static Style Muted { get; } = new(Color.Grey);

    /// <summary>What needs attention.</summary>
    public static Style Warning { get; } = new(Color.Olive);

    /// <summary>Words that are new.</summary>
    public static Style Added { get; } = new(Color.Green);

    /// <summary>Words that are gone.</summary>
    public static Style Removed { get; } = new(Color.Maroon, decoration: Decoration.Strikethrough);

    /// <summary>A quote inside its paragraph.</summary>
    public static Style Highlight { get; } = new(Color.Black, Color.Yellow);
}

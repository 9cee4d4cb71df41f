using System.Text;
using Spectre.Console;

namespace Assistant.Console.Tests.Rendering;

/// <summary>A screen that can be read afterwards.</summary>
internal sealed class Paper
{
    private readonly StringBuilder written = new();

    public Paper(int width, bool colours = false)
    {
        Screen = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(new StringWriter(written)),
            Ansi = colours ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = colours ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        Screen.Profile.Width = width;
    }

    public IAnsiConsole Screen { get; }

    public string Text => written.ToString().ReplaceLineEndings("\n");

    public string[] Lines => Text.Split('\n');
}

using System.Text;
using Spectre.Console;

namespace Assistant.Shell;

/// <summary>The program's three streams: UTF-8, and free of colours where no person looks at them.</summary>
/// <param name="input">Standard input.</param>
/// <param name="output">Standard output.</param>
/// <param name="error">Standard error.</param>
public sealed class Terminal(TextReader input, TextWriter output, TextWriter error)
{
    /// <summary>Width of lines in a file or pipe.</summary>
    private const int WidthOfRedirected = 100;

    private readonly Lazy<IAnsiConsole> screen = new(() => Create(output, System.Console.IsOutputRedirected || output != System.Console.Out));
    private readonly Lazy<IAnsiConsole> errorScreen = new(() => Create(error, System.Console.IsErrorRedirected || error != System.Console.Error));

    /// <summary>Standard input.</summary>
    public TextReader Input => input;

    /// <summary>Standard output for text that is not to be styled or wrapped.</summary>
    public TextWriter Output => output;

    /// <summary>Standard error for single lines.</summary>
    public TextWriter Error => error;

    /// <summary>Standard output for what people read. Made when first used: a command that prints JSON does without.</summary>
    public IAnsiConsole Screen => screen.Value;

    /// <summary>Standard error for progress.</summary>
    public IAnsiConsole ErrorScreen => errorScreen.Value;

    /// <summary>Whether a person sits at both ends, so that waiting for keys makes sense.</summary>
    public static bool IsInteractive => !System.Console.IsInputRedirected && !System.Console.IsOutputRedirected;

    /// <summary>Whether standard error is seen by a person as it is written.</summary>
    public static bool ErrorIsSeen => !System.Console.IsErrorRedirected;

    /// <summary>The streams of this process.</summary>
    public static Terminal Open()
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        System.Console.OutputEncoding = utf8;
        return new Terminal(
            System.Console.IsInputRedirected ? new StreamReader(System.Console.OpenStandardInput(), utf8) : System.Console.In,
            System.Console.Out,
            System.Console.Error);
    }

    /// <summary>Writes one line on standard error, whatever <paramref name="message"/> holds.</summary>
    public void WriteError(string message) => error.WriteLine(SafeText.OneLine(message));

    private static IAnsiConsole Create(TextWriter writer, bool isRedirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isRedirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = isRedirected ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (isRedirected)
        {
            console.Profile.Width = WidthOfRedirected;
        }

        return console;
    }
}

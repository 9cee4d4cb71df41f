using Assistant.Console.Chat;
using Assistant.Console.LineEditing;
using Assistant.Console.Rendering;
using Assistant.Core.Answering;
using Assistant.Core.Documents;
using Assistant.Core.Retrieval;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Assistant.Console.Commands;

/// <summary>The program without arguments: a chat.</summary>
internal static class ChatCommand
{
    /// <summary>Chats until the person leaves or the input ends.</summary>
    public static async Task<int> RunAsync(IReadOnlyDictionary<string, string?> settings, Terminal terminal)
    {
        using var interrupt = new Interrupt();
        using var host = ConsoleServices.Build(settings, terminal);
        var cancellationToken = interrupt.NextWork();
        await host.Services.GetRequiredService<IndexUpdate>().RunAsync(Stale.Accepted, cancellationToken);

        var screen = terminal.Screen;
        ILineSource lines = new PipedLines(terminal.Input, terminal.Output);
        if (Terminal.IsInteractive)
        {
            WriteHeader(screen, await host.Services.GetRequiredService<IPassageIndex>().GetStateAsync(cancellationToken));
            lines = screen.Profile.Capabilities.Ansi
                ? new TypedLines(new LineEditor(new SystemKeyboardScreen(), new LineHistory()), hint => WriteHint(screen, hint))
                : new PlainLines(terminal.Input, terminal.Output);
        }

        var conversation = new Conversation();
        var commands = new ChatCommands(host.Services.GetRequiredService<IDocumentStore>(), conversation, screen);
        var session = new ChatSession(
            host.Services.GetRequiredService<QuestionService>().AskAsync,
            commands, conversation, screen, terminal.WriteError, interrupt.NextWork);
        return await session.RunAsync(lines);
    }

    private static void WriteHeader(IAnsiConsole screen, IndexState state)
    {
        screen.WriteLine();
        screen.Write(new HangingText()
            .Add("Assistant", Palette.Strong)
            .Add($"  {Counted.Of(state.Documents, "document")}, {Counted.Of(state.Passages, "passage")}. Ask a question, or ", Palette.Muted)
            .Add("/help", Palette.Strong)
            .Add(".", Palette.Muted));
        screen.WriteLine();
    }

    private static void WriteHint(IAnsiConsole screen, string hint) => screen.Write(new HangingText().Add(hint, Palette.Muted));
}

using System.Globalization;
using Assistant.Console.Rendering;
using Assistant.Core.Answering;
using Assistant.Core.Documents;
using Spectre.Console;

namespace Assistant.Console.Chat;

/// <summary>Whether the chat goes on after a command.</summary>
internal enum ChatCommandResult
{
    /// <summary>It goes on.</summary>
    Stay,

    /// <summary>It ends.</summary>
    Leave,
}

/// <summary>The commands of the chat: lines that begin with a slash.</summary>
internal sealed class ChatCommands(IDocumentStore documents, Conversation conversation, IAnsiConsole screen)
{
    private static readonly (string Name, string What)[] Help =
    [
        ("/sources", "the sources of the last answer, quoted in full"),
        ("/open N", "source N inside its paragraph"),
        ("/documents", "the documents that are answered from"),
        ("/new", "begin a new conversation"),
        ("/help", "this list"),
        ("/quit", "leave (also /exit, Ctrl+D)"),
    ];

    /// <summary>Obeys <paramref name="line"/>.</summary>
    public async Task<ChatCommandResult> RunAsync(string line, CancellationToken cancellationToken)
    {
        var words = line.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries);
        switch (words[0].ToLowerInvariant())
        {
            case "/sources":
                ShowSources();
                break;
            case "/open":
                await OpenAsync(words.Length > 1 ? words[1] : "", cancellationToken);
                break;
            case "/documents":
                DocumentList.Write(screen, await documents.ListAsync(cancellationToken));
                break;
            case "/new":
                conversation.Forget();
                Say("A new conversation.");
                break;
            case "/help":
                ShowHelp();
                break;
            case "/quit" or "/exit":
                return ChatCommandResult.Leave;
            default:
                Say($"There is no command {words[0]}; /help lists them.");
                break;
        }

        return ChatCommandResult.Stay;
    }

    private void ShowSources()
    {
        if (conversation.LastAnswer is not Answer answer || Sources(answer).Count == 0)
        {
            Say("There are no sources to show yet: ask a question first.");
            return;
        }

        AnswerView.WriteSources(screen, answer);
    }

    private async Task OpenAsync(string which, CancellationToken cancellationToken)
    {
        var sources = conversation.LastAnswer is Answer answer ? Sources(answer) : [];
        if (sources.Count == 0)
        {
            Say("There is no source to open yet: ask a question first.");
        }
        else if (!int.TryParse(which.Trim('[', ']', ' ', '.'), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number < 1 || number > sources.Count)
        {
            Say(sources.Count == 1 ? "The last answer has one source: /open 1" : $"The last answer has sources 1 to {sources.Count}: /open 1");
        }
        else if (await documents.GetAsync(sources[number - 1].DocumentId, sources[number - 1].Version, cancellationToken) is DocumentVersion version)
        {
            QuoteView.Write(screen, $"[{number}] ", sources[number - 1], version);
        }
        else
        {
            Say($"The index no longer holds {sources[number - 1].Position}.");
        }
    }

    private static List<SourceLocation> Sources(Answer answer) =>
        [.. answer.Citations.Select(SourceLocation.Of), .. answer.Related.Select(SourceLocation.Of)];

    private void ShowHelp()
    {
        Say("Type a question, or one of these:");
        foreach (var (name, what) in Help)
        {
            screen.Write(new HangingText($"  {name,-12}", Palette.Strong).Add(what));
        }
    }

    private void Say(string message) => screen.Write(new HangingText().Add(message));
}

using Assistant.Console.Rendering;
using Assistant.Core.Answering;
using Spectre.Console;

namespace Assistant.Console.Chat;

/// <summary>Reads lines, answers questions, obeys commands, until the lines end or someone leaves.</summary>
internal sealed class ChatSession(
    Func<Question, CancellationToken, IAsyncEnumerable<AnswerEvent>> ask,
    ChatCommands commands,
    Conversation conversation,
    IAnsiConsole screen,
    Action<string> writeError,
    Func<CancellationToken> nextWork)
{
    /// <summary>Chats.</summary>
    /// <returns><see cref="ExitCode.Failed"/> when a question could not be answered for an error.</returns>
    public async Task<int> RunAsync(ILineSource lines)
    {
        var exitCode = ExitCode.Done;
        while (lines.ReadLine() is string line)
        {
            var text = line.Trim();
            if (text.Length == 0)
            {
                continue;
            }

            screen.WriteLine();
            var end = false;
            try
            {
                end = await HandleAsync(text, nextWork());
            }
            catch (OperationCanceledException)
            {
                writeError("Cancelled.");
            }
            catch (Exception exception)
            {
                // One question that fails is no reason to lose a conversation.
                exitCode = ExitCode.Failed;
                foreach (var message in Failures.Describe(exception))
                {
                    writeError(message);
                }
            }

            if (end)
            {
                break;
            }

            screen.WriteLine();
        }

        return exitCode;
    }

    private async Task<bool> HandleAsync(string text, CancellationToken cancellationToken)
    {
        if (text.StartsWith('/'))
        {
            return await commands.RunAsync(text, cancellationToken) == ChatCommandResult.Leave;
        }

        var question = conversation.Ask(text);
        conversation.Remember(text, await LiveAnswer.ShowAsync(screen, text, ask(question, cancellationToken), cancellationToken));
        return false;
    }
}

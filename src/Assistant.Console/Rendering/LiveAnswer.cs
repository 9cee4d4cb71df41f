using System.Text.RegularExpressions;
using Assistant.Core.Answering;
using Spectre.Console;

namespace Assistant.Console.Rendering;

/// <summary>Shows an answer: to a person as it is written, to a file or pipe when it is whole.</summary>
internal static partial class LiveAnswer
{
    /// <summary>Shows the answer that <paramref name="steps"/> lead to.</summary>
    /// <param name="screen">The screen.</param>
    /// <param name="asked">The question as asked.</param>
    /// <param name="steps">What happens while the question is answered.</param>
    /// <param name="cancellationToken">Cancels the question.</param>
    public static async Task<Answer> ShowAsync(
        IAnsiConsole screen, string asked, IAsyncEnumerable<AnswerEvent> steps, CancellationToken cancellationToken)
    {
        await using var events = steps.GetAsyncEnumerator(cancellationToken);
        var understood = "";
        var first = screen.Profile.Capabilities.Interactive
            ? await screen.Status().SpinnerStyle(Palette.Marker).StartAsync("Searching…", status => FirstTextAsync(status))
            : await FirstTextAsync(null);
        if (understood.Length > 0)
        {
            screen.Write(new HangingText().Add($"Understood as: {SafeText.OneLine(understood)}", Palette.Muted));
        }

        return screen.Profile.Capabilities.Interactive ? await WriteAsync(screen, first, events) : await ReadAsync(screen, first, events);

        async Task<AnswerEvent> FirstTextAsync(StatusContext? status)
        {
            while (await events.MoveNextAsync())
            {
                switch (events.Current)
                {
                    // A question by the rules ends with what was asked; one that a model made says it in other words.
                    case Searching searching when !searching.Question.EndsWith(asked.Trim(), StringComparison.Ordinal):
                        understood = searching.Question;
                        break;
                    case EvidenceFound when status is not null:
                        status.Status = "Reading…";
                        break;
                    case AnswerDelta or AnswerCompleted or AnswerFailed:
                        return events.Current;
                }
            }

            throw new InvalidOperationException("The question came to no end.");
        }
    }

    /// <summary>Sentence by sentence, then what belongs to the whole.</summary>
    private static async Task<Answer> WriteAsync(IAnsiConsole screen, AnswerEvent first, IAsyncEnumerator<AnswerEvent> events)
    {
        var text = new FlowingText(screen);
        try
        {
            for (var step = first; ; step = events.Current)
            {
                switch (step)
                {
                    case AnswerDelta delta:
                        var markers = Markers().Match(delta.Text);
                        text.Write(delta.Text[..markers.Index], Palette.Text);
                        text.Write(markers.Value, Palette.Marker);
                        break;
                    case AnswerCompleted completed:
                        text.End();
                        AnswerView.WriteBelow(screen, completed.Answer);
                        return completed.Answer;
                    case AnswerFailed failed:
                        throw new InvalidOperationException(failed.Error);
                }

                if (!await events.MoveNextAsync())
                {
                    throw new InvalidOperationException("The question came to no end.");
                }
            }
        }
        finally
        {
            text.End();
        }
    }

    private static async Task<Answer> ReadAsync(IAnsiConsole screen, AnswerEvent first, IAsyncEnumerator<AnswerEvent> events)
    {
        for (var step = first; ; step = events.Current)
        {
            switch (step)
            {
                case AnswerCompleted completed:
                    AnswerView.Write(screen, completed.Answer);
                    return completed.Answer;
                case AnswerFailed failed:
                    throw new InvalidOperationException(failed.Error);
            }

            if (!await events.MoveNextAsync())
            {
                throw new InvalidOperationException("The question came to no end.");
            }
        }
    }

    [GeneratedRegex(@"(?: \[[0-9]+\])*$", RegexOptions.CultureInvariant)]
    private static partial Regex Markers();
}

using System.CommandLine;
using System.Text.Json;
using Assistant.Console.Rendering;
using Assistant.Core;
using Assistant.Core.Answering;
using Microsoft.Extensions.DependencyInjection;

namespace Assistant.Console.Commands;

/// <summary><c>ask "QUESTION" [--json]</c></summary>
internal static class AskCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Option<bool> json, SettingOptions settings, Terminal terminal)
    {
        var question = new Argument<string>("QUESTION") { Description = "The question, in quotes." };
        question.Validators.Add(result =>
        {
            var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
            if (string.IsNullOrWhiteSpace(text))
            {
                result.AddError("The question is blank.");
            }
            else if (text.StartsWith("--", StringComparison.Ordinal))
            {
                result.AddError($"There is no option '{text}'.");
            }
        });
        var command = new Command("ask", "Answer one question.") { question, json };
        command.SetAction(parse => RunAsync(
            new Question(parse.GetRequiredValue(question)), parse.GetValue(json), settings.Read(parse), terminal));
        return command;
    }

    private static async Task<int> RunAsync(
        Question question, bool json, IReadOnlyDictionary<string, string?> settings, Terminal terminal)
    {
        using var interrupt = new Interrupt();
        using var host = ConsoleServices.Build(settings, terminal);
        var cancellationToken = interrupt.NextWork();
        await host.Services.GetRequiredService<IndexUpdate>().RunAsync(Stale.Accepted, cancellationToken);
        var questions = host.Services.GetRequiredService<QuestionService>();
        if (json)
        {
            var answer = await questions.AnswerAsync(question, cancellationToken);
            terminal.Output.WriteLine(JsonSerializer.Serialize(answer, AssistantJson.Readable.Answer));
        }
        else
        {
            await LiveAnswer.ShowAsync(terminal.Screen, question.Text, questions.AskAsync(question, cancellationToken), cancellationToken);
        }

        return ExitCode.Done;
    }
}

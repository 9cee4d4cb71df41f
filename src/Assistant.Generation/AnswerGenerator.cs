using Assistant.Core.Generation;
using Microsoft.SemanticKernel;

namespace Assistant.Generation;

/// <summary>Writes answers from numbered sentences.</summary>
internal sealed class AnswerGenerator(ChatClient client, ChatModelSettings settings) : IAnswerGenerator
{
    /// <summary>Tokens of the prompt without evidence and question, and of the marks around its messages.</summary>
    private const int Instructions = 500;

    private const string Repair =
        "\n\nYour first answer could not be used: its sentences had no ids behind them, or said what the sentences with those ids do not say. "
        + "Answer again. Copy the wording of the sentences, and put their ids behind each of yours.";

    private readonly KernelFunction prompt = PromptLibrary.Load("Answer");
    private readonly TokenBudget tokens = new(settings.Model);

    public IAsyncEnumerable<string> WriteAsync(WritingTask task, CancellationToken cancellationToken)
    {
        var question = PromptText.Clean(task.Question);
        var room = settings.ContextTokens - settings.MaxAnswerTokens - Instructions - tokens.Count(question);
        var arguments = new KernelArguments
        {
            ["question"] = question,
            ["evidence"] = PromptText.Clean(EvidencePrompt.Write(task, tokens, room)),
            ["mark"] = task.Mark,
            ["unknown"] = WritingTask.NotInDocuments,
            ["repair"] = task.IsRepair ? Repair : "",
        };
        return client.StreamAsync(prompt, arguments, settings.MaxAnswerTokens, cancellationToken);
    }
}

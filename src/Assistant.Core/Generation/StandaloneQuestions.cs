using Assistant.Core.Answering;
using Assistant.Core.Retrieval;
using Assistant.Core.Text;

namespace Assistant.Core.Generation;

/// <summary>Makes follow-up questions stand alone by a model, and by rules where that fails, takes too long or strays from what was said.</summary>
internal static class StandaloneQuestions
{
    /// <summary>A longer question was not rewritten but answered.</summary>
    private const int LongestQuestion = 400;

    /// <summary>Share of the words of a rewritten question that the conversation must hold: a rewriter adds nothing of its own.</summary>
    private const double FromConversation = 0.75;

    /// <param name="question">The question with its history.</param>
    /// <param name="model">The model.</param>
    /// <param name="time">Clock.</param>
    /// <param name="budget">Is cancelled when the model's time for this question is over.</param>
    /// <param name="cancellationToken">Cancels the question.</param>
    public static async Task<StandaloneQuestion> ResolveAsync(
        Question question, LanguageModel model, TimeProvider time, CancellationToken budget, CancellationToken cancellationToken)
    {
        var byRules = ConversationContext.Resolve(question);
        if (!question.History.Any(turn => turn.Role == ConversationTurn.User))
        {
            return byRules;
        }

        using var tooLong = new CancellationTokenSource(model.Limits.Rewriting, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, budget, tooLong.Token);
        try
        {
            var rewritten = ModelText.OneLine(await model.Rewriter.RewriteAsync(question, stop.Token)).Trim('"', '“', '”', ' ');
            return IsFaithful(rewritten, question) ? byRules with { Text = rewritten, Context = null } : byRules;
        }
        catch (LanguageModelException)
        {
            return byRules;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return byRules;
        }
    }

    private static bool IsFaithful(string rewritten, Question question)
    {
        if (string.IsNullOrWhiteSpace(rewritten) || rewritten.Length > Math.Max(LongestQuestion, 2 * question.Text.Length))
        {
            return false;
        }

        var language = LanguageDetector.Detect(question.Text);
        var said = question.History.Select(turn => turn.Content).Append(question.Text)
            .SelectMany(text => TextAnalyzer.Terms(text, language)).ToHashSet(StringComparer.Ordinal);
        var terms = TextAnalyzer.Terms(rewritten, language).Distinct().ToList();
        return terms.Count > 0 && terms.Count(said.Contains) >= FromConversation * terms.Count;
    }
}

using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using Assistant.Core.Generation;
using Assistant.Core.Retrieval;

namespace Assistant.Core.Answering;

/// <summary>
/// Answers questions: finds the evidence, makes an answer of it and verifies every citation. With a language model, that writes the
/// answer; where it fails, the documents are quoted as they are without one. Thread-safe.
/// </summary>
public sealed class QuestionService(Retriever retriever, CitationVerifier verifier, TimeProvider time, LanguageModel? model = null)
{
    /// <summary>Nearest passages shown when there is no answer.</summary>
    private const int MostRelated = 3;

    private const string MadeWithoutModel = "The answer was made without it.";

    /// <summary>The answer to a question.</summary>
    /// <exception cref="ArgumentException">The question is blank.</exception>
    public async Task<Answer> AnswerAsync(Question question, CancellationToken cancellationToken)
    {
        await foreach (var step in AskAsync(question, cancellationToken))
        {
            if (step is AnswerCompleted completed)
            {
                return completed.Answer;
            }
        }

        throw new UnreachableException("Every question ends with an answer or an exception.");
    }

    /// <summary>What happens while the question is answered, as it happens.</summary>
    /// <exception cref="ArgumentException">The question is blank.</exception>
    public async IAsyncEnumerable<AnswerEvent> AskAsync(
        Question question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(question.Text);
        var started = time.GetTimestamp();
        using var budget = model is null ? null : new CancellationTokenSource(model.Limits.Total, time);
        var standalone = model is null || budget is null
            ? ConversationContext.Resolve(question)
            : await StandaloneQuestions.ResolveAsync(question, model, time, budget.Token, cancellationToken);
        yield return new Searching(standalone.Display);

        var evidence = await retriever.RetrieveAsync(standalone, question.DocumentIds, cancellationToken);
        yield return new EvidenceFound(evidence);

        var text = new AnswerText(verifier);
        var written = model is null || evidence.Passages.Count == 0 ? null : new GeneratedAnswer(model, evidence, time);
        if (written is not null && budget is not null)
        {
            await foreach (var statement in written.WriteAsync(budget.Token, cancellationToken))
            {
                if (await text.AddAsync(statement, cancellationToken) is { } delta)
                {
                    yield return new AnswerDelta(delta);
                }
            }
        }

        var isWritten = written is not null && (text.Citations.Count > 0 || written.End == GenerationEnd.Abstained);
        var missing = isWritten ? GeneratedCoverage.Missing(evidence, text.Citations) : [];
        if (!isWritten)
        {
            var draft = ExtractiveAnswerer.Answer(evidence);
            missing = draft.Missing;
            foreach (var statement in draft.Statements)
            {
                if (await text.AddAsync(statement, cancellationToken) is { } delta)
                {
                    yield return new AnswerDelta(delta);
                }
            }
        }

        var outcome = evidence.PassageCount == 0 ? Outcome.NoDocuments
            : text.Citations.Count == 0 ? Outcome.NotInDocuments
            : missing.Count > 0 ? Outcome.PartlyAnswered
            : Outcome.Answered;
        if (text.Citations.Count == 0)
        {
            yield return new AnswerDelta(text.Say(outcome == Outcome.NoDocuments
                ? "There are no documents to answer from."
                : "The documents do not answer this question."));
        }

        yield return new AnswerCompleted(new Answer
        {
            Outcome = outcome,
            Text = text.ToString(),
            Citations = text.Citations,
            Missing = missing,
            Related = outcome == Outcome.NotInDocuments ? await RelatedAsync(evidence, cancellationToken) : [],
            Question = standalone.Display,
            AnsweredBy = isWritten && model is not null ? model.Name : ExtractiveAnswerer.Name,
            WithheldSentences = written?.Withheld,
            Notice = Both(evidence.Notice, written is null ? null : NoticeOf(written, isWritten)),
            Suggestions = SuggestedQuestions.Near(evidence, Asked(question), text.Citations, written?.Suggestions ?? []),
            ElapsedMilliseconds = Math.Round(time.GetElapsedTime(started).TotalMilliseconds, 1),
        });
    }

    private static string? Both(string? one, string? other) => one is null || other is null ? one ?? other : $"{one} {other}";

    private static string? NoticeOf(GeneratedAnswer written, bool isWritten) => written.End switch
    {
        GenerationEnd.Failed when isWritten => $"{written.Problem} The answer may be incomplete.",
        GenerationEnd.Failed => $"{written.Problem} {MadeWithoutModel}",
        _ when !isWritten && written.Withheld == 0 => $"The language model gave no answer. {MadeWithoutModel}",
        _ when !isWritten => $"The documents do not prove what the language model wrote. {MadeWithoutModel}",
        _ => null,
    };

    private static IEnumerable<string> Asked(Question question) =>
        question.History.Where(turn => turn.Role == ConversationTurn.User).Select(turn => turn.Content).Append(question.Text);

    private async Task<IReadOnlyList<RelatedPassage>> RelatedAsync(Evidence evidence, CancellationToken cancellationToken)
    {
        var related = new List<RelatedPassage>();
        foreach (var (passage, _) in evidence.Passages.Take(MostRelated))
        {
            var source = new SourceRange(passage.DocumentId, passage.Version, passage.Span);
            if (await verifier.CiteAsync(source, 1, cancellationToken) is { } citation)
            {
                related.Add(new RelatedPassage(
                    citation.DocumentId, citation.Version, citation.Title, citation.Headings, citation.Quote, citation.Start, citation.End));
            }
        }

        return related;
    }

    /// <summary>The text of an answer as it grows, with its citations.</summary>
    private sealed class AnswerText(CitationVerifier verifier)
    {
        private readonly StringBuilder text = new();
        private readonly List<Citation> citations = [];

        public List<Citation> Citations => citations;

        /// <summary>Adds a statement with its markers; what was added, or null when nothing in the store proves it.</summary>
        public async Task<string?> AddAsync(AnswerStatement statement, CancellationToken cancellationToken)
        {
            if (await ProveAsync(statement, cancellationToken) is not { } proven)
            {
                return null;
            }

            var delta = text.Length == 0 ? proven : " " + proven;
            text.Append(delta);
            return delta;
        }

        /// <summary>The text of an answer that has no citation.</summary>
        public string Say(string sentence)
        {
            text.Append(sentence);
            return sentence;
        }

        public override string ToString() => text.ToString();

        private async Task<string?> ProveAsync(AnswerStatement statement, CancellationToken cancellationToken)
        {
            var proven = new StringBuilder(statement.Text);
            var before = proven.Length;
            foreach (var source in statement.Sources)
            {
                var known = citations.Find(citation =>
                    citation.DocumentId == source.DocumentId && citation.Version == source.Version && citation.Span == source.Span);
                var citation = known ?? await verifier.CiteAsync(source, citations.Count + 1, cancellationToken);
                if (citation is not null)
                {
                    proven.Append(" [").Append(citation.Number).Append(']');
                    if (known is null)
                    {
                        citations.Add(citation);
                    }
                }
            }

            return proven.Length > before ? proven.ToString() : null;
        }
    }
}

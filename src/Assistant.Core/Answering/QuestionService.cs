using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using Assistant.Core.Retrieval;

namespace Assistant.Core.Answering;

/// <summary>Answers questions: finds the evidence, makes an answer of it and verifies every citation. Thread-safe.</summary>
public sealed class QuestionService(Retriever retriever, CitationVerifier verifier, TimeProvider time)
{
    /// <summary>Nearest passages shown when there is no answer.</summary>
    private const int MostRelated = 3;

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
        var standalone = ConversationContext.Resolve(question);
        yield return new Searching(standalone.Display);

        var evidence = await retriever.RetrieveAsync(standalone, question.DocumentIds, cancellationToken);
        yield return new EvidenceFound(evidence);

        var draft = ExtractiveAnswerer.Answer(evidence);
        var text = new StringBuilder();
        var citations = new List<Citation>();
        foreach (var statement in draft.Statements)
        {
            if (await ProveAsync(statement, citations, cancellationToken) is { } proven)
            {
                var delta = text.Length == 0 ? proven : " " + proven;
                text.Append(delta);
                yield return new AnswerDelta(delta);
            }
        }

        var outcome = evidence.PassageCount == 0 ? Outcome.NoDocuments
            : citations.Count == 0 ? Outcome.NotInDocuments
            : draft.Missing.Count > 0 ? Outcome.PartlyAnswered
            : Outcome.Answered;
        if (citations.Count == 0)
        {
            text.Append(outcome == Outcome.NoDocuments
                ? "There are no documents to answer from."
                : "The documents do not answer this question.");
            yield return new AnswerDelta(text.ToString());
        }

        yield return new AnswerCompleted(new Answer
        {
            Outcome = outcome,
            Text = text.ToString(),
            Citations = citations,
            Missing = draft.Missing,
            Related = outcome == Outcome.NotInDocuments ? await RelatedAsync(evidence, cancellationToken) : [],
            Question = standalone.Display,
            AnsweredBy = ExtractiveAnswerer.Name,
            ElapsedMilliseconds = Math.Round(time.GetElapsedTime(started).TotalMilliseconds, 1),
        });
    }

    /// <summary>The statement with its markers; null when nothing in the store proves it.</summary>
    private async Task<string?> ProveAsync(AnswerStatement statement, List<Citation> citations, CancellationToken cancellationToken)
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
}

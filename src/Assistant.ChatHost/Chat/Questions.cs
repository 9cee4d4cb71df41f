using System.Diagnostics;
using System.Runtime.CompilerServices;
using Assistant.ChatHost.Indexing;
using Assistant.ChatHost.Problems;
using Assistant.ChatHost.Protection;
using Assistant.Core.Answering;
using Assistant.Core.Diagnostics;
using Assistant.Core.Documents;
using Assistant.Core.Ingestion;
using Microsoft.Extensions.Options;

namespace Assistant.ChatHost.Chat;

/// <summary>The one way to an answer for every protocol that the host speaks.</summary>
internal sealed class Questions(
    QuestionService service,
    IDocumentStore documents,
    IndexKeeper index,
    IOptions<HttpOptions> options,
    TimeProvider time,
    ILogger<Questions> logger)
{
    /// <summary>The question of a request, once the index can answer it.</summary>
    /// <exception cref="RequestRefusedException">It cannot be asked like that, or not yet.</exception>
    public async Task<Question> CheckAsync(ChatRequest request, CancellationToken cancellationToken)
    {
        RequestCheck.Check(request, options.Value);
        index.EnsureReady();
        return new Question(request.Question)
        {
            History = request.History ?? [],
            DocumentIds = await KnownAsync(request.DocumentIds, cancellationToken),
        };
    }

    /// <summary>The answer.</summary>
    public async Task<Answer> AnswerAsync(Question question, CancellationToken cancellationToken)
    {
        await foreach (var step in service.AskAsync(question, cancellationToken).Observe(time, cancellationToken))
        {
            switch (step)
            {
                case AnswerCompleted completed:
                    return completed.Answer;
                case AnswerFailed failed:
                    throw new RequestRefusedException(failed.Error, StatusCodes.Status502BadGateway);
            }
        }

        throw new UnreachableException("Every question ends with an answer or an exception.");
    }

    /// <summary>
    /// What happens while the question is answered; a failure is the last event, not an exception. It comes once there is something
    /// to tell, so that an index that cannot be reached is an exception still: a response that has begun cannot say so by its status.
    /// </summary>
    /// <exception cref="IndexUnavailableException">The index cannot be reached now.</exception>
    public async Task<IAsyncEnumerable<AnswerEvent>> AskAsync(Question question, CancellationToken cancellationToken)
    {
        var steps = AskSafelyAsync(question, cancellationToken).GetAsyncEnumerator(cancellationToken);
        try
        {
            var begun = new List<AnswerEvent>();
            while (begun is [] or [.., Searching] && await steps.MoveNextAsync())
            {
                begun.Add(steps.Current);
            }

            return ContinueAsync(begun, steps);
        }
        catch
        {
            await steps.DisposeAsync();
            throw;
        }
    }

    private static async IAsyncEnumerable<AnswerEvent> ContinueAsync(List<AnswerEvent> begun, IAsyncEnumerator<AnswerEvent> steps)
    {
        await using (steps)
        {
            foreach (var step in begun)
            {
                yield return step;
            }

            while (await steps.MoveNextAsync())
            {
                yield return steps.Current;
            }
        }
    }

    private async IAsyncEnumerable<AnswerEvent> AskSafelyAsync(Question question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var steps = service.AskAsync(question, cancellationToken).Observe(time, cancellationToken).GetAsyncEnumerator(cancellationToken);
        var isBegun = false;
        while (true)
        {
            AnswerEvent step;
            try
            {
                if (!await steps.MoveNextAsync())
                {
                    yield break;
                }

                step = steps.Current;
                isBegun |= step is not Searching;
            }
            catch (IndexUnavailableException unavailable) when (isBegun)
            {
                step = new AnswerFailed(unavailable.Message);
            }
            catch (Exception exception) when (exception is not (OperationCanceledException or IndexUnavailableException))
            {
                Log.QuestionFailed(logger, exception);
                step = new AnswerFailed("The question could not be answered because of an error in the server. Ask again; its log says more.");
            }

            yield return step;
            if (step is AnswerFailed)
            {
                yield break;
            }
        }
    }

    /// <summary>The best passages for a question, best first.</summary>
    public async Task<IReadOnlyList<EvidencePassage>> SearchAsync(Question question, int limit, CancellationToken cancellationToken)
    {
        await foreach (var step in service.AskAsync(question, cancellationToken))
        {
            if (step is EvidenceFound found)
            {
                return EvidencePassage.Best(found.Evidence, limit);
            }
        }

        throw new UnreachableException("Every question comes to its evidence or an exception.");
    }

    private async Task<IReadOnlyCollection<string>?> KnownAsync(IReadOnlyList<string>? ids, CancellationToken cancellationToken)
    {
        if (ids is null)
        {
            return null;
        }

        var known = (await documents.ListAsync(cancellationToken)).Select(document => document.DocumentId).ToHashSet(StringComparer.Ordinal);
        return ids.FirstOrDefault(id => !known.Contains(id)) is { } unknown
            ? throw new RequestRefusedException($"'documentIds' names '{Problem.Shorten(unknown)}', which is no document. GET /api/documents lists them.")
            : ids;
    }
}

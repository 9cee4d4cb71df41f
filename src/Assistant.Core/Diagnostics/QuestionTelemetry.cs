using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using Assistant.Core.Answering;

namespace Assistant.Core.Diagnostics;

/// <summary>
/// Traces and metrics of questions, under the one name <see cref="Name"/>. Neither ever holds a question, an answer or a document's text.
/// </summary>
/// <remarks>
/// Activities: <c>assistant.question</c> (tags <c>assistant.outcome</c>, <c>assistant.citations</c>) and within it
/// <c>assistant.retrieve</c> (tag <c>assistant.passages</c>) and <c>assistant.answer</c>. Instruments: histograms
/// <c>assistant.question.duration</c> (tag <c>assistant.outcome</c>, which is <c>failed</c> or <c>cancelled</c> where there is no answer)
/// and <c>assistant.retrieve.duration</c>, both in seconds.
/// </remarks>
public static class QuestionTelemetry
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string Name = "Assistant";

    private const string OutcomeTag = "assistant.outcome";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> QuestionDuration =
        Meter.CreateHistogram<double>("assistant.question.duration", "s", "Time from a question to the end of its answer.");

    private static readonly Histogram<double> RetrieveDuration =
        Meter.CreateHistogram<double>("assistant.retrieve.duration", "s", "Time to find the passages for a question.");

    /// <summary>Passes the events of a question on as they come, and records them.</summary>
    /// <param name="steps">The events.</param>
    /// <param name="time">Clock.</param>
    /// <param name="cancellationToken">Cancels the question.</param>
    public static async IAsyncEnumerable<AnswerEvent> Observe(
        this IAsyncEnumerable<AnswerEvent> steps, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var began = time.GetTimestamp();
        var outcome = "cancelled";
        // The parents are passed on by hand: what is current does not outlive a yield.
        using var question = Source.StartActivity("assistant.question");
        Activity? stage = null;
        try
        {
            await foreach (var step in steps.WithCancellation(cancellationToken))
            {
                switch (step)
                {
                    case Searching:
                        stage = Begin("assistant.retrieve", question);
                        break;
                    case EvidenceFound found:
                        stage?.SetTag("assistant.passages", found.Evidence.Passages.Count);
                        stage?.Dispose();
                        RetrieveDuration.Record(time.GetElapsedTime(began).TotalSeconds);
                        stage = Begin("assistant.answer", question);
                        break;
                    case AnswerCompleted { Answer: var answer }:
                        outcome = Describe(answer.Outcome);
                        question?.SetTag("assistant.citations", answer.Citations.Count);
                        break;
                    case AnswerFailed:
                        outcome = "failed";
                        question?.SetStatus(ActivityStatusCode.Error);
                        break;
                }

                yield return step;
            }
        }
        finally
        {
            stage?.Dispose();
            question?.SetTag(OutcomeTag, outcome);
            QuestionDuration.Record(time.GetElapsedTime(began).TotalSeconds, new KeyValuePair<string, object?>(OutcomeTag, outcome));
        }
    }

    private static Activity? Begin(string name, Activity? question) =>
        question is null ? null : Source.StartActivity(name, ActivityKind.Internal, question.Context);

    private static string Describe(Outcome outcome) => outcome switch
    {
        Outcome.Answered => "answered",
        Outcome.PartlyAnswered => "partly-answered",
        Outcome.NotInDocuments => "not-in-documents",
        _ => "no-documents",
    };
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Assistant.ChatHost.Tests.Support;
using Assistant.Core.Diagnostics;

namespace Assistant.ChatHost.Tests.Answers;

public sealed class TelemetryTests : HostTests
{
    [Fact]
    public async Task A_question_is_traced_and_measured_without_its_words()
    {
        var activities = new ConcurrentQueue<Activity>();
        var measured = new ConcurrentQueue<(string Name, string? Outcome)>();
        using var tracing = new ActivityListener
        {
            ShouldListenTo = source => source.Name == QuestionTelemetry.Name,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activities.Enqueue,
        };
        ActivitySource.AddActivityListener(tracing);
        using var metering = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == QuestionTelemetry.Name)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        metering.SetMeasurementEventCallback<double>((instrument, seconds, tags, _) =>
        {
            Assert.InRange(seconds, 0, 600);
            measured.Enqueue((instrument.Name, tags.Length > 0 ? (string?)tags[0].Value : null));
        });
        metering.Start();

        await Client.PostJsonAsync("/api/chat", new { question = "Who won the chess championship in Reykjavik?" });

        var question = Assert.Single(activities, activity =>
            activity.OperationName == "assistant.question" && Equals(activity.GetTagItem("assistant.outcome"), "not-in-documents"));
        Assert.Equal(
            ["assistant.answer", "assistant.retrieve"],
            activities.Where(activity => activity.ParentSpanId == question.SpanId).Select(activity => activity.OperationName).Order());
        Assert.Contains(("assistant.question.duration", "not-in-documents"), measured);
        Assert.Contains(("assistant.retrieve.duration", null), measured);
        Assert.All(activities, activity => Assert.All(
            activity.TagObjects, tag => Assert.DoesNotContain("chess", tag.Value?.ToString() ?? "", StringComparison.OrdinalIgnoreCase)));
    }
}

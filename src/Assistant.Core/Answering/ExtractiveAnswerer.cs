using System.Text.RegularExpressions;
using Assistant.Core.Generation;
using Assistant.Core.Retrieval;

namespace Assistant.Core.Answering;

/// <summary>
/// Answers without a language model: picks the sentences that answer, quotes them whole and cites each. Abstains when they cover
/// too little of the question.
/// </summary>
internal static partial class ExtractiveAnswerer
{
    /// <summary>What <see cref="Answer.AnsweredBy"/> says of these answers.</summary>
    public const string Name = "extractive";

    /// <summary>Sentences of an answer at most.</summary>
    public const int MostSentences = 5;

    /// <summary>Sentences that stand before the others, those that an answer needs most.</summary>
    public const int FewSentences = 3;

    /// <summary>The share of the confidence that an answer needs, with which a part of a question is answered beside another part.</summary>
    private const double FurtherPart = 0.7;

    /// <summary>What is left of the score of a sentence that the last answer quoted.</summary>
    private const double ReadBefore = 0.6;

    /// <summary>What is added to the score of a sentence that stands right behind one that the last answer quoted.</summary>
    private const double Beside = 0.75;

    /// <summary>What is left of that for one that stands before it.</summary>
    private const double BeforeIt = 0.5;

    public static AnswerDraft Answer(Evidence evidence)
    {
        var parts = evidence.Parts();
        var selections = parts.Select(Select).ToList();
        // What is asked together is answered together as a rule.
        var isAnswered = selections.Exists(selection => selection.Confidence >= AnswerConfidence.Threshold);
        var answered = selections.Where(selection => isAnswered && selection.Confidence >= FurtherPart * AnswerConfidence.Threshold).ToList();
        // In turns, so that no part takes the room of another.
        var chosen = Enumerable.Range(0, MostSentences)
            .SelectMany(turn => answered.SelectMany(selection => selection.Sentences.Skip(turn).Take(1)))
            .DistinctBy(Place)
            .Take(MostSentences)
            .ToList();
        return new AnswerDraft
        {
            Statements = [.. Ordered(chosen, [.. answered.SelectMany(selection => selection.Lead)]).Select(Quote)],
            Missing = [.. selections.SelectMany(selection => selection.Missing).Distinct(StringComparer.OrdinalIgnoreCase)],
            // A question is answered as surely as the surest of its parts; the others show as missing.
            Confidence = selections.Max(selection => selection.Confidence),
            Signals = selections.MaxBy(selection => selection.Confidence)?.Signals,
        };
    }

    private static Selection Select(Evidence evidence)
    {
        var ranked = SentenceRanker.Rank(evidence);
        if (evidence.Question.Answered is { } answered)
        {
            var wasRead = ranked.ToLookup(sentence => answered.Contains(sentence.Sentence.Analyzed.OneLine, StringComparison.Ordinal));
            if (evidence.Question.WantsOthers && SectionGathering.Beside(ranked, wasRead[true], MostSentences) is { } others)
            {
                // The document's own structure says who the others are; their words need not be the question's.
                return new Selection(others, others, [], 1, null);
            }

            ranked = evidence.Question.WantsOthers ? [.. wasRead[false]] : GoingOn([.. wasRead[true]], [.. wasRead[false]]);
        }

        var gathered = SectionGathering.Gather(evidence, ranked, MostSentences);
        var chosen = gathered ?? FurtherSentences.Choose(ranked);
        var signals = ConfidenceSignals.Of(evidence, chosen, ranked);
        var sentences = QuoteContext.Complete(evidence.Analysis, chosen, ranked);
        return new Selection(
            sentences,
            gathered is null && chosen is [var best, ..] ? QuoteContext.Together(best, sentences) : sentences,
            AnswerConfidence.Missing(evidence, chosen),
            // A section answers its own heading, whatever its words.
            chosen.Any(sentence => SuggestedQuestions.AsksFor(evidence.Question.Text, sentence.Passage)) ? 1
                : signals is null ? 0
                : AnswerConfidence.Of(signals),
            signals);
    }

    /// <summary>
    /// The sentences as one who has read some of them looks for more: what was read counts less, and what stands beside it in the same
    /// section counts more, for people ask on about what they have just read, and a text goes on about it too.
    /// </summary>
    private static List<RankedSentence> GoingOn(List<RankedSentence> read, List<RankedSentence> unread)
    {
        var places = read.Concat(unread)
            .OrderBy(sentence => sentence.Passage.DocumentId, StringComparer.Ordinal)
            .ThenBy(sentence => sentence.Span.Start)
            .Select((sentence, place) => (Place(sentence), place))
            .ToDictionary();
        return
        [
            .. read.Select(sentence => sentence with { Score = sentence.Score * ReadBefore })
                .Concat(unread.Select(sentence => sentence with { Score = sentence.Score + (Beside * read.Select(other => Nearness(other, sentence)).DefaultIfEmpty().Max()) }))
                .OrderByDescending(sentence => sentence.Score),
        ];

        double Nearness(RankedSentence from, RankedSentence to)
        {
            if (from.Passage.DocumentId != to.Passage.DocumentId || !from.Passage.Headings.SequenceEqual(to.Passage.Headings))
            {
                return 0;
            }

            var distance = places[Place(to)] - places[Place(from)];
            return distance > 0 ? 1.0 / distance : BeforeIt / -distance;
        }
    }

    /// <summary>White space, line breaks included, as single spaces: how a quote reads inside a line.</summary>
    public static string OnOneLine(string text) => WhiteSpace().Replace(text, " ").Trim();

    /// <summary>
    /// What an answer begins with, then the few that it needs most, then the others: documents by their best sentence, sentences of one
    /// document as they stand in it.
    /// </summary>
    private static IEnumerable<RankedSentence> Ordered(List<RankedSentence> chosen, List<RankedSentence> lead) =>
        lead.IntersectBy(chosen.Select(Place), Place)
            .Concat(InReadingOrder(chosen.Take(FewSentences)))
            .Concat(InReadingOrder(chosen))
            .DistinctBy(Place);

    private static (Guid Passage, int Sentence) Place(RankedSentence sentence) => (sentence.Passage.Id, sentence.Sentence.Index);

    private static IEnumerable<RankedSentence> InReadingOrder(IEnumerable<RankedSentence> chosen) =>
        chosen.GroupBy(sentence => sentence.Passage.DocumentId, StringComparer.Ordinal)
            .OrderByDescending(document => document.Max(sentence => sentence.Score))
            .SelectMany(document => document.OrderBy(sentence => sentence.Span.Start));

    /// <summary>The sentence as it reads in an answer: footnote marks of the source would look like markers of ours.</summary>
    private static AnswerStatement Quote(RankedSentence sentence) =>
        new(OnOneLine(FootnoteMark().Replace(sentence.Text, "")), [new SourceRange(sentence.Passage.DocumentId, sentence.Passage.Version, sentence.Span)]);

    [GeneratedRegex(@"\[\d+\]")]
    private static partial Regex FootnoteMark();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();

    /// <summary>What answers one thing that is asked.</summary>
    /// <param name="Sentences">The sentences, in the order in which they are given room.</param>
    /// <param name="Lead">Those that answer it best, as they are read: an answer begins with them.</param>
    /// <param name="Missing">What they do not cover.</param>
    /// <param name="Confidence">How sure it is that they answer.</param>
    /// <param name="Signals">What says so; null where nothing has to.</param>
    private sealed record Selection(
        IReadOnlyList<RankedSentence> Sentences, IReadOnlyList<RankedSentence> Lead, IReadOnlyList<string> Missing, double Confidence, ConfidenceSignals? Signals);
}

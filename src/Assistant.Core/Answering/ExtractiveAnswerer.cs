using System.Text.RegularExpressions;
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

    /// <summary>Sentences of an answer to a question for one thing.</summary>
    private const int FewSentences = 3;

    /// <summary>Sentences of an answer that gathers from several sections.</summary>
    private const int MostSentences = 5;

    /// <summary>A further sentence scores at least this share of the best one.</summary>
    private const double FurtherSentence = 0.75;

    /// <summary>Share of the terms of the shorter sentence, from which two sentences say the same.</summary>
    private const double NearDuplicate = 0.8;

    public static AnswerDraft Answer(Evidence evidence)
    {
        var ranked = SentenceRanker.Rank(evidence);
        if (evidence.Question.Answered is { } answered)
        {
            ranked = [.. ranked.Where(sentence => !answered.Contains(OnOneLine(sentence.Text), StringComparison.Ordinal))];
        }

        var chosen = SectionGathering.Gather(evidence, ranked, MostSentences) ?? Best(evidence, ranked);
        var confidence = AnswerConfidence.Of(evidence, chosen);
        if (confidence < AnswerConfidence.Threshold)
        {
            return new AnswerDraft { Missing = AnswerConfidence.Missing(evidence, chosen), Confidence = confidence };
        }

        return new AnswerDraft
        {
            Statements = [.. InReadingOrder(chosen).Select(Quote)],
            Missing = AnswerConfidence.Missing(evidence, chosen),
            Confidence = confidence,
        };
    }

    /// <summary>White space, line breaks included, as single spaces: how a quote reads inside a line.</summary>
    public static string OnOneLine(string text) => WhiteSpace().Replace(text, " ").Trim();

    private static List<RankedSentence> Best(Evidence evidence, IReadOnlyList<RankedSentence> ranked)
    {
        var chosen = new List<RankedSentence>();
        foreach (var sentence in ranked)
        {
            if (chosen.Count == FewSentences || sentence.Score < FurtherSentence * ranked[0].Score)
            {
                break;
            }

            if (!chosen.Any(other => SayTheSame(other, sentence)))
            {
                chosen.Add(sentence);
            }
        }

        return chosen;
    }

    internal static bool SayTheSame(RankedSentence one, RankedSentence other)
    {
        var shorter = Math.Min(one.Terms.Count, other.Terms.Count);
        return shorter > 0 && one.Terms.Count(other.Terms.Contains) >= NearDuplicate * shorter;
    }

    /// <summary>Documents by their best sentence, sentences of one document as they stand in it.</summary>
    private static IEnumerable<RankedSentence> InReadingOrder(IReadOnlyList<RankedSentence> chosen) =>
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
}

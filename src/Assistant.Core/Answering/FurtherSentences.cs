using Assistant.Core.Retrieval;

namespace Assistant.Core.Answering;

/// <summary>
/// Chooses what an answer quotes beside its best sentence: what answers nearly as well, what says the rest of what is asked (“what do
/// both sides want”), what goes on where the best one stands (“The plan has three stages.”). How likely a sentence is one that a reader
/// needs beside those chosen before it is told by a small network; fitted by the evaluation program's command <c>train further</c>.
/// </summary>
internal sealed class FurtherSentences
{
    /// <summary>How likely a reader needs a sentence that is quoted. Far less than even: one too many costs a glance, one too few is half an answer.</summary>
    private const double Needed = 0.01;

    /// <summary>Sentences that are looked at beside those of the best one's passage.</summary>
    private const int Looked = 24;

    /// <summary>Share of the terms of the shorter sentence, from which two sentences say the same.</summary>
    private const double NearDuplicate = 0.8;

    /// <summary>What counts as the logit of a sentence that <see cref="AnswerNetwork"/> did not read: there were better ones.</summary>
    private const double NotRead = -6;

    /// <summary>What is looked at of a sentence beside those chosen before it; most are shares from 0 to 1, odds and logits are logarithms.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "score", "shareOfBest", "odds", "bestOdds", "logit", "bestLogit", "likeness",
        "gain", "exact", "behind", "ahead", "behindBest", "nextPassage", "sameSection", "opening", "bestOpens", "bestAnnounces",
        "asksList", "asksValue", "asksReason", "inItsWords", "chosen", "english",
    ];

    private static readonly Lazy<SignalNetwork> Network = new(() => SignalNetwork.Load("further-sentence-weights.txt", Names));

    private readonly IReadOnlyList<RankedSentence> ranked;
    private readonly List<RankedSentence> chosen;
    private readonly double[] covered;

    /// <summary>An answer that has its best sentence only.</summary>
    /// <param name="ranked">The sentences, best first; at least one.</param>
    public FurtherSentences(IReadOnlyList<RankedSentence> ranked)
    {
        this.ranked = ranked;
        chosen = [ranked[0]];
        covered = [.. ranked[0].Sentence.UnderItsHeading];
    }

    /// <summary>The sentences in the order in which they were chosen.</summary>
    public IReadOnlyList<RankedSentence> Chosen => chosen;

    /// <summary>Those that could be chosen next, best first.</summary>
    public IEnumerable<RankedSentence> Candidates =>
        ranked.Where((sentence, i) => (i < Looked || sentence.Passage.Id == chosen[0].Passage.Id) && !chosen.Contains(sentence));

    /// <summary>The sentences of an answer, in the order of how much it needs them.</summary>
    /// <param name="ranked">The sentences that can be chosen, best first.</param>
    public static IReadOnlyList<RankedSentence> Choose(IReadOnlyList<RankedSentence> ranked)
    {
        if (ranked.Count == 0)
        {
            return [];
        }

        var answer = new FurtherSentences(ranked);
        while (answer.chosen.Count < ExtractiveAnswerer.MostSentences && answer.Next() is { } next)
        {
            answer.Add(next);
        }

        return answer.chosen;
    }

    /// <summary>Chooses a sentence.</summary>
    public void Add(RankedSentence sentence)
    {
        chosen.Add(sentence);
        for (var t = 0; t < covered.Length; t++)
        {
            covered[t] = Math.Max(covered[t], sentence.Sentence.UnderItsHeading[t]);
        }
    }

    /// <summary>Values of <see cref="Names"/>.</summary>
    public double[] Signals(RankedSentence candidate)
    {
        var (best, question) = (chosen[0], candidate.Sentence.Question);
        var neighbours = chosen.Where(other => other.Passage.Id == candidate.Passage.Id).Select(other => candidate.Sentence.Index - other.Sentence.Index).ToList();
        var nearby = chosen.Where(other => other.Passage.DocumentId == candidate.Passage.DocumentId).ToList();
        return
        [
            candidate.Score,
            best.Score > 0 ? candidate.Score / best.Score : 0,
            SignalNetwork.OddsOf(candidate.Score),
            SignalNetwork.OddsOf(best.Score),
            candidate.Judgement?.Logit ?? NotRead,
            best.Judgement?.Logit ?? NotRead,
            candidate.Judgement?.Likeness ?? 0,
            Gain(candidate),
            question.Share(candidate.Sentence.Exact),
            neighbours.Where(distance => distance > 0).Select(distance => 1.0 / distance).DefaultIfEmpty().Max(),
            neighbours.Where(distance => distance < 0).Select(distance => -1.0 / distance).DefaultIfEmpty().Max(),
            best.Passage.Id == candidate.Passage.Id && best.Sentence.Index < candidate.Sentence.Index ? 1 : 0,
            nearby.Exists(other => Math.Abs(other.Passage.Ordinal - candidate.Passage.Ordinal) == 1) ? 1 : 0,
            nearby.Exists(other => other.Passage.Headings.SequenceEqual(candidate.Passage.Headings)) ? 1 : 0,
            candidate.Sentence.IsOpening ? 1 : 0,
            best.Sentence.IsOpening ? 1 : 0,
            best.Text.EndsWith(':') ? 1 : 0,
            question.AnswerType == AnswerType.List ? 1 : 0,
            question.AnswerType is AnswerType.Quantity or AnswerType.Time or AnswerType.Name ? 1 : 0,
            question.AnswerType == AnswerType.Reason ? 1 : 0,
            best.InItsWords,
            chosen.Count,
            question.IsEnglish ? 1 : 0,
        ];
    }

    private RankedSentence? Next() => Candidates
        .Select(candidate => (Sentence: candidate, Chance: SignalNetwork.Chance(Network.Value.Odds(Signals(candidate)))))
        .Where(candidate => candidate.Chance >= Needed)
        .OrderByDescending(candidate => candidate.Chance)
        // Last, because it is the dearest to find out.
        .FirstOrDefault(candidate => !chosen.Exists(other => SayTheSame(other, candidate.Sentence)))
        .Sentence;

    /// <summary>Share of the question's weight that the sentence covers and those chosen do not.</summary>
    private double Gain(RankedSentence sentence) =>
        sentence.Sentence.Question.Share([.. covered.Select((already, t) => Math.Max(0, sentence.Sentence.UnderItsHeading[t] - already))]);

    private static bool SayTheSame(RankedSentence one, RankedSentence other)
    {
        var (words, others) = (one.Sentence.Analyzed.DistinctWords, other.Sentence.Analyzed.DistinctWords);
        var shorter = Math.Min(words.Count, others.Count);
        return shorter > 0 && words.Count(others.Contains) >= NearDuplicate * shorter;
    }
}

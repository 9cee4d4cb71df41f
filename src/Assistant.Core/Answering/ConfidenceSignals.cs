using Assistant.Core.Retrieval;

namespace Assistant.Core.Answering;

/// <summary>What tells whether sentences answer a question, as numbers that <see cref="AnswerConfidence"/> weighs; most are shares from 0 to 1, odds are logarithms.</summary>
internal sealed record ConfidenceSignals
{
    /// <summary>A term that weighs at least this share of the heaviest one carries the question.</summary>
    private const double Carrying = 0.4;

    /// <summary>Passages of a small corpus. In a larger one words are found by chance more often, and those that are not mean more.</summary>
    private const double FewPassages = 20;

    /// <summary>The least and the most that the logarithm of the number of passages counts, beside that of a small corpus: what was learned from.</summary>
    private static readonly (double Least, double Most) Size = (-0.3, 1);

    /// <summary>Names of the signals, in the order of their values.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "exact", "together", "inPassage", "covered", "wordsInCommon", "score", "odds", "logit", "likeness", "passage",
        "names", "unknownName", "unknown", "carryingAbsent",
        "asksNumber", "asksTime", "asksName", "asksReason", "asksList",
        "lacksNumber", "lacksTime", "lacksName", "nearThing", "nameFarFromThing",
        "inItsWords", "passages", "english",
    ];

    /// <summary>Values of <see cref="Names"/>.</summary>
    public required double[] Values { get; init; }

    /// <summary>The values by their names, for people who read failures.</summary>
    public IReadOnlyDictionary<string, double> ByName => Names.Zip(Values).ToDictionary(pair => pair.First, pair => Math.Round(pair.Second, 4));

    /// <summary>The signals of the sentences chosen for an answer; null when there is none.</summary>
    /// <param name="evidence">Where they come from.</param>
    /// <param name="chosen">The sentences of the answer.</param>
    /// <param name="ranked">All sentences that were looked at.</param>
    public static ConfidenceSignals? Of(Evidence evidence, IReadOnlyList<RankedSentence> chosen, IReadOnlyList<RankedSentence> ranked)
    {
        if (chosen.Count == 0)
        {
            return null;
        }

        var question = chosen[0].Sentence.Question;
        var (terms, weights, type, language) = (evidence.Analysis.Terms, evidence.TermWeights, evidence.Analysis.AnswerType, evidence.Analysis.Language);
        var all = Enumerable.Range(0, terms.Count).ToList();
        var heaviest = weights.DefaultIfEmpty().Max();
        var carrying = all.Where(t => weights[t] >= Carrying * heaviest).ToList();
        var unknown = all.Where(t => evidence.DocumentFrequencies[t] == 0 && !AnswerConfidence.IsCovered(chosen, t)).ToList();
        var passages = chosen.Select(sentence => sentence.Passage.Id).ToHashSet();
        var best = chosen.MaxBy(sentence => sentence.Score)!;
        var covered = chosen.Max(sentence => question.Share(sentence.Sentence.InContext));
        var expected = new ExpectedAnswer(evidence.Analysis);
        var nearness = expected.IsValue ? Nearness(expected, type, chosen, ranked) : null;
        var lacks = expected.IsValue && nearness is null;
        // What the structure of a document chose was mostly not read by the network; the best of the others tells then.
        var judgements = chosen.Select(sentence => sentence.Judgement).OfType<SentenceJudgement>()
            .DefaultIfEmpty(ranked.Select(sentence => sentence.Judgement).OfType<SentenceJudgement>().FirstOrDefault())
            .ToList();
        return new ConfidenceSignals
        {
            Values =
            [
                chosen.Max(sentence => question.Share(sentence.Sentence.Exact)),
                question.Share(Together(chosen, sentence => sentence.Exact)),
                passages.Max(id => question.Share(Together(ranked.Where(sentence => sentence.Passage.Id == id), sentence => sentence.Exact))),
                covered,
                chosen.Max(sentence => sentence.Sentence.Exact.Sum()) / Math.Max(1, terms.Count),
                best.Score,
                SignalNetwork.OddsOf(best.Score),
                judgements.Max(judgement => judgement.Logit),
                judgements.Max(judgement => judgement.Likeness),
                best.Sentence.PassageScore,
                question.NameShare(Together(chosen, sentence => sentence.UnderItsHeading)),
                unknown.Exists(t => terms[t].IsName) ? 1 : 0,
                (double)unknown.Count(t => LightWords.Weight(terms[t].Term, language) == 1) / Math.Max(1, terms.Count),
                (double)carrying.Count(t => evidence.DocumentFrequencies[t] == 0) / Math.Max(1, carrying.Count),
                type == AnswerType.Quantity ? 1 : 0,
                type == AnswerType.Time ? 1 : 0,
                type == AnswerType.Name ? 1 : 0,
                type == AnswerType.Reason ? 1 : 0,
                type == AnswerType.List ? 1 : 0,
                lacks && type == AnswerType.Quantity ? 1 : 0,
                lacks && type == AnswerType.Time ? 1 : 0,
                lacks && type == AnswerType.Name ? 1 : 0,
                nearness ?? 0,
                type == AnswerType.Name && expected.HasThing ? 1 - (nearness ?? 0) : 0,
                best.InItsWords,
                Math.Clamp(Math.Log10(evidence.PassageCount / FewPassages), Size.Least, Size.Most),
                question.IsEnglish ? 1 : 0,
            ],
        };
    }

    /// <summary>The most that sentences cover of each term.</summary>
    private static double[] Together(IEnumerable<RankedSentence> sentences, Func<SentenceInQuestion, double[]> covered)
    {
        double[]? together = null;
        foreach (var sentence in sentences)
        {
            var own = covered(sentence.Sentence);
            together ??= new double[own.Length];
            for (var t = 0; t < own.Length; t++)
            {
                together[t] = Math.Max(together[t], own[t]);
            }
        }

        return together ?? [];
    }

    /// <summary>How near a sentence has the value that is expected to the word for what is asked; null when none has such a value.</summary>
    private static double? Nearness(ExpectedAnswer expected, AnswerType type, IReadOnlyList<RankedSentence> chosen, IReadOnlyList<RankedSentence> ranked)
    {
        // Only a name can be told by where else it stands.
        var names = (type == AnswerType.Name ? ranked : []).SelectMany(sentence => sentence.Sentence.Analyzed.Names).Select(name => name.Term).ToHashSet(StringComparer.Ordinal);
        return chosen.Max(sentence => expected.NearnessIn(sentence.AsRead, sentence.Passage.Language, names));
    }
}

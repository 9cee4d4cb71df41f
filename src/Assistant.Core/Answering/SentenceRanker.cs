using Assistant.Core.Documents;
using Assistant.Core.Passages;
using Assistant.Core.Retrieval;

namespace Assistant.Core.Answering;

/// <summary>A sentence of the evidence with how well it answers.</summary>
/// <param name="Sentence">The sentence.</param>
/// <param name="Features">Values of <see cref="SentenceFeatures.Names"/>.</param>
/// <param name="Score">Larger is better; of one that was read, how likely it answers, 0 to 1, and a little more where others of its passage may answer.</param>
internal sealed record RankedSentence(SentenceInQuestion Sentence, double[] Features, double Score)
{
    /// <summary>How far the question is in the words of the documents: the most of its weight that one sentence has in the same words, 0 to 1. The same for all its sentences.</summary>
    public required double InItsWords { get; init; }

    /// <summary>What <see cref="AnswerNetwork"/> says of it; null when it was not among the best by its features.</summary>
    public SentenceJudgement? Judgement { get; init; }

    public Passage Passage => Sentence.Passage;

    /// <summary>Range of the version's text.</summary>
    public TextSpan Span => Passage.Sentences[Sentence.Index];

    public string Text => Sentence.Text;

    /// <inheritdoc cref="AnalyzedSentence.AsRead"/>
    public string AsRead => Sentence.Analyzed.AsRead;

    /// <summary>What the network is told of it beside its words.</summary>
    public float[] NetworkInput => [.. Features.Append(InItsWords).Select(value => (float)value)];
}

/// <summary>
/// Ranks the sentences of the best passages by how well they answer the question. The less of the question any sentence has in its
/// own words, the more meaning decides and the less do words: those few that match then match by chance. The best by their features
/// are read by <see cref="AnswerNetwork"/>, and <see cref="SentenceOdds"/> has the last word on them.
/// </summary>
internal static class SentenceRanker
{
    /// <summary>Passages whose sentences are looked at.</summary>
    public const int Passages = 32;

    /// <summary>Sentences that the network reads, the best by their features, when the question is in the words of the documents.</summary>
    private const int Read = 16;

    /// <summary>Sentences that it reads beside those when nothing of the question is: the less of it is, the less is told by features.</summary>
    private const int ReadInOtherWords = 20;

    /// <summary>What the chances of the other sentences of its passage add to a sentence's.</summary>
    private const double FromNeighbours = 0.05;

    /// <summary>All sentences of the best passages, best first; ties in reading order.</summary>
    public static IReadOnlyList<RankedSentence> Rank(Evidence evidence, int passages = Passages)
    {
        if (passages == Passages && evidence.Sentences is { } known)
        {
            return known;
        }

        var byFeatures = RankByFeatures(evidence, passages);
        var network = AnswerNetwork.Shared;
        var question = network.Read(evidence.Question.Display, evidence.Analysis.Language);
        var most = Read + (int)(ReadInOtherWords * (byFeatures is [var best, ..] ? 1 - best.InItsWords : 0));
        var judged = byFeatures.Take(most).ToArray();
        // A sentence that was not read before is the dearest part of an answer. The calling thread works, too: under load nobody waits for others.
        Parallel.For(0, judged.Length, i =>
        {
            var judgement = network.Judge(question, judged[i].AsRead, judged[i].NetworkInput);
            judged[i] = judged[i] with { Score = SentenceOdds.Chance(judged[i], judgement), Judgement = judgement };
        });
        var read = InOrder(InTheirPassages(judged));
        // Scores by features are of another kind: what was not read keeps its order behind what was.
        var (lastRead, lastByFeatures) = (read.LastOrDefault()?.Score ?? 0, byFeatures.ElementAtOrDefault(read.Count - 1)?.Score ?? 0);
        return [.. read, .. byFeatures.Skip(most).Select(sentence => sentence with { Score = lastByFeatures > 0 ? lastRead * sentence.Score / lastByFeatures : 0 })];
    }

    /// <summary>
    /// The likelier the others of its passage answer, the likelier does a sentence: what answers stands among what is about the same. It decides between
    /// those of which little else is known.
    /// </summary>
    private static IEnumerable<RankedSentence> InTheirPassages(RankedSentence[] read)
    {
        var sums = read.GroupBy(sentence => sentence.Passage.Id, (id, own) => (id, Sum: own.Sum(sentence => sentence.Score))).ToDictionary();
        return read.Select(sentence => sentence with { Score = sentence.Score + (FromNeighbours * (sums[sentence.Passage.Id] - sentence.Score)) });
    }

    /// <summary>The same by their features alone.</summary>
    public static IReadOnlyList<RankedSentence> RankByFeatures(Evidence evidence, int passages = Passages)
    {
        var view = new QuestionView(evidence);
        var sentences = evidence.Passages.Take(passages).SelectMany(view.Look).ToList();
        var inItsWords = sentences.Select(sentence => view.Share(sentence.Exact)).DefaultIfEmpty().Max();
        return InOrder(sentences
            .Select(sentence => (Sentence: sentence, Features: SentenceFeatures.Of(sentence)))
            .Select(scored => new RankedSentence(
                scored.Sentence,
                scored.Features,
                (inItsWords * SentenceWeights.Weighed(scored.Features)) + ((1 - inItsWords) * InOtherWords(scored.Sentence)))
            {
                InItsWords = inItsWords,
            }));
    }

    private static List<RankedSentence> InOrder(IEnumerable<RankedSentence> sentences) =>
    [
        .. sentences
            .OrderByDescending(ranked => ranked.Score)
            .ThenBy(ranked => ranked.Passage.DocumentId, StringComparer.Ordinal)
            .ThenBy(ranked => ranked.Span.Start),
    ];

    /// <summary>How well a sentence answers a question that has none of its words.</summary>
    private static double InOtherWords(SentenceInQuestion sentence) =>
        (sentence.Question.Share(sentence.InContext) + sentence.Meaning) / 2;
}

using System.Numerics.Tensors;
using Assistant.Core.Documents;
using Assistant.Core.Embeddings;
using Assistant.Core.Passages;
using Assistant.Core.Retrieval;
using Assistant.Core.Text;

namespace Assistant.Core.Answering;

/// <summary>A sentence of the evidence with how well it answers.</summary>
internal sealed record RankedSentence
{
    public required Passage Passage { get; init; }

    /// <summary>Range of the version's text.</summary>
    public required TextSpan Span { get; init; }

    public required string Text { get; init; }

    /// <summary>Larger is better; comparable within one question.</summary>
    public required double Score { get; init; }

    /// <summary>For every question term, how well the sentence itself covers it, 0 to 1.</summary>
    public required double[] Own { get; init; }

    /// <summary>The same with the headings above it and the document's title.</summary>
    public required double[] InContext { get; init; }

    /// <summary>Its distinct terms.</summary>
    public required HashSet<string> Terms { get; init; }
}

/// <summary>Ranks the sentences of the best passages by how well they answer the question.</summary>
internal static class SentenceRanker
{
    /// <summary>Passages whose sentences are looked at.</summary>
    private const int Passages = 12;

    /// <summary>What a word in the headings counts beside the same word in the sentence.</summary>
    private const double HeadingFactor = 0.9;

    /// <summary>What a word in the document's title counts.</summary>
    private const double TitleFactor = 0.5;

    /// <summary>What a word of the sentences around it counts.</summary>
    private const double NeighbourFactor = 0.5;

    /// <summary>All sentences of the best passages, best first; ties in reading order.</summary>
    public static IReadOnlyList<RankedSentence> Rank(Evidence evidence)
    {
        var scorer = new Scorer(evidence);
        return
        [
            .. evidence.Passages.Take(Passages)
                .SelectMany(scorer.Score)
                .OrderByDescending(sentence => sentence.Score)
                .ThenBy(sentence => sentence.Passage.DocumentId, StringComparer.Ordinal)
                .ThenBy(sentence => sentence.Span.Start),
        ];
    }

    /// <summary>The sentences of one passage, scored for a question.</summary>
    public static IReadOnlyList<RankedSentence> Rank(Evidence evidence, RankedPassage passage) => [.. new Scorer(evidence).Score(passage)];

    private sealed class Scorer(Evidence evidence)
    {
        private readonly TermAffinity affinity = new(evidence.Analysis.Terms);
        private readonly float[] question = BuiltInEmbeddingGenerator.Embed(evidence.Question.Display);
        private readonly double totalWeight = Math.Max(evidence.TermWeights.Sum(), 1e-9);
        private readonly int terms = evidence.Analysis.Terms.Count;

        public IEnumerable<RankedSentence> Score(RankedPassage ranked)
        {
            var passage = ranked.Passage;
            var heading = new double[terms];
            foreach (var term in TextAnalyzer.Terms(passage.Title, passage.Language))
            {
                affinity.Raise(heading, term, TitleFactor);
            }

            var headingText = string.Join('\n', passage.Headings);
            foreach (var term in TextAnalyzer.Terms(headingText, passage.Language))
            {
                affinity.Raise(heading, term, HeadingFactor);
            }

            var texts = passage.Sentences.Select(span => passage.Sentence(span).ToString()).ToArray();
            var words = texts.Select(text => TextAnalyzer.Terms(text, passage.Language)).ToArray();
            var own = words.Select(Coverage).ToArray();
            for (var i = 0; i < texts.Length; i++)
            {
                var context = new double[terms];
                for (var t = 0; t < terms; t++)
                {
                    var neighbours = Math.Max(i > 0 ? own[i - 1][t] : 0, i + 1 < own.Length ? own[i + 1][t] : 0);
                    context[t] = Math.Max(own[i][t], Math.Max(heading[t], NeighbourFactor * neighbours));
                }

                var meaning = Math.Max(0, TensorPrimitives.Dot<float>(question, BuiltInEmbeddingGenerator.Embed(headingText + "\n" + texts[i])));
                yield return new RankedSentence
                {
                    Passage = passage,
                    Span = passage.Sentences[i],
                    Text = texts[i],
                    Own = own[i],
                    InContext = context,
                    Terms = [.. words[i]],
                    Score = (0.35 * Weighted(own[i])) + (0.25 * Weighted(context)) + (0.2 * meaning) + (0.2 * ranked.Score)
                        + (AnswerTypes.Holds(evidence.Analysis.AnswerType, texts[i]) ? 0.05 : 0),
                };
            }
        }

        private double[] Coverage(IReadOnlyList<string> words)
        {
            var best = new double[terms];
            foreach (var word in words)
            {
                affinity.Raise(best, word);
            }

            return best;
        }

        private double Weighted(double[] coverage)
        {
            double sum = 0;
            for (var t = 0; t < terms; t++)
            {
                sum += evidence.TermWeights[t] * coverage[t];
            }

            return sum / totalWeight;
        }
    }
}

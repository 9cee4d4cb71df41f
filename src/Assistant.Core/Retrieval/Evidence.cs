using Assistant.Core.Answering;
using Assistant.Core.Passages;

namespace Assistant.Core.Retrieval;

/// <summary>The ranked passages for one question.</summary>
public sealed record Evidence
{
    internal Evidence(QuestionAnalysis analysis) => Analysis = analysis;

    /// <summary>The standalone question.</summary>
    public StandaloneQuestion Question => Analysis.Question;

    /// <summary>Best first.</summary>
    public IReadOnlyList<RankedPassage> Passages { get; init; } = [];

    /// <summary>Passages in the index that was searched; 0 when there is nothing to search.</summary>
    public int PassageCount { get; init; }

    /// <summary>Why the search was not as good as it could be, in a person's words; null when nothing stood in its way.</summary>
    public string? Notice { get; init; }

    /// <summary>The question word by word.</summary>
    internal QuestionAnalysis Analysis { get; }

    /// <summary>The sentences that were read to rank the passages, as <see cref="SentenceRanker"/> ranks them; null when none was.</summary>
    internal IReadOnlyList<RankedSentence>? Sentences { get; init; }

    /// <summary>How much each of <see cref="QuestionAnalysis.Terms"/> tells passages apart, 0 to 1.</summary>
    internal IReadOnlyList<double> TermWeights { get; init; } = [];

    /// <summary>In how many passages each term occurs.</summary>
    internal IReadOnlyList<int> DocumentFrequencies { get; init; } = [];

    /// <summary>
    /// The same passages as evidence for each of the things that the question asks; this one alone when it asks one thing, or
    /// when a part has no content word of its own (“…, and why?”).
    /// </summary>
    internal IReadOnlyList<Evidence> Parts()
    {
        var texts = QuestionParts.Of(Question.Text);
        if (texts.Count < 2)
        {
            return [this];
        }

        var places = Analysis.Terms.Select((term, t) => (term.Term, t)).ToDictionary(StringComparer.Ordinal);
        var parts = new List<Evidence>();
        foreach (var text in texts)
        {
            var analysis = QuestionAnalysis.Of(Question with { Text = text }, Analysis.Language);
            int[] known = [.. analysis.Terms.Select(term => places.GetValueOrDefault(term.Term, -1))];
            if (!analysis.Terms.Any(term => term.Focus == 1) || known.Contains(-1))
            {
                return [this];
            }

            parts.Add(new Evidence(analysis)
            {
                Passages = Passages,
                PassageCount = PassageCount,
                TermWeights = [.. known.Select(t => TermWeights[t])],
                DocumentFrequencies = [.. known.Select(t => DocumentFrequencies[t])],
            });
        }

        return parts;
    }
}

/// <summary>A passage in its rank.</summary>
/// <param name="Passage">The passage.</param>
/// <param name="Score">How well it fits the question, 0 to 1.</param>
public sealed record RankedPassage(Passage Passage, double Score)
{
    /// <summary>The score that it was found with, by its words and its meaning as a whole, before its sentences were read: 0 to 1.</summary>
    internal double FoundWith { get; init; } = Score;
}

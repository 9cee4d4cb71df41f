using Assistant.Core.Embeddings;
using Assistant.Core.Text;
using Microsoft.Extensions.AI;

namespace Assistant.Core.Retrieval;

/// <summary>Finds the passages for a question: candidates by words and by meaning, fused into one ranking, then ranked again by what their sentences say. Thread-safe.</summary>
public sealed class Retriever(IPassageIndex index, IEmbeddingGenerator<string, Embedding<float>> embeddings)
{
    /// <summary>Candidates asked for from each side.</summary>
    private const int Candidates = 50;

    private readonly string space = EmbeddingSpace.Of(embeddings);

    /// <summary>The ranked passages for <paramref name="question"/>.</summary>
    /// <param name="question">The question.</param>
    /// <param name="documentIds">Search only these documents; null for all.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    public async Task<Evidence> RetrieveAsync(
        StandaloneQuestion question, IReadOnlyCollection<string>? documentIds, CancellationToken cancellationToken)
    {
        var state = await index.GetStateAsync(cancellationToken);
        var analysis = QuestionAnalysis.Of(question, LanguageOf(question, state.Languages));
        if (state.Passages == 0)
        {
            return new Evidence(analysis);
        }

        var (vector, notice) = await EmbedAsync(question, state, cancellationToken);
        var candidates = await index.SearchAsync(
            new PassageQuery
            {
                Terms = [.. analysis.Terms.Select(term => term.Term)],
                Vector = vector,
                // The index may be switched to another space between the look at its state and the search.
                Space = space,
                Limit = Candidates,
                DocumentIds = documentIds,
            },
            cancellationToken);
        int[] frequencies = [.. analysis.Terms.Select(term => candidates.DocumentFrequencies.GetValueOrDefault(term.Term))];
        return PassageReranker.Rerank(new Evidence(analysis)
        {
            Notice = notice,
            Passages = PassageRanking.Rank(analysis, candidates),
            PassageCount = candidates.PassageCount,
            DocumentFrequencies = frequencies,
            TermWeights =
            [
                .. analysis.Terms.Zip(frequencies, (term, frequency) =>
                    term.Focus * TermWeight.Of(term.Term, frequency, candidates.PassageCount, analysis.Language)),
            ],
        });
    }

    /// <summary>The question's vector; an empty one, and why, when it cannot be had or compared: words alone find the passages then.</summary>
    private async Task<(ReadOnlyMemory<float> Vector, string? Notice)> EmbedAsync(
        StandaloneQuestion question, IndexState state, CancellationToken cancellationToken)
    {
        if (!EmbeddingSpace.IsThatOf(space, state.Fingerprint))
        {
            return (default, "The index was built with another embedding model and is still to be rebuilt; until then passages are found by their words only.");
        }

        try
        {
            var vector = await embeddings.GenerateVectorAsync(question.Display, QuestionEmbedding.CreateOptions(), cancellationToken);
            return state.Dimensions is not { } dimensions || vector.Length == dimensions
                ? (vector, null)
                : (default, $"The embedding model gives vectors of {vector.Length} values and the index holds vectors of {dimensions}; passages were found by their words only.");
        }
        catch (EmbeddingUnavailableException unavailable)
        {
            return (default, $"Passages were found by their words only. {unavailable.Message}");
        }
    }

    /// <summary>The question's language where documents are in it, else the language of most documents.</summary>
    private static string? LanguageOf(StandaloneQuestion question, IReadOnlyList<string> languages) =>
        LanguageDetector.Detect(question.Display) is { } detected && languages.Contains(detected) ? detected
            : languages.Count > 0 ? languages[0] : null;
}

namespace Assistant.Core.Answering;

/// <summary>What an answerer makes of the evidence, before its citations are verified.</summary>
internal sealed record AnswerDraft
{
    /// <summary>Sentences in the order they are read; empty when the evidence does not answer the question.</summary>
    public IReadOnlyList<AnswerStatement> Statements { get; init; } = [];

    /// <summary>Words of the question, as asked, that the evidence does not cover.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>How sure it is that the evidence answers the question, 0 to 1.</summary>
    public double Confidence { get; init; }

    /// <summary>What <see cref="Confidence"/> was made of; null without evidence.</summary>
    public ConfidenceSignals? Signals { get; init; }
}

/// <summary>One sentence of an answer and what proves it.</summary>
/// <param name="Text">The sentence as it is read.</param>
/// <param name="Sources">Ranges that prove it; never empty.</param>
internal sealed record AnswerStatement(string Text, IReadOnlyList<SourceRange> Sources);

namespace Assistant.Core.Retrieval;

/// <summary>The terms of a passage with the numbers by which one question knows its words.</summary>
/// <param name="Terms">The terms.</param>
/// <param name="Numbers">Number of each of <see cref="PassageTerms.Words"/> (<see cref="TermAffinity.NumberOf"/>).</param>
internal readonly record struct NumberedTerms(PassageTerms Terms, int[] Numbers)
{
    /// <summary>Average length of passages; 1 when there is none.</summary>
    public static double AverageLength(NumberedTerms[] passages) =>
        passages.Select(passage => (double)passage.Terms.Length).DefaultIfEmpty(1).Average();
}

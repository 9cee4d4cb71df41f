using Assistant.Core.Passages;
using Assistant.Core.Retrieval;

namespace Assistant.Core.Answering;

/// <summary>
/// Answers questions that a whole section answers together (“What are the differing views?”): a sentence of each of its sub-sections.
/// </summary>
internal static class SectionGathering
{
    /// <summary>Share of the question's weight that the heading covers, for a question whose form asks for several things.</summary>
    private const double ForSeveralThings = 0.5;

    /// <summary>The same for a question whose form does not tell (“What is proposed?”): the heading is the question.</summary>
    private const double ForOneThing = 0.9;

    /// <summary>A sentence of each sub-section of the section that answers; null when no section answers as a whole.</summary>
    public static IReadOnlyList<RankedSentence>? Gather(Evidence evidence, IReadOnlyList<RankedSentence> ranked, int most)
    {
        var needed = evidence.Analysis.AnswerType switch
        {
            AnswerType.List => ForSeveralThings,
            AnswerType.Any => ForOneThing,
            _ => double.PositiveInfinity,
        };
        if (ranked.Count == 0 || double.IsPositiveInfinity(needed))
        {
            return null;
        }

        var question = ranked[0].Sentence.Question;
        var section = evidence.Passages
            .SelectMany(passage => PassageTerms.Of(passage.Passage).Headings.SkipLast(1)
                .Select((heading, i) => (passage.Passage, Depth: i + 1, Coverage: question.Share(question.Coverage(heading)))))
            .Where(candidate => candidate.Coverage >= needed)
            .Select(candidate => (candidate.Passage.DocumentId, Path: PathOf(candidate.Passage, candidate.Depth), candidate.Depth, candidate.Coverage))
            .OrderByDescending(candidate => candidate.Coverage)
            .ThenBy(candidate => candidate.DocumentId, StringComparer.Ordinal)
            .ThenBy(candidate => candidate.Path, StringComparer.Ordinal)
            .FirstOrDefault();
        if (section.Path is null)
        {
            return null;
        }

        var children = ranked
            .Where(sentence => sentence.Passage.DocumentId == section.DocumentId
                && sentence.Passage.Headings.Count > section.Depth
                && PathOf(sentence.Passage, section.Depth) == section.Path)
            .GroupBy(sentence => sentence.Passage.Headings[section.Depth], StringComparer.Ordinal)
            .Select(child => child.OrderBy(sentence => sentence.Span.Start).ToList())
            .OrderBy(child => child[0].Span.Start)
            .ToList();
        if (children.Count < 2)
        {
            return null;
        }

        // A sub-section says what it is about in its first sentence; where there are few, its second has room too.
        var each = Math.Max(1, most / Math.Max(2, children.Count));
        return [.. children.Take(most).SelectMany(child => child.Take(each))];
    }

    /// <summary>The outermost headings of a passage as one string.</summary>
    private static string PathOf(Passage passage, int depth) => string.Join('\n', passage.Headings.Take(depth));

    /// <summary>
    /// What stands in the sections beside those of the sentences that were read: “the others”. Null when there are none.
    /// </summary>
    public static IReadOnlyList<RankedSentence>? Beside(IReadOnlyList<RankedSentence> ranked, IEnumerable<RankedSentence> read, int most)
    {
        var readSections = read.Where(sentence => sentence.Passage.Headings.Count > 1)
            .Select(sentence => (sentence.Passage.DocumentId, Path: string.Join('\n', sentence.Passage.Headings), Parent: ParentOf(sentence)))
            .ToHashSet();
        var others = ranked
            .Where(sentence => sentence.Passage.Headings.Count > 1
                && readSections.Any(section => section.DocumentId == sentence.Passage.DocumentId && section.Parent == ParentOf(sentence))
                && !readSections.Any(section => section.Path == string.Join('\n', sentence.Passage.Headings)))
            .OrderBy(sentence => sentence.Passage.DocumentId, StringComparer.Ordinal)
            .ThenBy(sentence => sentence.Span.Start)
            .GroupBy(sentence => (sentence.Passage.DocumentId, string.Join('\n', sentence.Passage.Headings)))
            .ToList();
        return others.Count == 0 ? null : [.. others.Take(most).SelectMany(section => section.Take(Math.Max(1, most / Math.Max(2, others.Count))))];

        static string ParentOf(RankedSentence sentence) => string.Join('\n', sentence.Passage.Headings.SkipLast(1));
    }
}

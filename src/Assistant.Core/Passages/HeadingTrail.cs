using Assistant.Core.Documents;

namespace Assistant.Core.Passages;

/// <summary>Tells the section that a position lies in, for positions asked for in ascending order.</summary>
internal sealed class HeadingTrail(IReadOnlyList<Section> sections)
{
    private readonly Stack<Section> open = new();
    private int next;

    /// <summary>The innermost section around <paramref name="position"/>; null before the first.</summary>
    public Section? At(int position)
    {
        while (next < sections.Count && sections[next].Span.Start <= position)
        {
            open.Push(sections[next++]);
        }

        while (open.TryPeek(out var section) && section.Span.End <= position)
        {
            open.Pop();
        }

        return open.TryPeek(out var innermost) ? innermost : null;
    }
}

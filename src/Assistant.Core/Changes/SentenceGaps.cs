namespace Assistant.Core.Changes;

/// <summary>The stretches between pairs that kept their order: two unpaired sentences in the same gap stand at the same place.</summary>
internal sealed class SentenceGaps
{
    private readonly int[] ofBefore;
    private readonly int[] ofAfter;

    public SentenceGaps(Alignment alignment, IReadOnlyList<int> inOrder)
    {
        ofBefore = Number(alignment.BeforeCount, inOrder);
        ofAfter = Number(alignment.AfterCount, [.. inOrder.Select(alignment.AfterOf)]);
    }

    public int OfBefore(int sentence) => ofBefore[sentence];

    public int OfAfter(int sentence) => ofAfter[sentence];

    private static int[] Number(int count, IReadOnlyList<int> borders)
    {
        var gaps = new int[count];
        var passed = 0;
        for (var i = 0; i < count; i++)
        {
            gaps[i] = passed;
            passed += passed < borders.Count && borders[passed] == i ? 1 : 0;
        }

        return gaps;
    }
}

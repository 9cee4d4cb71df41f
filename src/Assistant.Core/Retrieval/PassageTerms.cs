using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Assistant.Core.Passages;
using Assistant.Core.Text;

namespace Assistant.Core.Retrieval;

/// <summary>The terms of a passage whatever is asked: how often each occurs, by what counts where it stands, and in what order.</summary>
internal sealed class PassageTerms
{
    /// <summary>What a word in the title or the headings counts beside one in the text.</summary>
    private const int HeadFactor = 2;

    /// <summary>Stands between title, headings and text in <see cref="InOrder"/>: words on both sides of it are not neighbours. No term is empty.</summary>
    private const string Boundary = "";

    /// <summary>Kept as long as the passage itself is: an index that keeps passages in memory spares the next question this work.</summary>
    private static readonly ConditionalWeakTable<Passage, PassageTerms> Known = [];

    private PassageTerms(Passage passage)
    {
        var frequencies = new Dictionary<string, int>(StringComparer.Ordinal);
        var inOrder = new List<string>();
        // A document's title is often its first heading too, and a document without text has its title for text: once is enough.
        var title = passage.Title;
        Add(title, HeadFactor);
        foreach (var heading in passage.Headings)
        {
            if (heading != title)
            {
                Add(heading, HeadFactor);
            }
        }

        if (passage.Text != title)
        {
            Add(passage.Text, 1);
        }

        Frequencies = [.. frequencies];
        InOrder = [.. inOrder];
        Length = frequencies.Values.Sum();

        void Add(string text, int factor)
        {
            foreach (var term in TextAnalyzer.Terms(text, passage.Language))
            {
                CollectionsMarshal.GetValueRefOrAddDefault(frequencies, term, out _) += factor;
                inOrder.Add(term);
            }

            inOrder.Add(Boundary);
        }
    }

    /// <summary>Every term with its occurrences, one in title or headings counting <see cref="HeadFactor"/>.</summary>
    public KeyValuePair<string, int>[] Frequencies { get; }

    /// <summary>Its terms in reading order.</summary>
    public string[] InOrder { get; }

    /// <summary>Sum of all occurrences.</summary>
    public int Length { get; }

    public static PassageTerms Of(Passage passage) => Known.GetValue(passage, unknown => new PassageTerms(unknown));
}

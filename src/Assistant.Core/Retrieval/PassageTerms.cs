using System.Runtime.CompilerServices;
using Assistant.Core.Embeddings;
using Assistant.Core.Passages;
using Assistant.Core.Text;

namespace Assistant.Core.Retrieval;

/// <summary>The terms of a passage whatever is asked: how often each occurs, by what counts where it stands, and in what order.</summary>
internal sealed class PassageTerms
{
    /// <summary>What a word in the title or the headings counts beside one in the text.</summary>
    private const int HeadFactor = 2;

    /// <summary>Stands between title, headings and text in <see cref="InOrder"/>: words on both sides of it are not neighbours.</summary>
    public const int Boundary = -1;

    /// <summary>Kept as long as the passage itself is: an index that keeps passages in memory spares the next question this work.</summary>
    private static readonly ConditionalWeakTable<Passage, PassageTerms> Known = [];

    private PassageTerms(Passage passage)
    {
        var places = new Dictionary<Word, int>();
        var words = new List<Word>();
        var counts = new List<int>();
        var inOrder = new List<int>();
        Headings = [.. passage.Headings.Select(WordsOf)];
        // A document's title is often its first heading too, and a document without text has its title for text: once is enough.
        var title = passage.Title;
        Add(WordsOf(title), HeadFactor);
        for (var i = 0; i < Headings.Length; i++)
        {
            if (passage.Headings[i] != title)
            {
                Add(Headings[i], HeadFactor);
            }
        }

        if (passage.Text != title)
        {
            Add(WordsOf(passage.Text), 1);
        }

        Words = [.. words];
        Counts = [.. counts];
        InOrder = [.. inOrder];
        Length = counts.Sum();

        Word[] WordsOf(string text) => Word.AllOf(TextAnalyzer.Terms(text, passage.Language));

        void Add(Word[] added, int factor)
        {
            foreach (var word in added)
            {
                if (!places.TryGetValue(word, out var place))
                {
                    places[word] = place = words.Count;
                    words.Add(word);
                    counts.Add(0);
                }

                counts[place] += factor;
                inOrder.Add(place);
            }

            inOrder.Add(Boundary);
        }
    }

    /// <summary>Its words, each once.</summary>
    public Word[] Words { get; }

    /// <summary>How often each of <see cref="Words"/> occurs, once in title or headings counting <see cref="HeadFactor"/>.</summary>
    public int[] Counts { get; }

    /// <summary>The passage in reading order, as indexes of <see cref="Words"/>.</summary>
    public int[] InOrder { get; }

    /// <summary>The words of each of the headings above it.</summary>
    public Word[][] Headings { get; }

    /// <summary>Sum of all occurrences.</summary>
    public int Length { get; }

    /// <summary>What the whole means, by <see cref="SentenceTable"/>.</summary>
    public float[] Vector => field ??= SentenceTable.Shared.Embed(Words.Zip(Counts, (word, count) => KeyValuePair.Create(word.Term, count)));

    public static PassageTerms Of(Passage passage) => Known.GetValue(passage, unknown => new PassageTerms(unknown));
}

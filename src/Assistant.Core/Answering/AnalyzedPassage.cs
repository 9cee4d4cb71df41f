using System.Runtime.CompilerServices;
using Assistant.Core.Embeddings;
using Assistant.Core.Passages;
using Assistant.Core.Retrieval;
using Assistant.Core.Text;

namespace Assistant.Core.Answering;

/// <summary>What is known of a passage and its sentences whatever is asked: their terms, names and vectors.</summary>
internal sealed class AnalyzedPassage
{
    /// <summary>Kept as long as the passage itself is: an index that keeps passages in memory spares the next question this work.</summary>
    private static readonly ConditionalWeakTable<Passage, AnalyzedPassage> Known = [];

    private AnalyzedPassage(Passage passage)
    {
        TitleWords = Word.AllOf(TextAnalyzer.Terms(passage.Title, passage.Language));
        var headings = string.Join('\n', passage.Headings);
        HeadingWords = Word.AllOf(TextAnalyzer.Terms(headings, passage.Language));
        Sentences = [.. passage.Sentences.Select((_, index) => new AnalyzedSentence(passage, index, headings))];
    }

    public Word[] TitleWords { get; }

    public Word[] HeadingWords { get; }

    public IReadOnlyList<AnalyzedSentence> Sentences { get; }

    public static AnalyzedPassage Of(Passage passage) => Known.GetValue(passage, unknown => new AnalyzedPassage(unknown));
}

/// <summary>What is known of a sentence whatever is asked.</summary>
internal sealed class AnalyzedSentence
{
    public AnalyzedSentence(Passage passage, int index, string headings)
    {
        Text = passage.Sentence(passage.Sentences[index]).ToString();
        HeadRow = BareRow.HeadOf(passage, index);
        AsRead = HeadRow is { } head ? BareRow.UnderHead(passage.Sentence(passage.Sentences[head]).ToString(), Text) : Text;
        var words = TextAnalyzer.Words(AsRead, passage.Language);
        Words = Word.AllOf(words.Where(word => !word.IsStopword).Select(word => word.Term));
        Names = Word.AllOf(words.Skip(1).Where(word => !word.IsStopword && char.IsUpper(AsRead[word.Span.Start])).Select(word => word.Term));
        Vector = SentenceTable.Shared.Embed(AsRead);
        VectorInContext = headings.Length == 0 ? Vector : SentenceTable.Shared.Embed(headings + "\n" + AsRead);
    }

    /// <summary>The text as it stands in the document.</summary>
    public string Text { get; }

    /// <summary>The text as one reads it who sees where it stands: a bare row of a table under its head, all else as it is.</summary>
    public string AsRead { get; }

    /// <summary>Which sentence of the passage is the head of the table that it is a bare row of; null when it is none.</summary>
    public int? HeadRow { get; }

    /// <summary>The text as it reads inside a line, which is how answers quote it. Needed of few sentences but by follow-up questions.</summary>
    public string OneLine => field ??= ExtractiveAnswerer.OnOneLine(Text);

    /// <summary>Its words, in order, repeated as they occur.</summary>
    public Word[] Words { get; }

    /// <summary>Its words, each once. Few sentences are ever compared by them.</summary>
    public IReadOnlySet<Word> DistinctWords => field ??= new HashSet<Word>(Words);

    /// <summary>The words that are written like names, the first word left out.</summary>
    public Word[] Names { get; }

    /// <summary>What it means, by <see cref="SentenceTable"/>.</summary>
    public float[] Vector { get; }

    /// <summary>The vector with the headings above the sentence in front of it.</summary>
    public float[] VectorInContext { get; }
}

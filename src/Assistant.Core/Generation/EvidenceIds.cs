using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Assistant.Core.Answering;
using Assistant.Core.Documents;
using Assistant.Core.Passages;
using Assistant.Core.Retrieval;

namespace Assistant.Core.Generation;

/// <summary>A sentence of the evidence that a model may cite.</summary>
/// <param name="Passage">Its passage.</param>
/// <param name="Index">Its position in the passage.</param>
/// <param name="Text">The sentence as it stands in the document.</param>
internal sealed record EvidenceSentence(Passage Passage, int Index, string Text)
{
    public TextSpan Span => Passage.Sentences[Index];

    public SourceRange Source => new(Passage.DocumentId, Passage.Version, Span);
}

/// <summary>
/// The ids of one question's sentences: three letters, a number. The letters come from the question and a key that lives as long as
/// the process, and are others when the evidence holds them, so that no document can write an id that means something.
/// </summary>
internal sealed class EvidenceIds
{
    /// <summary>Passages that are offered to a model.</summary>
    private const int MostPassages = 16;

    /// <summary>No vowels: the letters never make a word.</summary>
    private const string Letters = "BCDFGHJKLMNPQRSTVWXZ";

    private const int MarkLength = 3;

    private static readonly byte[] ProcessKey = RandomNumberGenerator.GetBytes(32);

    private readonly Dictionary<string, EvidenceSentence> sentences = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<NumberedPassage> passages = [];

    public EvidenceIds(Evidence evidence, byte[]? key = null)
    {
        var ranked = evidence.Passages.Take(MostPassages).Select(passage => passage.Passage).ToList();
        Mark = MarkOf(evidence.Question.Display, ranked, key ?? ProcessKey);
        foreach (var passage in ranked)
        {
            var numbered = new List<NumberedSentence>();
            for (var i = 0; i < passage.Sentences.Count; i++)
            {
                var text = passage.Sentence(passage.Sentences[i]).ToString();
                var id = string.Create(CultureInfo.InvariantCulture, $"{Mark}{sentences.Count + 1}");
                sentences.Add(id, new EvidenceSentence(passage, i, text));
                numbered.Add(new NumberedSentence(id, ModelText.OneLine(text)));
            }

            passages.Add(new NumberedPassage([.. passage.Headings.Prepend(passage.Title).Select(ModelText.OneLine)], numbered));
        }
    }

    /// <summary>The letters that begin every id.</summary>
    public string Mark { get; }

    /// <summary>What a model is shown.</summary>
    public IReadOnlyList<NumberedPassage> Passages => passages;

    /// <summary>The sentence of an id; null for one that was never given.</summary>
    public EvidenceSentence? Find(string id) => sentences.GetValueOrDefault(id);

    private static string MarkOf(string question, IReadOnlyList<Passage> passages, byte[] key)
    {
        for (var attempt = 0; ; attempt++)
        {
            var hash = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{attempt}\n{question}")));
            var mark = string.Concat(hash.Take(MarkLength).Select(value => Letters[value % Letters.Length]));
            // A text can hold a few of the 8,000 marks, but not one that it does not know beforehand.
            if (attempt == byte.MaxValue || !passages.Any(passage => passage.IndexedText.Contains(mark, StringComparison.OrdinalIgnoreCase)))
            {
                return mark;
            }
        }
    }
}

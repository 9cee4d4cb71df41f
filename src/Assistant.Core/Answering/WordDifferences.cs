using DiffPlex;
using DiffPlex.Chunkers;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace Assistant.Core.Answering;

/// <summary>Compares what a document says with what a quotation makes of it.</summary>
internal static class WordDifferences
{
    /// <summary>Both texts in one, word by word.</summary>
    public static IReadOnlyList<WordDifference> Between(string document, string quotation)
    {
        var pieces = InlineDiffBuilder.Diff(
            Differ.Instance, CollapsedText.Of(document), CollapsedText.Of(quotation), ignoreWhiteSpace: false, ignoreCase: false, new WordChunker());
        var differences = new List<WordDifference>();
        foreach (var piece in pieces.Lines)
        {
            var kind = piece.Type switch
            {
                ChangeType.Deleted => DifferenceKind.LeftOut,
                ChangeType.Inserted => DifferenceKind.PutIn,
                _ => DifferenceKind.Same,
            };
            if (differences.Count > 0 && differences[^1].Kind == kind)
            {
                differences[^1] = new WordDifference(kind, differences[^1].Text + piece.Text);
            }
            else
            {
                differences.Add(new WordDifference(kind, piece.Text));
            }
        }

        return differences;
    }
}

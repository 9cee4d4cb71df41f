using System.Text;
using Assistant.Core.Documents;
using FsCheck;
using FsCheck.Fluent;

namespace Assistant.Core.Tests.Passages;

/// <summary>Documents made of blocks, as a reader would hand them on.</summary>
internal static class Versions
{
    private static readonly BlockKind[] Kinds = Enum.GetValues<BlockKind>();

    /// <summary>A block to build a document of; a heading is of the level given.</summary>
    public sealed record Piece(BlockKind Kind, string Text, int Level = 1);

    /// <summary>Documents of any blocks with any text.</summary>
    public static Arbitrary<DocumentVersion> Any { get; } =
        (from kind in Gen.Elements(Kinds)
         from text in Texts.Any.Generator
         from repeats in Gen.Frequency((8, Gen.Constant(1)), (2, Gen.Choose(1, 60)))
         from level in Gen.Choose(1, 4)
         select new Piece(kind, string.Concat(Enumerable.Repeat(text, repeats)), level))
        .ListOf().Select(pieces => Of([.. pieces])).ToArbitrary();

    public static Piece Paragraph(string text) => new(BlockKind.Paragraph, text);

    public static Piece Heading(string text, int level = 1) => new(BlockKind.Heading, text, level);

    public static Piece Item(string text) => new(BlockKind.ListItem, text);

    public static DocumentVersion Of(params Piece[] pieces)
    {
        var text = new StringBuilder();
        var blocks = new List<TextBlock>();
        var sections = new List<Section>();
        foreach (var piece in pieces)
        {
            var content = piece.Text.Trim();
            if (content.Length == 0)
            {
                continue;
            }

            var start = text.Append(text.Length == 0 ? "" : "\r\n\r\n").Length;
            blocks.Add(new TextBlock(piece.Kind, new TextSpan(start, text.Append(content).Length)));
            if (piece.Kind == BlockKind.Heading)
            {
                Close(piece.Level, start);
                var parent = sections.LastOrDefault(section => section.Span.End == int.MaxValue);
                sections.Add(new Section([.. parent?.Path ?? [], content], piece.Level, new TextSpan(start, int.MaxValue)));
            }
        }

        Close(0, text.Length);
        return new DocumentVersion
        {
            DocumentId = "notes/a.md",
            Number = 3,
            OwnTitle = "A title",
            Text = text.ToString(),
            Blocks = blocks,
            Sections = sections,
            Metadata = new DocumentMetadata { Language = "en" },
            ContentHash = new string('0', 64),
            IngestedAt = DateTimeOffset.UnixEpoch,
        };

        void Close(int level, int end)
        {
            for (var i = 0; i < sections.Count; i++)
            {
                if (sections[i].Span.End == int.MaxValue && sections[i].Level >= level)
                {
                    sections[i] = sections[i] with { Span = new TextSpan(sections[i].Span.Start, end) };
                }
            }
        }
    }
}

using Assistant.Core.Answering;
using Assistant.Core.Documents;

namespace Assistant.Console.Tests.Rendering;

internal static class Samples
{
    public const string Text = "Heading\n\nEurope was  careful.\nSome states urged prudence, citing law. Others went ahead.\n\nThe end.";

    public const string Quote = "Some states urged prudence, citing law.";

    public static DocumentVersion Version { get; } = new()
    {
        DocumentId = "talks.md",
        Number = 2,
        OwnTitle = "The talks",
        Text = Text,
        Blocks =
        [
            new TextBlock(BlockKind.Heading, new TextSpan(0, 7)),
            new TextBlock(BlockKind.Paragraph, new TextSpan(9, 88)),
            new TextBlock(BlockKind.Paragraph, new TextSpan(90, 98)),
        ],
        ContentHash = new string('0', 64),
        IngestedAt = DateTimeOffset.UnixEpoch,
    };

    public static Citation Citation { get; } = Cite(1, Quote);

    public static Answer Answered { get; } = new()
    {
        Outcome = Outcome.Answered,
        Text = $"{Quote} [1]",
        Citations = [Citation],
        Question = "Who urged prudence?",
        AnsweredBy = "extractive",
    };

    public static Answer NotInDocuments { get; } = new()
    {
        Outcome = Outcome.NotInDocuments,
        Text = "The documents do not answer this question.",
        Missing = ["football", "score"],
        Related = [new RelatedPassage("talks.md", 2, "The talks", ["Heading"], Quote, 30, 69)],
        Question = "What was the football score?",
        AnsweredBy = "extractive",
    };

    public static Citation Cite(int number, string quote, string title = "The talks", string documentId = "talks.md") =>
        new(number, documentId, 2, title, ["Heading"], quote, 30, 30 + quote.Length);
}

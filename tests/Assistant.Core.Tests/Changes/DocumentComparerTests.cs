using Assistant.Core.Changes;
using Assistant.Core.Documents;
using static Assistant.Core.Tests.Passages.Versions;

namespace Assistant.Core.Tests.Changes;

public sealed class DocumentComparerTests
{
    [Fact]
    public void A_new_sentence_is_added_and_a_missing_one_removed()
    {
        var changes = Compare(
            [Heading("Trade"), Paragraph("The harbour exported herring. Most of the fish went to Hamburg.")],
            [Heading("Trade"), Paragraph("The harbour exported herring."), Paragraph("A lighthouse was built in the north.")]);

        Assert.Equal(["- Most of the fish went to Hamburg.", "+ A lighthouse was built in the north."], changes.Changes.Select(Short));
        Assert.Equal(2, changes.Unchanged);
        Assert.All(changes.Changes, change => Assert.Equal(["Trade"], (change.Before ?? change.After)!.Headings));
    }

    [Fact]
    public void A_reworded_sentence_shows_its_words_and_its_values()
    {
        var changes = Compare(
            [Paragraph("The fund holds 2 billion euros. It was agreed on 12 May in Paris.")],
            [Paragraph("The fund now holds 3 billion euros. It was agreed on 14 May in Paris.")]);

        Assert.Equal(["~ The fund {+now +}holds [-2-]{+3+} billion euros.", "~ It was agreed on [-12-]{+14+} May in Paris."], changes.Changes.Select(Short));
        Assert.Equal(["Amount: 2 billion euros → 3 billion euros", "Date: 12 May → 14 May"], changes.Changes.SelectMany(Values));
    }

    [Fact]
    public void A_sentence_that_stands_elsewhere_has_moved_and_the_shorter_one_of_two_is_it()
    {
        var changes = Compare(
            [Paragraph("A short one stood first."), Paragraph("A much longer sentence stood behind it in the very same place.")],
            [Paragraph("A much longer sentence stood behind it in the very same place."), Paragraph("A short one stood first.")]);

        Assert.Equal(["> A short one stood first."], changes.Changes.Select(Short));
    }

    [Fact]
    public void A_sentence_under_another_heading_has_moved_but_not_under_a_reworded_one()
    {
        var moved = Compare(
            [Heading("Trade"), Paragraph("Herring was sold."), Paragraph("It rained."), Heading("Weather"), Paragraph("It was cold.")],
            [Heading("Trade"), Paragraph("Herring was sold."), Heading("Weather"), Paragraph("It rained."), Paragraph("It was cold.")]);
        var renamed = Compare(
            [Heading("Trade in the harbour"), Paragraph("Herring was sold.")], [Heading("Trade in the old harbour"), Paragraph("Herring was sold.")]);

        var change = Assert.Single(moved.Changes, change => !change.After!.Quote.Equals("Weather", StringComparison.Ordinal));
        Assert.Equal(("> It rained.", "Trade", "Weather"), (Short(change), change.Before!.Headings[0], change.After!.Headings[0]));
        Assert.Equal(["~ Trade in the {+old +}harbour"], renamed.Changes.Select(Short));
    }

    [Fact]
    public void A_sentence_may_be_reworded_and_moved()
    {
        var changes = Compare(
            [Paragraph("The lighthouse keeper rescued nine sailors in the great storm."), Heading("Railway"), Paragraph("The narrow railway closed because lorries were cheaper."), Paragraph("Nobody missed it for many years after that.")],
            [Heading("Railway"), Paragraph("The narrow railway closed because lorries were cheaper."), Paragraph("Nobody missed it for many years after that."), Paragraph("The lighthouse keeper rescued ten sailors in the great storm.")]);

        var change = Assert.Single(changes.Changes);
        Assert.True(change.Moved);
        Assert.Equal("~ The lighthouse keeper rescued [-nine-]{+ten+} sailors in the great storm.", Short(change));
        Assert.Equal(["Number: nine → ten"], Values(change));
    }

    [Fact]
    public void White_space_and_line_breaks_are_no_change() =>
        Assert.Empty(Compare([Paragraph("One sentence\nof two lines. Another.")], [Paragraph("One  sentence of two\r\nlines."), Paragraph("Another.")]).Changes);

    [Fact]
    public void Sentences_that_share_common_words_only_are_not_reworded() =>
        Assert.Equal(
            [SentenceChangeKind.Removed, SentenceChangeKind.Added],
            Compare([Paragraph("The orchard grows apples on the hill.")], [Paragraph("The tram runs along the shore in the evening.")])
                .Changes.Select(change => change.Kind).OrderDescending());

    [Fact]
    public void Rows_of_a_table_that_hold_other_things_are_not_reworded_for_their_numbers()
    {
        var changes = Compare([new Piece(BlockKind.TableRow, "Paris | 51 | 62")], [new Piece(BlockKind.TableRow, "Berlin | 73 | 84")]);

        Assert.DoesNotContain(changes.Changes, change => change.Kind == SentenceChangeKind.Reworded);
        Assert.Equal(
            ["Number: 62 → 63"],
            Compare([new Piece(BlockKind.TableRow, "Paris | 51 | 62")], [new Piece(BlockKind.TableRow, "Paris | 51 | 63")]).Changes.SelectMany(Values));
    }

    [Fact]
    public void Of_similar_sentences_each_is_paired_with_the_most_similar_one()
    {
        var changes = Compare(
            [Paragraph("Station one measured mild air in spring. Station two measured cold air in winter.")],
            [Paragraph("Station two measured very cold air in winter. Station one measured very mild air in spring.")]);

        Assert.Equal(
            ["Station two measured cold air in winter. / Station two measured very cold air in winter.", "Station one measured mild air in spring. / Station one measured very mild air in spring."],
            changes.Changes.Select(change => $"{change.Before!.Quote} / {change.After!.Quote}"));
    }

    [Fact]
    public void A_long_document_that_changed_everywhere_is_compared_in_a_bounded_number_of_steps()
    {
        // Quadratic work on ten thousand sentences would run for minutes; the test's own limit is generous, so that it fails for nothing else.
        var before = Of([.. Enumerable.Range(0, 10_000).Select(i => Paragraph($"Station {i} measured {i * 7 % 1000} degrees in the year of the survey."))]);
        var after = Of([.. Enumerable.Range(0, 10_000).Select(i => Paragraph($"Station {i} measured {(i * 7 % 1000) + 1} degrees in the year of the survey."))]);

        var changes = DocumentComparer.Compare(before with { Number = 1 }, after with { Number = 2 });

        Assert.Equal(10_000, changes.Changes.Count(change => change.Kind == SentenceChangeKind.Reworded && !change.Moved));
        Assert.All(changes.Changes, change => Assert.Single(change.Values));
    }

    private static DocumentChanges Compare(Piece[] before, Piece[] after) =>
        DocumentComparer.Compare(Of(before) with { Number = 1 }, Of(after) with { Number = 2 });

    private static string Short(SentenceChange change) => change.Kind switch
    {
        SentenceChangeKind.Added => $"+ {change.After!.Quote}",
        SentenceChangeKind.Removed => $"- {change.Before!.Quote}",
        SentenceChangeKind.Moved => $"> {change.After!.Quote}",
        _ => "~ " + string.Concat(change.Words.Select(word => word.Kind switch
        {
            WordChangeKind.Added => $"{{+{word.Text}+}}",
            WordChangeKind.Removed => $"[-{word.Text}-]",
            _ => word.Text,
        })),
    };

    private static IEnumerable<string> Values(SentenceChange change) =>
        change.Values.Select(value => $"{value.Kind}: {value.Before?.Text ?? "(none)"} → {value.After?.Text ?? "(none)"}");
}

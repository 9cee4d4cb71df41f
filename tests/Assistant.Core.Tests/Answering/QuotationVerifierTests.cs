using Assistant.Core.Answering;
using Assistant.Core.Documents;
using Assistant.Core.Embeddings;
using FsCheck;
using FsCheck.Fluent;

namespace Assistant.Core.Tests.Answering;

public sealed class QuotationVerifierTests
{
    private const string Talks =
        "Paris Talks\n\nSome European states urged prudence, emphasizing legal clarity and domestic constraints. Poland asked for a timetable.\n\n"
        + "The coalition agreed to finance air defence for three years. A budget of nine billion euros was named by the chair.";

    private const string Harbour = "Harbour\n\nThe harbour master closed the northern lock on Friday because of a broken gate. Repairs take six weeks.";

    private readonly QuotationVerifier verifier = Verifier(Talks, Harbour);

    [Theory]
    [InlineData("“Some European states urged prudence, emphasizing legal clarity and domestic constraints.”", false)]
    [InlineData("“closed the northern lock”", false)]
    [InlineData("“domestic constraints. Poland asked for a timetable. The coalition agreed to finance”", true)]
    [InlineData("“closed   the\nnorthern lock”", true)]
    [InlineData("> closed the\n> northern lock", true)]
    public async Task What_a_document_says_is_exact_whatever_its_white_space(string text, bool whiteSpaceDiffers)
    {
        var quotation = Assert.Single((await VerifyAsync(text)).Quotations);
        Assert.Equal(QuotationStatus.Exact, quotation.Status);
        Assert.Equal(whiteSpaceDiffers, quotation.WhiteSpaceDiffers);
        Assert.Null(quotation.Differences);
        AssertExact(quotation.Source);
    }

    [Theory]
    [InlineData("“Some European states urged courage, emphasizing legal clarity and domestic constraints.”", "prudence", "courage")]
    [InlineData("“Some European states urged prudence, emphasizing clarity and domestic constraints.”", "legal ", "")]
    [InlineData("“The coalition agreed never to finance air defence for three years.”", "", "never ")]
    [InlineData("“Repairs take two weeks.”", "six", "two")]
    [InlineData("“closed the northern lock on friday because of a broken gate”", "Friday", "friday")]
    public async Task A_changed_quotation_tells_every_changed_word(string text, string leftOut, string putIn)
    {
        var quotation = Assert.Single((await VerifyAsync(text)).Quotations);
        Assert.Equal(QuotationStatus.Altered, quotation.Status);
        AssertExact(quotation.Source);
        Assert.Equal(leftOut, string.Concat(quotation.Differences!.Where(change => change.Kind == DifferenceKind.LeftOut).Select(change => change.Text)));
        Assert.Equal(putIn, string.Concat(quotation.Differences!.Where(change => change.Kind == DifferenceKind.PutIn).Select(change => change.Text)));
    }

    [Theory]
    [InlineData("“The minister resigned after the vote in parliament.”")]
    [InlineData("“The northern coalition on Friday named euros of the gate.”")]
    [InlineData("“he talks went on”")]
    [InlineData("“ome European states urged prudence”")]
    public async Task An_invented_quotation_is_not_exact(string text)
    {
        var quotation = Assert.Single((await VerifyAsync(text)).Quotations);
        Assert.NotEqual(QuotationStatus.Exact, quotation.Status);
    }

    [Fact]
    public async Task A_statement_of_the_same_words_in_another_order_is_not_found()
    {
        var quotation = Assert.Single((await VerifyAsync("“Constraints domestic and clarity legal emphasizing, prudence urged states European some.”")).Quotations);
        Assert.Equal(QuotationStatus.NotFound, quotation.Status);
        Assert.Null(quotation.Source);
    }

    [Fact]
    public async Task A_text_without_quotations_is_checked_sentence_by_sentence()
    {
        var report = await VerifyAsync("Poland asked for a timetable. [1] Repairs take six weeks. [2] [3] The moon is made of old cheese.");
        Assert.True(report.WholeText);
        Assert.Equal([QuotationStatus.Exact, QuotationStatus.Exact, QuotationStatus.NotFound], report.Quotations.Select(quotation => quotation.Status));
    }

    [Fact]
    public async Task A_phrase_that_the_search_does_not_find_is_looked_for_in_every_document()
    {
        // A hundred documents hold the same words in another order; the phrase itself stands in one that ranks behind them.
        var decoys = Enumerable.Range(0, 100).Select(_ => "Lock the gate. Gate of the lock. Lock, gate.");
        var report = await Verifier([.. decoys, new string('x', 3_000) + " and so the lock of the gate was shut again " + new string('y', 3_000)])
            .VerifyAsync("“the lock of the gate was shut”", TestContext.Current.CancellationToken);
        Assert.Equal(QuotationStatus.Exact, Assert.Single(report.Quotations).Status);
    }

    [Fact]
    public async Task More_quotations_than_are_checked_are_counted()
    {
        var report = await VerifyAsync(string.Concat(Enumerable.Repeat("“Repairs take six weeks.” ", QuotationVerifier.MostQuotations + 3)));
        Assert.Equal(QuotationVerifier.MostQuotations, report.Quotations.Count);
        Assert.Equal(3, report.Unchecked);
    }

    [Fact]
    public void Any_stretch_of_whole_words_is_exact_at_its_place() => Prop.ForAll(
        Gen.Choose(0, 10_000).Two().ToArbitrary(),
        choice =>
        {
            var words = Harbour.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
            var from = choice.Item1 % (words.Length - 2);
            var count = 2 + (choice.Item2 % (words.Length - from - 1));
            var stretch = string.Join("  ", words.Skip(from).Take(count));
            var quotation = verifier.VerifyAsync($"« {stretch} »", CancellationToken.None).GetAwaiter().GetResult().Quotations[0];
            Assert.Equal(QuotationStatus.Exact, quotation.Status);
            Assert.Equal(string.Join(' ', words.Skip(from).Take(count)), quotation.Source!.Quote.ReplaceLineEndings(" ").Replace("  ", " ", StringComparison.Ordinal));
        }).Check(Texts.Runs(200));

    [Fact]
    public void Any_text_gets_a_report_whose_sources_are_exact() => Prop.ForAll(Texts.Any, text =>
    {
        foreach (var quotation in verifier.VerifyAsync(text, CancellationToken.None).GetAwaiter().GetResult().Quotations)
        {
            Assert.Equal(quotation.Status == QuotationStatus.NotFound, quotation.Source is null);
            if (quotation.Source is not null)
            {
                AssertExact(quotation.Source);
            }
        }
    }).Check(Texts.Runs(300));

    private Task<QuotationReport> VerifyAsync(string text) => verifier.VerifyAsync(text, TestContext.Current.CancellationToken);

    private static QuotationVerifier Verifier(params string[] texts)
    {
        var corpus = new MemoryCorpus(texts);
        return new QuotationVerifier(corpus, corpus, new BuiltInEmbeddingGenerator(), new CitationVerifier(corpus));
    }

    private static void AssertExact(RelatedPassage? source)
    {
        Assert.NotNull(source);
        var text = source.DocumentId == "0.md" ? Talks : Harbour;
        Assert.Equal(new TextSpan(source.Start, source.End).Of(text), source.Quote);
    }
}

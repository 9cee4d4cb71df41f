using Assistant.Core.Changes;
using Assistant.Core.Documents;
using static Assistant.Core.Tests.Passages.Versions;

namespace Assistant.Core.Tests.Changes;

public sealed class ValueChangeTests
{
    [Theory]
    [InlineData("en", "It cost 2 billion.", "It cost 3 billion.", "Number: 2 billion → 3 billion")]
    [InlineData("en", "It cost $2bn in all.", "It cost $2.5bn in all.", "Amount: $2bn → $2.5bn")]
    [InlineData("en", "It cost two hundred and five dollars.", "It cost two hundred and six dollars.", "Amount: two hundred and five dollars → two hundred and six dollars")]
    [InlineData("en", "Support rose by 5 per cent.", "Support rose by 7 per cent.", "Percentage: 5 per cent → 7 per cent")]
    [InlineData("en", "Support rose by 5% there.", "Support rose by 5.5% there.", "Percentage: 5% → 5.5%")]
    [InlineData("en", "They met on 12 May in Paris.", "They met on 14 May in Paris.", "Date: 12 May → 14 May")]
    [InlineData("en", "They met on May 12, 2025 in Paris.", "They met on June 12, 2025 in Paris.", "Date: May 12, 2025 → June 12, 2025")]
    [InlineData("en", "They met on 12 May 2025 in Paris.", "They met on 12 May in Paris.", "Date: 12 May 2025 → 12 May")]
    [InlineData("en", "It closed in 1956 for good.", "It closed in 1957 for good.", "Date: 1956 → 1957")]
    [InlineData("en", "The doors open at 10:30 today.", "The doors open at 11:00 today.", "Time: 10:30 → 11:00")]
    [InlineData("en", "Twenty-five states joined the group.", "Twenty-six states joined the group.", "Number: Twenty-five → Twenty-six")]
    [InlineData("en", "The price is high this year.", "The price is 5 euros this year.", "Amount: (none) → 5 euros")]
    [InlineData("de", "Das kostet 1.234,50 Euro im Jahr.", "Das kostet 1.250,50 Euro im Jahr.", "Amount: 1.234,50 Euro → 1.250,50 Euro")]
    [InlineData("de", "Es sind zwei Milliarden im Fonds.", "Es sind drei Milliarden im Fonds.", "Number: zwei Milliarden → drei Milliarden")]
    [InlineData("de", "Das Treffen war am 12. März 2025 in Bonn.", "Das Treffen war am 13. März 2025 in Bonn.", "Date: 12. März 2025 → 13. März 2025")]
    [InlineData("de", "Es kamen fünfundzwanzig Staaten dazu.", "Es kamen zweihundertfünfundzwanzig Staaten dazu.", "Number: fünfundzwanzig → zweihundertfünfundzwanzig")]
    [InlineData("de", "Der Anteil liegt bei 5 Prozent davon.", "Der Anteil liegt bei 6 Prozent davon.", "Percentage: 5 Prozent → 6 Prozent")]
    [InlineData("fr", "Le fonds compte deux milliards d'euros.", "Le fonds compte trois milliards d'euros.", "Number: deux milliards → trois milliards")]
    [InlineData("fr", "Elle coûte 12 500 euros par an.", "Elle coûte 13 500 euros par an.", "Amount: 12 500 euros → 13 500 euros")]
    [InlineData("fr", "La réunion est le 1er mai à Paris.", "La réunion est le 3 mai à Paris.", "Date: 1er mai → 3 mai")]
    [InlineData("fr", "Il y a quatre-vingt-dix places ici.", "Il y a soixante-quinze places ici.", "Number: quatre-vingt-dix → soixante-quinze")]
    [InlineData("ru", "Фонд составляет 2 млрд рублей в год.", "Фонд составляет 3 млрд рублей в год.", "Amount: 2 млрд рублей → 3 млрд рублей")]
    [InlineData("ru", "Встреча прошла 12 мая в Париже.", "Встреча прошла 14 мая в Париже.", "Date: 12 мая → 14 мая")]
    [InlineData("ru", "Доля выросла на пять процентов за год.", "Доля выросла на шесть процентов за год.", "Percentage: пять процентов → шесть процентов")]
    public void The_value_that_changed_is_named(string language, string before, string after, string expected) =>
        Assert.Equal([expected], Between(before, after, language));

    [Theory]
    [InlineData("en", "It cost 2,000 dollars then.", "It cost two thousand dollars then.")]
    [InlineData("en", "They met on 12 May 2025 there.", "They met on May 12, 2025 there.")]
    [InlineData("en", "It cost 2.5 billion then.", "It cost 2,500,000,000 then.")]
    [InlineData("de", "Es kostete 2.000 Euro damals.", "Es kostete zweitausend Euro damals.")]
    [InlineData("fr", "Il y a vingt et un pays ici.", "Il y a 21 pays ici.")]
    [InlineData("ru", "Там было двести пять домов всего.", "Там было 205 домов всего.")]
    [InlineData("en", "The F-16 flew over the harbour.", "The F-35 flew over the harbour.")]
    public void A_value_that_is_written_otherwise_and_a_name_with_digits_are_no_change_of_value(string language, string before, string after) =>
        Assert.Empty(Between(before, after, language));

    private static IEnumerable<string> Between(string before, string after, string language)
    {
        var metadata = new DocumentMetadata { Language = language };
        var change = Assert.Single(DocumentComparer.Compare(
            Of(Paragraph(before)) with { Number = 1, Metadata = metadata }, Of(Paragraph(after)) with { Number = 2, Metadata = metadata }).Changes);
        Assert.Equal(SentenceChangeKind.Reworded, change.Kind);
        return change.Values.Select(value => $"{value.Kind}: {value.Before?.Text ?? "(none)"} → {value.After?.Text ?? "(none)"}");
    }
}

using System.Text.RegularExpressions;
using Assistant.Core.Changes;
using Assistant.Core.Text;

namespace Assistant.Core.Answering.Entailment;

/// <summary>
/// Tells whether cited sentences say what a claim says, by its words alone: every content word, number, date, name, quotation and
/// negation of the claim must have its counterpart in them. It understands nothing; what it lets through uses the source's words for
/// the source's numbers, and what it is not sure of it refuses.
/// </summary>
internal static partial class EntailmentCheck
{
    /// <summary>Content words that may stand between a number and what it counts.</summary>
    private const int NearNumber = 5;

    public static EntailmentVerdict Check(string claim, IReadOnlyList<CitedText> sources)
    {
        if (sources.Count == 0)
        {
            return new EntailmentVerdict(EntailmentGap.Nothing);
        }

        if (Markup().Matches(claim).FirstOrDefault(markup => !sources.Any(source => source.Text.Contains(markup.Value, StringComparison.Ordinal))) is { } foreign)
        {
            return new EntailmentVerdict(EntailmentGap.Markup, foreign.Value);
        }

        var language = sources[0].Language;
        var statement = new Statement(claim, language);
        var support = sources.Select(source => new Statement(source.Text, source.Language)).ToList();
        if (statement.Content.Count == 0)
        {
            return new EntailmentVerdict(EntailmentGap.Nothing);
        }

        return Quotations(claim, sources)
            ?? Values(statement, support)
            ?? Words(statement, support, sources)
            ?? Strength(statement, support)
            ?? Negations(statement, support)
            ?? Order(statement, support)
            ?? EntailmentVerdict.Supported;
    }

    /// <summary>Whether a source says any word or value of a claim.</summary>
    public static bool ShareWords(string claim, CitedText source)
    {
        var (statement, support) = (new Statement(claim, source.Language), new Statement(source.Text, source.Language));
        return statement.Content.Any(word => support.Content.Any(known => TermSupport.Stands(word, known, source.Language)))
            || statement.Values.Any(value => support.Values.Any(known => IsSame(value, known)));
    }

    private static EntailmentVerdict? Quotations(string claim, IReadOnlyList<CitedText> sources)
    {
        foreach (var quotation in QuotationFinder.Find(claim))
        {
            // A full stop or comma inside the marks belongs to the sentence that quotes.
            var quoted = CollapsedText.Of(quotation.Of(claim)).TrimEnd('.', ',', ';', '!', '?');
            if (!sources.Any(source => new CollapsedText(source.Text).Find(quoted) is not null))
            {
                return new EntailmentVerdict(EntailmentGap.Quotation, quoted);
            }
        }

        return null;
    }

    private static EntailmentVerdict? Values(Statement claim, IReadOnlyList<Statement> support)
    {
        foreach (var value in claim.Values)
        {
            var same = support.SelectMany(source => source.Values.Where(known => IsSame(value, known)).Select(known => (source, known))).ToList();
            if (same.Count == 0)
            {
                // “one of them” is no number.
                if (value.Meaning == "1 " && char.IsLetter(claim.Text[value.Span.Start]))
                {
                    continue;
                }

                return new EntailmentVerdict(
                    value.Kind is ValueKind.Date or ValueKind.Time ? EntailmentGap.Date : EntailmentGap.Number, value.Span.Of(claim.Text));
            }

            if (value.Kind is ValueKind.Number or ValueKind.Amount or ValueKind.Percentage
                && claim.CountedBy(value) is { } counted
                && !same.Exists(pair => pair.source.Near(pair.known, NearNumber).Any(term => TermSupport.Stands(counted, term, pair.source.Language))))
            {
                return new EntailmentVerdict(EntailmentGap.Number, $"{value.Span.Of(claim.Text)} {counted.Surface}");
            }
        }

        return null;
    }

    /// <summary>Whether the source's value says the claim's: the same, or for a date one that is at least as exact.</summary>
    private static bool IsSame(FoundValue claimed, FoundValue known)
    {
        if (claimed.Meaning == known.Meaning)
        {
            return true;
        }

        if (claimed.Kind != ValueKind.Date || known.Kind != ValueKind.Date)
        {
            return false;
        }

        var (parts, knownParts) = (claimed.Meaning.Split('-'), known.Meaning.Split('-'));
        return parts.Length == knownParts.Length
            && parts.Zip(knownParts).All(pair => pair.First == pair.Second || pair.First is "" or "date:");
    }

    private static EntailmentVerdict? Words(Statement claim, IReadOnlyList<Statement> support, IReadOnlyList<CitedText> sources)
    {
        var framing = EntailmentWords.For(claim.Language).Framing;
        var places = sources.SelectMany(source => TextAnalyzer.Words(source.Place, source.Language).Where(word => !word.IsStopword))
            .Select(word => word.Term).ToHashSet(StringComparer.Ordinal);
        foreach (var word in claim.Content)
        {
            var isSaid = support.Any(source => source.Content.Any(known => TermSupport.Stands(word, known, source.Language)))
                || places.Contains(word.Term)
                || framing.Contains(word.Folded);
            if (!isSaid)
            {
                return new EntailmentVerdict(word.IsName ? EntailmentGap.Name : EntailmentGap.Word, word.Surface);
            }
        }

        return null;
    }

    private static EntailmentVerdict? Strength(Statement claim, IReadOnlyList<Statement> support)
    {
        var words = EntailmentWords.For(claim.Language);
        var said = support.SelectMany(source => source.Small).ToHashSet(StringComparer.Ordinal);
        return claim.Small.FirstOrDefault(word => words.Strong.Contains(word) && !said.Contains(word)) is { } stronger
            ? new EntailmentVerdict(EntailmentGap.Strength, stronger)
            : null;
    }

    /// <summary>Each clause of the claim is held against the clause of the sources that it has most words in common with.</summary>
    private static EntailmentVerdict? Negations(Statement claim, IReadOnlyList<Statement> support)
    {
        var clauses = support.SelectMany(source => source.Clauses.Select(clause => (clause, source.Language))).ToList();
        foreach (var clause in claim.Clauses.Where(clause => clause.Content.Count > 0))
        {
            var shared = clauses.ConvertAll(known => (
                known.clause, Count: clause.Content.Count(word => known.clause.Content.Any(other => TermSupport.Stands(word, other, known.Language)))));
            var most = shared.Count == 0 ? 0 : shared.Max(pair => pair.Count);
            var best = shared.FindAll(pair => pair.Count == most);
            if (!best.Exists(pair => pair.clause.IsNegated == clause.IsNegated))
            {
                return new EntailmentVerdict(EntailmentGap.Negation, clause.Text);
            }

            if (!best.Exists(pair => !pair.clause.IsHedged || clause.IsHedged))
            {
                return new EntailmentVerdict(EntailmentGap.Strength, clause.Text);
            }
        }

        return null;
    }

    /// <summary>
    /// Two names that a source has in one order only keep it: “Russia warned Poland” is not “Poland warned Russia”. Names in a list,
    /// behind a preposition, or around a passive may change places.
    /// </summary>
    private static EntailmentVerdict? Order(Statement claim, IReadOnlyList<Statement> support)
    {
        var names = claim.Names;
        for (var i = 0; i + 1 < names.Count; i++)
        {
            var (first, second) = (names[i], names[i + 1]);
            if (first.Term != second.Term && claim.IsBare(first) && claim.IsBare(second) && !claim.AreListed(first, second)
                && support.Any(source => source.HasOnly(second.Term, first.Term) && source.IsPassive == claim.IsPassive)
                && !support.Any(source => source.HasOnly(first.Term, second.Term)))
            {
                return new EntailmentVerdict(EntailmentGap.Order, $"{first.Surface} … {second.Surface}");
            }
        }

        return null;
    }

    /// <summary>Tags, links of Markdown and addresses of the web.</summary>
    [GeneratedRegex(@"</?[a-zA-Z!][^<>]*>|!?\[[^\]]*\]\([^)]*\)|\b[a-zA-Z][a-zA-Z+.-]*://\S+|\bwww\.\S+|\b(?:javascript|data|mailto):\S+", RegexOptions.CultureInvariant)]
    private static partial Regex Markup();
}

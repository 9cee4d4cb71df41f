using System.Buffers;
using System.Collections.Frozen;
using Assistant.Core.Changes;
using Assistant.Core.Documents;
using Assistant.Core.Text;

namespace Assistant.Core.Answering.Entailment;

/// <summary>A content word of a statement.</summary>
/// <param name="Term">Its stem.</param>
/// <param name="Folded">The word as written, folded.</param>
/// <param name="Surface">The word as written.</param>
/// <param name="Span">Where it stands.</param>
/// <param name="IsName">Whether it is written like a name or holds a digit.</param>
internal sealed record ContentWord(string Term, string Folded, string Surface, TextSpan Span, bool IsName);

/// <summary>A part of a statement that affirms or denies one thing.</summary>
/// <param name="Text">The clause.</param>
/// <param name="Content">Its content words.</param>
/// <param name="IsNegated">Whether it denies.</param>
/// <param name="IsHedged">Whether it leaves open.</param>
internal sealed record Clause(string Text, IReadOnlyList<ContentWord> Content, bool IsNegated, bool IsHedged);

/// <summary>A sentence as it is checked: its values, content words, small words and clauses.</summary>
internal sealed class Statement
{
    private static readonly SearchValues<char> ClauseMarks = SearchValues.Create(",;:.—–()");

    private static readonly FrozenSet<string> Prepositions = new[]
    {
        "in", "at", "on", "from", "to", "for", "of", "with", "by", "near", "during", "into", "under", "between", "among", "against", "about", "after", "before", "since", "until",
    }.ToFrozenSet(StringComparer.Ordinal);

    private readonly List<ContentWord> content = [];
    private readonly List<string> small = [];
    private readonly List<Clause> clauses = [];

    public Statement(string text, string? language)
    {
        Text = text;
        Language = language;
        Values = ValueFinder.Find(text, new TextSpan(0, text.Length), language);
        var rules = EntailmentWords.For(language);
        var (start, last) = (0, 0);
        var (negated, hedged) = (false, false);
        var own = new List<ContentWord>();
        var words = TextAnalyzer.Words(text, language);
        foreach (var word in words)
        {
            var surface = word.Span.Of(text);
            var folded = WithoutApostrophe(surface);
            if (word.Span.Start > last && (rules.Clauses.Contains(folded) || text.AsSpan(last, word.Span.Start - last).ContainsAny(ClauseMarks)))
            {
                EndClause(word.Span.Start);
            }

            last = word.Span.End;
            negated ^= rules.Negations.Contains(folded);
            // The month of May leaves nothing open.
            var isValue = Values.Any(value => value.Span.Overlaps(word.Span));
            hedged |= !isValue && rules.Hedges.Contains(folded);
            small.Add(folded);
            if (!word.IsStopword && !isValue)
            {
                var isName = surface.AsSpan().ContainsAnyInRange('0', '9') || (language != "de" && char.IsUpper(surface[0]) && word != words[0]);
                var contentWord = new ContentWord(word.Term, folded, surface, word.Span, isName);
                content.Add(contentWord);
                own.Add(contentWord);
            }
        }

        EndClause(text.Length);

        void EndClause(int end)
        {
            if (own.Count > 0 || negated)
            {
                clauses.Add(new Clause(text[start..end].Trim(), own, negated, hedged));
                (own, negated, hedged) = ([], false, false);
            }

            start = end;
        }
    }

    public string Text { get; }

    public string? Language { get; }

    /// <summary>Numbers, amounts, dates and times.</summary>
    public IReadOnlyList<FoundValue> Values { get; }

    /// <summary>Content words that are no part of a value, in order.</summary>
    public IReadOnlyList<ContentWord> Content => content;

    /// <summary>All words, folded.</summary>
    public IReadOnlyList<string> Small => small;

    public IReadOnlyList<Clause> Clauses => clauses;

    /// <summary>What a number counts: the content word that follows it directly.</summary>
    public ContentWord? CountedBy(FoundValue value) =>
        content.Find(word => word.Span.Start >= value.Span.End) is { } next
        && Text.AsSpan(value.Span.End, next.Span.Start - value.Span.End).IndexOfAny(ClauseMarks) < 0
        && TextAnalyzer.Words(Text[value.Span.End..next.Span.Start], Language).Count == 0
            ? next
            : null;

    /// <summary>The content words around a value.</summary>
    public IEnumerable<ContentWord> Near(FoundValue value, int count) =>
        content.Where(word => word.Span.Start < value.Span.Start).TakeLast(count)
            .Concat(content.Where(word => word.Span.Start >= value.Span.End).Take(count));

    /// <summary>Words that are written like names, the first word of the sentence included.</summary>
    public IReadOnlyList<ContentWord> Names => Language == "de" ? [] : [.. content.Where(word => char.IsUpper(word.Surface[0]))];

    /// <summary>Whether something is done by somebody.</summary>
    public bool IsPassive => small.Contains("by");

    /// <summary>Whether no preposition or other small word stands in front of a name.</summary>
    public bool IsBare(ContentWord name)
    {
        var before = Text.AsSpan(0, name.Span.Start).TrimEnd();
        var word = before[(before.LastIndexOf(' ') + 1)..];
        return before.IsEmpty || char.IsUpper(word[0]) || !Prepositions.Contains(word.ToString().ToLowerInvariant());
    }

    /// <summary>Whether nothing but “and”, “or” and commas stands between two names.</summary>
    public bool AreListed(ContentWord first, ContentWord second) =>
        TextAnalyzer.Words(Text[first.Span.End..second.Span.Start], Language).All(word => word.Term is "and" or "or" or "und" or "et" or "y" or "и");

    /// <summary>Whether both names stand here bare, and always the first before the second.</summary>
    public bool HasOnly(string first, string second)
    {
        var firsts = Names.Where(name => name.Term == first).ToList();
        var seconds = Names.Where(name => name.Term == second).ToList();
        return firsts.Count > 0 && seconds.Count > 0 && firsts.TrueForAll(IsBare) && seconds.TrueForAll(IsBare)
            && firsts[^1].Span.Start < seconds[0].Span.Start && !AreListed(firsts[^1], seconds[0]);
    }

    private static string WithoutApostrophe(string word)
    {
        var folded = new FoldedText(word).Text;
        return folded.Contains('\'', StringComparison.Ordinal) ? folded.Replace("'", "", StringComparison.Ordinal) : folded;
    }
}

using System.Text.RegularExpressions;
using Assistant.Core.Retrieval;
using Assistant.Core.Text;

namespace Assistant.Core.Answering;

/// <summary>Knows what the sentences of an answer are not understood without: the sentence they lean on, the items of the list they announce, the head of their table.</summary>
internal static partial class QuoteContext
{
    /// <summary>Items of one list.</summary>
    private const int MostItems = 5;

    /// <summary>The chosen sentences with what belongs to them.</summary>
    /// <param name="question">What was asked.</param>
    /// <param name="chosen">The sentences that answer.</param>
    /// <param name="ranked">All sentences that were looked at.</param>
    public static IReadOnlyList<RankedSentence> Complete(
        QuestionAnalysis question, IReadOnlyList<RankedSentence> chosen, IReadOnlyList<RankedSentence> ranked) =>
        WithTableHeads(WithListItems(WithNeighbours(chosen, ranked, AsksForReasonOrStance(question)), ranked, question.AnswerType), ranked);

    /// <summary>
    /// What of an answer is read in one with a sentence of it: what that sentence leans on, and what leans on it, goes on with its
    /// enumeration or is announced by it. In the order of the text.
    /// </summary>
    public static IReadOnlyList<RankedSentence> Together(RankedSentence sentence, IReadOnlyList<RankedSentence> answer)
    {
        var inOrder = answer.Where(other => other.Passage.Id == sentence.Passage.Id).OrderBy(other => other.Sentence.Index).ToList();
        var (from, to) = (inOrder.IndexOf(sentence), inOrder.IndexOf(sentence) + 1);
        while (from > 0 && GoesOn(from))
        {
            from--;
        }

        while (to < inOrder.Count && GoesOn(to))
        {
            to++;
        }

        return inOrder[from..to];

        bool GoesOn(int place) =>
            GoesOnEnumerating().IsMatch(inOrder[place].Text)
            || inOrder[place].Sentence.Analyzed.HeadRow is not null
            || inOrder.Take(place).Any(before => before.Text.EndsWith(':'))
            || (inOrder[place - 1].Sentence.Index + 1 == inOrder[place].Sentence.Index && Leans().IsMatch(inOrder[place].Text));
    }

    /// <summary>Whether a question asks why, or what somebody wants, thinks or says.</summary>
    private static bool AsksForReasonOrStance(QuestionAnalysis question) =>
        question.AnswerType == AnswerType.Reason
        || (LanguageRules.IsEnglish(question.Language) && question.Terms.Any(term => term.Focus == 1 && StanceWords.Ask(term.Term)));

    /// <summary>
    /// A sentence that leans on the one before it (“This approach allows …”) is not understood without it; and a reason, or what
    /// somebody wants, stands as often as not in the sentence that leans on the one that was asked about (“They stressed …”).
    /// </summary>
    private static List<RankedSentence> WithNeighbours(
        IReadOnlyList<RankedSentence> chosen, IReadOnlyList<RankedSentence> ranked, bool goesOn)
    {
        var complete = chosen.ToList();
        foreach (var sentence in chosen)
        {
            if (Leans().IsMatch(sentence.Text) && Neighbour(sentence, -1) is { } before && !complete.Contains(before))
            {
                // Behind the sentence and before the next one: what leads an answer is not cut off at its end.
                complete.Insert(complete.IndexOf(sentence) + 1, before);
            }

            if (goesOn && complete.Count < ExtractiveAnswerer.FewSentences && Neighbour(sentence, +1) is { } next && Leans().IsMatch(next.Text) && !complete.Contains(next))
            {
                complete.Add(next);
            }
        }

        return complete;

        RankedSentence? Neighbour(RankedSentence sentence, int step) => ranked.FirstOrDefault(other =>
            other.Passage.Id == sentence.Passage.Id && other.Sentence.Index == sentence.Sentence.Index + step);
    }

    /// <summary>
    /// A sentence that announces a list (“… the following:”, “Three scenarios … The first …”) answers with its items. Not where one of
    /// them was chosen before it, or a value is asked for, which another sentence holds: then the list is not what is asked.
    /// </summary>
    private static List<RankedSentence> WithListItems(IReadOnlyList<RankedSentence> chosen, IReadOnlyList<RankedSentence> ranked, AnswerType type)
    {
        var complete = new List<RankedSentence>();
        foreach (var sentence in chosen)
        {
            var items = type is AnswerType.Quantity or AnswerType.Time or AnswerType.Name ? [] : ItemsOf(sentence, ranked).ToList();
            var isAsked = type == AnswerType.List || !items.Exists(chosen.TakeWhile(other => other != sentence).Contains);
            complete.AddRange((isAsked ? items.Prepend(sentence) : [sentence]).Except(complete));
        }

        return complete;
    }

    private static IEnumerable<RankedSentence> ItemsOf(RankedSentence announcement, IReadOnlyList<RankedSentence> ranked)
    {
        if (announcement.Text.EndsWith(':'))
        {
            return Behind().Take(MostItems);
        }

        // An enumeration may be interrupted (“The first is … It would … The second is …”); what stands between its items is left out.
        return Behind().FirstOrDefault() is { } first && BeginsEnumeration().IsMatch(first.Text)
            ? Behind().Where(sentence => GoesOnEnumerating().IsMatch(sentence.Text)).Take(MostItems)
            : [];

        IEnumerable<RankedSentence> Behind() => ranked
            .Where(sentence => sentence.Passage.Id == announcement.Passage.Id && sentence.Span.Start > announcement.Span.Start)
            .OrderBy(sentence => sentence.Span.Start);
    }

    /// <summary>A bare row of a table is quoted under its head.</summary>
    private static List<RankedSentence> WithTableHeads(List<RankedSentence> chosen, IReadOnlyList<RankedSentence> ranked)
    {
        var complete = new List<RankedSentence>();
        foreach (var sentence in chosen)
        {
            var head = sentence.Sentence.Analyzed.HeadRow is { } row
                ? ranked.FirstOrDefault(other => other.Passage.Id == sentence.Passage.Id && other.Sentence.Index == row)
                : null;
            complete.AddRange(head is null || complete.Contains(head) || chosen.Contains(head) ? [sentence] : [head, sentence]);
        }

        return complete;
    }

    [GeneratedRegex(
        @"\bever since(?=\W*$|[,;:.])|^\W*(?:they|this|these|those|it|its|such|that|he|she|his|her|their|(?:for|to|with|among) (?:them|him|her|this|that|these|those)|as a (?:result|consequence)|therefore|consequently|since then|sie|er|dies\w*|damit|dadurch|daher|deshalb|deswegen|seitdem|ihre?|seine?|поэтому|с тех пор|они|он|она|это|эти|такая|такие|ils|elles?|il|cela|cette|ces|ellos|ellas|esto|esta|estos|estas)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Leans();

    [GeneratedRegex(@"^\W*(?:(?:the |an? )?first(?:ly)?\b|erstens\b|zum einen\b|(?:der|die|das) erste\b|во-первых|перв(?:ый|ая|ое)\b|premièrement\b|(?:le |la )?premi(?:er|ère)\b|primero\b|en primer lugar\b|(?:el|la) primera?\b)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex BeginsEnumeration();

    [GeneratedRegex(@"^\W*(?:(?:the |an? )?(?:first|one|second|third|fourth|fifth|another|other|last|final)\b|(?:first|second|third|final|last)ly\b|(?:ers|zwei|drit|vier|fünf)tens\b|zum (?:einen|anderen)\b|(?:der|die|das) (?:erste|zweite|dritte|vierte|fünfte|letzte)\b|во-(?:первых|вторых)|в-третьих|(?:перв|втор|треть|четв[её]рт|пят|последн)\w+\b|(?:premi|deuxi|troisi|quatri|cinqui)èmement\b|(?:le |la )?(?:premi(?:er|ère)|deuxième|second|seconde|troisième|quatrième|cinquième|derni(?:er|ère))\b|en (?:primer|segundo|tercer) lugar\b|(?:el|la) (?:primer|segund|tercer|cuart|quint|últim)[oa]?\b)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex GoesOnEnumerating();
}

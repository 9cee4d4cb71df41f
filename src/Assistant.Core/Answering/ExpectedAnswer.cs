using System.Text.RegularExpressions;
using Assistant.Core.Retrieval;
using Assistant.Core.Text;

namespace Assistant.Core.Answering;

/// <summary>
/// What would answer a question for a value: a number, a time or a name that the question does not have itself, near the word for
/// what is asked (“How many <i>troops</i> …”, “Which <i>president</i> …”). A sentence about the right things without such a value
/// does not answer.
/// </summary>
internal sealed partial class ExpectedAnswer
{
    private readonly QuestionAnalysis question;
    private readonly HashSet<string> asked;
    private readonly string? thing;

    public ExpectedAnswer(QuestionAnalysis question)
    {
        this.question = question;
        asked = [.. question.Terms.Select(term => term.Term)];
        thing = ThingOf(question);
    }

    /// <summary>Whether a value is expected at all.</summary>
    public bool IsValue => question.AnswerType is AnswerType.Quantity or AnswerType.Time or AnswerType.Name;

    /// <summary>Whether the question has a word for what it asks.</summary>
    public bool HasThing => thing is not null;

    /// <summary>How plainly a sentence holds such a value.</summary>
    /// <param name="sentence">The sentence.</param>
    /// <param name="language">Its language.</param>
    /// <param name="names">Words that are names also where they begin a sentence.</param>
    /// <returns>
    /// Null when it holds none; else how near one stands to the word for what is asked: 1 beside it, less with every word between,
    /// 0 when that word is not there.
    /// </returns>
    public double? NearnessIn(string sentence, string? language, IReadOnlySet<string> names)
    {
        var words = TextAnalyzer.Words(sentence, language);
        var values = Enumerable.Range(0, words.Count).Where(i => IsExpected(i)).ToList();
        if (values.Count == 0)
        {
            return null;
        }

        var things = Enumerable.Range(0, words.Count).Where(i => words[i].Term == thing).ToList();
        return things.Count == 0 ? 0 : things.Max(i => values.Max(j => 1.0 / Math.Max(1, Math.Abs(i - j))));

        bool IsExpected(int i)
        {
            if (asked.Contains(words[i].Term))
            {
                return false;
            }

            var text = words[i].Span.Of(sentence);
            return question.AnswerType == AnswerType.Name
                ? !words[i].IsStopword && char.IsUpper(text[0]) && (i > 0 || names.Contains(words[i].Term))
                : AnswerTypes.Holds(question.AnswerType, text);
        }
    }

    /// <summary>The word for what is asked, as a term; told by the form of the question alone. Null when it names none.</summary>
    private static string? ThingOf(QuestionAnalysis question)
    {
        var match = Form().Match(question.Question.Text);
        if (!match.Success)
        {
            return null;
        }

        var role = match.Groups["role"];
        var words = TextAnalyzer.Words(role.Success ? role.Value : match.Groups["rest"].Value, question.Language);
        var nouns = words.TakeWhile(word => !word.IsStopword).ToList();
        if (nouns.Count == 0)
        {
            return null;
        }

        // An auxiliary, which is a stopword, ends the noun phrase of “What interest rate does …”; in “Which camp wanted a …” the verb itself is the last word.
        var isClosed = role.Success || (words.Count > nouns.Count && Auxiliary().IsMatch(words[nouns.Count].Span.Of(match.Groups["rest"].Value)));
        var head = isClosed || nouns.Count == 1 ? nouns[^1] : nouns[^2];
        return question.Terms.Any(term => term.Term == head.Term) ? head.Term : null;
    }

    [GeneratedRegex(@"\bnames? of (?:the|a|an)\s+(?<role>[^\p{P}]+?)(?=\s+(?:of|in|for|to|at|by|from|that|who|which|behind)\b|[?.!,;:]|$)|\b(?:who|what|wer|was|qui|quién|кто)\s+(?:is|was|are|were|will be|ist|war|est|es)\s+(?:the|a|an|der|die|das|la|le|el)\s+(?<role>[^\p{P}]+?)\s+(?:of|in|for|to|at|by|from|that|who|which|behind|von|der|des|für|du|de|del)\b|\b(?:how (?:many|much)|which|what|wie ?viele?|welche[rsnm]?|сколько|combien de|quel(?:le)?s?|cuánt[oa]s|qué|как(?:ой|ая|ое|ие|им|их|ую))\s+(?<rest>[^?.!,;:]+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    [GeneratedRegex(@"^(?:is|are|was|were|be|been|do|does|did|has|have|had|will|would|can|could|should|shall|must|may|might|wird|werden|wurden?|hat|haben|hatten?|ist|sind|war|waren)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Auxiliary();
}

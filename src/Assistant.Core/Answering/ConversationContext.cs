using System.Text.RegularExpressions;
using Assistant.Core.Retrieval;
using Assistant.Core.Text;

namespace Assistant.Core.Answering;

/// <summary>Makes a question stand alone by rules: a question without words of its own, or that leans on the last one, takes its words along.</summary>
internal static partial class ConversationContext
{
    /// <summary>Earlier questions that are looked back at: a chain of follow-ups leans on the first of them.</summary>
    private const int FarthestQuestion = 3;

    public static StandaloneQuestion Resolve(Question question)
    {
        var whole = question.Text.Trim();
        var text = AnnouncesNewTopic().Replace(whole, "");
        if (text.Length < whole.Length || !LeansOnConversation(text))
        {
            return new StandaloneQuestion(text.Length > 0 ? text : whole);
        }

        // Back to the last question that stood on its own, whose topic is still the topic.
        var earlier = question.History.Where(turn => turn.Role == ConversationTurn.User).Select(turn => turn.Content.Trim()).ToList();
        var context = new List<string>();
        for (var i = earlier.Count - 1; i >= 0 && context.Count < FarthestQuestion; i--)
        {
            context.Insert(0, earlier[i]);
            if (!LeansOnConversation(earlier[i]))
            {
                break;
            }
        }

        if (context.Count == 0)
        {
            return new StandaloneQuestion(text);
        }

        var last = question.History.LastOrDefault(turn => turn.Role == ConversationTurn.Assistant)?.Content;
        return new StandaloneQuestion(text, string.Join(' ', context))
        {
            Answered = last is null ? null : ExtractiveAnswerer.OnOneLine(last),
            WantsOthers = AsksForOthers().IsMatch(text),
        };
    }

    private static bool LeansOnConversation(string question)
    {
        var language = LanguageDetector.Detect(question);
        var content = TextAnalyzer.Words(question, language).Count(word => !word.IsStopword && !AnswerTypes.IsQuestionWord(word.Term, language));
        return content == 0 || Continues().IsMatch(question) || (content <= 3 && Pronoun().IsMatch(question));
    }

    /// <summary>Words that say that the topic changes; what is asked stands behind them and has nothing of the conversation.</summary>
    [GeneratedRegex(@"^\W*(?:(?:(?:and )?now )?(?:(?:another|a new|new|a different|different|next|changing(?: the)?|change of|to change(?: the)?) (?:topic|subject|question|matter)|(?:(?:on|over|coming|moving on|turning|now) to )?something (?:else|different|unrelated|new)(?: entirely| altogether)?)|(?:ein )?(?:anderes|neues|andere|neue) (?:thema|frage)|themenwechsel|(?:другая|новая) тема|другой вопрос|(?:un )?autre (?:sujet|question)|otr[ao] (?:tema|pregunta))\s*[:,.;—–-]\s*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AnnouncesNewTopic();

    [GeneratedRegex(@"^\W*(and|but|or|so|then|also|what about|how about|why not|und|aber|oder|а|и|но|et|mais|y|pero)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Continues();

    [GeneratedRegex(@"\b(they|them|their|theirs|it|its|he|him|his|she|her|that|those|this|these|there|others?|another|former|latter|else|more|sie|ihr|ihre[nmrs]?|ihnen|er|ihm|diese[rnms]?|andere[nrs]?|они|их|им|он|она|его|её|ее|это|этого|эти|другие|ils|elles?|leurs?|cela|ça|autres?|ellos|ellas|eso|otros?|otras?)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pronoun();

    [GeneratedRegex(@"\b(others|another|else|more|rest|further|remaining|andere[nrs]?|weitere[nrs]?|sonst|другие|других|ещё|еще|autres?|otros?|otras?)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AsksForOthers();
}

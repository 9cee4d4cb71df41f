using System.Text.RegularExpressions;
using Assistant.Core.Answering;
using Assistant.Core.Passages;
using Assistant.Core.Retrieval;
using Assistant.Core.Text;

namespace Assistant.Core.Generation;

/// <summary>Finds questions to ask next: what a model suggests and a sentence answers, and what stands under the headings near the evidence.</summary>
internal static partial class SuggestedQuestions
{
    /// <summary>Questions of one answer.</summary>
    public const int Most = 3;

    /// <summary>A question or heading that is longer is not read at a glance.</summary>
    private const int LongestText = 120;

    /// <summary>Words of a heading that say enough to be asked.</summary>
    private const int FewestWords = 2;

    /// <summary>Passages whose headings are near the evidence.</summary>
    private const int Passages = 12;

    /// <summary>What is suggested: the model's questions, then headings; null when there is nothing sensible.</summary>
    /// <param name="evidence">The evidence of the answer.</param>
    /// <param name="asked">The question as asked and the questions before it.</param>
    /// <param name="citations">What the answer cites: its sections were read.</param>
    /// <param name="suggested">What a model suggested.</param>
    public static IReadOnlyList<SuggestedQuestion>? Near(
        Evidence evidence, IEnumerable<string> asked, IReadOnlyList<Citation> citations, IReadOnlyList<SuggestedQuestion> suggested)
    {
        var known = asked.Append(evidence.Question.Text).Select(Key).ToHashSet(StringComparer.Ordinal);
        var read = citations.Select(citation => PlaceOf(citation.DocumentId, citation.Headings)).ToHashSet(StringComparer.Ordinal);
        var found = suggested.Where(question => known.Add(Key(question.Question))).ToList();
        foreach (var (passage, _) in evidence.Passages.Take(Passages))
        {
            if (found.Count == Most)
            {
                break;
            }

            if (passage.Headings.Count > 0 && read.Add(PlaceOf(passage.DocumentId, passage.Headings))
                && Ask(passage.Headings[^1], passage.Language) is { } question && known.Add(Key(question)) && known.Add(Key(passage.Headings[^1])))
            {
                found.Add(Of(question, passage));
            }
        }

        return found.Count == 0 ? null : [.. found.Take(Most)];
    }

    /// <summary>A question that a passage answers.</summary>
    public static SuggestedQuestion Of(string question, Passage passage) => new(question, passage.DocumentId, passage.Version, passage.Title, passage.Headings);

    /// <summary>Whether a question is one, is not the one that was asked, and asks in words of the sentence that is to answer it.</summary>
    public static bool IsAnsweredBy(string question, EvidenceSentence sentence, string asked)
    {
        if (question.Length > LongestText || !question.EndsWith('?') || Key(question) == Key(asked) || NotPlain().IsMatch(question))
        {
            return false;
        }

        var passage = sentence.Passage;
        var words = TextAnalyzer.Words(question, passage.Language)
            .Where(word => !word.IsStopword && !AnswerTypes.IsQuestionWord(word.Term, passage.Language)).Select(word => word.Term).ToList();
        var said = TextAnalyzer.Terms(passage.IndexedText, passage.Language).ToHashSet(StringComparer.Ordinal);
        return words.Count > 0 && words.TrueForAll(said.Contains) && AnswerTypes.Holds(AnswerTypes.Of(question, passage.Language), sentence.Text);
    }

    /// <summary>Whether a question asks for what stands under the heading of a passage: it is the heading, or what is suggested for it.</summary>
    public static bool AsksFor(string question, Passage passage) =>
        passage.Headings is [.., var heading]
        && (IsSame(question, ModelText.OneLine(heading)) || (Ask(heading, passage.Language) is { } suggested && IsSame(question, suggested)));

    private static bool IsSame(string one, string other) => WithoutEnd(one).Equals(WithoutEnd(other), StringComparison.OrdinalIgnoreCase);

    /// <summary>A heading as a question; null when it says too little to be asked.</summary>
    private static string? Ask(string heading, string? language)
    {
        var text = ModelText.OneLine(Numbering().Replace(heading, ""));
        if (text.Length is 0 or > LongestText || NotPlain().IsMatch(text))
        {
            return null;
        }

        if (text.EndsWith('?'))
        {
            return AnswerTypes.Of(text, language) is AnswerType.Quantity or AnswerType.Time ? null : text;
        }

        var words = TextAnalyzer.Words(text, language).Count(word => !word.IsStopword && char.IsLetter(word.Term[0]) && word.Term.Length > 1);
        return words < FewestWords || AnswerTypes.Of(text, language) is AnswerType.Quantity or AnswerType.Time ? null
            : LanguageRules.IsEnglish(language) ? $"What is said about {WithoutEnd(text)}?"
            // A heading can be asked as it stands in any language.
            : text;
    }

    private static string WithoutEnd(string text) => text.Trim().TrimEnd('?', '.', ':', '!', ' ');

    private static string PlaceOf(string documentId, IReadOnlyList<string> headings) => string.Join('\n', headings.Prepend(documentId));

    private static string Key(string question) => string.Join(' ', TextAnalyzer.Terms(question, "en"));

    /// <summary>1, 2.3, IV., (a) in front of a heading.</summary>
    [GeneratedRegex(@"^\s*(?:[0-9]+(?:\.[0-9]+)*[.)]?|[IVX]+[.)]|\(?[a-z][.)])\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Numbering();

    /// <summary>Characters of markup, templates and addresses.</summary>
    [GeneratedRegex(@"[<>{}\[\]`*|\\]|://|www\.", RegexOptions.CultureInvariant)]
    private static partial Regex NotPlain();
}

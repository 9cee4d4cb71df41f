using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Assistant.Core.Answering;
using Assistant.Core.Answering.Entailment;
using Assistant.Core.Retrieval;

namespace Assistant.Core.Generation;

/// <summary>How the model's part of an answer ended.</summary>
internal enum GenerationEnd
{
    /// <summary>It came to its end.</summary>
    Finished,

    /// <summary>It said that the documents do not answer.</summary>
    Abstained,

    /// <summary>It wrote nothing that could be proved, also when it was asked again.</summary>
    Unproved,

    /// <summary>It failed or took too long; <see cref="GeneratedAnswer.Problem"/> says more.</summary>
    Failed,
}

/// <summary>
/// An answer that a model writes and that is checked while it is written: what comes out are sentences that the evidence says. What
/// came out before the model failed stays, because it is proved whatever comes later. One use, one caller at a time.
/// </summary>
internal sealed partial class GeneratedAnswer(LanguageModel model, Evidence evidence, TimeProvider time)
{
    /// <summary>A longer answer is cut off: nobody asked for an essay, and a model that repeats itself never ends.</summary>
    private const int MostSentences = 12;

    /// <summary>Sentences that are withheld before the model is stopped.</summary>
    private const int MostWithheld = 24;

    /// <summary>Characters that are read, thoughts included.</summary>
    private const int MostCharacters = 60_000;

    /// <summary>Characters without the end of a sentence.</summary>
    private const int LongestSentence = 2_000;

    private readonly EvidenceIds ids = new(evidence);
    private readonly HashSet<string> written = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<SuggestedQuestion> suggestions = [];
    private bool hasAbstained;
    private bool isFull;

    /// <summary>How it ended; valid when all statements were read.</summary>
    public GenerationEnd End { get; private set; }

    /// <summary>What went wrong, as a sentence for a person; null when nothing did.</summary>
    public string? Problem { get; private set; }

    /// <summary>Sentences that the model wrote and that were not let through.</summary>
    public int Withheld { get; private set; }

    /// <summary>Further questions that the model suggested and the evidence answers.</summary>
    public IReadOnlyList<SuggestedQuestion> Suggestions => suggestions;

    /// <summary>The statements that are proved, as the model writes them.</summary>
    /// <param name="budget">Is cancelled when the model's time for this question is over.</param>
    /// <param name="cancellationToken">Cancels the question.</param>
    public async IAsyncEnumerable<AnswerStatement> WriteAsync(
        CancellationToken budget, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var isRepair in (bool[])[false, true])
        {
            await foreach (var statement in AttemptAsync(isRepair, budget, cancellationToken))
            {
                count++;
                yield return statement;
            }

            if (count > 0 || Problem is not null || hasAbstained)
            {
                break;
            }
        }

        End = Problem is not null ? GenerationEnd.Failed
            : count > 0 ? GenerationEnd.Finished
            : hasAbstained ? GenerationEnd.Abstained
            : GenerationEnd.Unproved;
    }

    private async IAsyncEnumerable<AnswerStatement> AttemptAsync(
        bool isRepair, CancellationToken budget, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(model.Limits.Silence, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, budget, silence.Token);
        var text = new GeneratedText(ids.Mark);
        var task = new WritingTask { Question = evidence.Question.Display, Passages = ids.Passages, Mark = ids.Mark, IsRepair = isRepair };
        await using var pieces = model.Generator.WriteAsync(task, stop.Token).GetAsyncEnumerator(stop.Token);
        var read = 0;
        while (await NextAsync(pieces, cancellationToken) is { } piece)
        {
            silence.CancelAfter(model.Limits.Silence);
            read += piece.Length;
            foreach (var sentence in text.Append(piece))
            {
                if (Prove(sentence) is { } statement)
                {
                    yield return statement;
                }
            }

            if (text.PeekEarly() is { } early && IsProvable(early))
            {
                text.TakeEarly();
                if (Prove(early) is { } statement)
                {
                    yield return statement;
                }
            }

            if (isFull || written.Count >= MostSentences || Withheld >= MostWithheld || read > MostCharacters || text.PendingLength > LongestSentence)
            {
                Problem = written.Count >= MostSentences ? null : "The language model did not come to an end and was stopped.";
                yield break;
            }
        }

        // A stream that broke off has no last sentence, only a beginning.
        foreach (var sentence in Problem is null ? text.Finish() : [])
        {
            if (Prove(sentence) is { } statement)
            {
                yield return statement;
            }
        }
    }

    /// <summary>The next piece; null at the end, also at one that <see cref="Problem"/> explains.</summary>
    private async Task<string?> NextAsync(IAsyncEnumerator<string> pieces, CancellationToken cancellationToken)
    {
        try
        {
            return await pieces.MoveNextAsync() ? pieces.Current : null;
        }
        catch (LanguageModelException failure)
        {
            Problem = failure.Message;
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Problem = "The language model took too long.";
            return null;
        }
    }

    /// <summary>The sentence as a statement; null when it is withheld or is none.</summary>
    private AnswerStatement? Prove(GeneratedSentence sentence)
    {
        if (QuestionLine().Match(sentence.Text) is { Success: true } line)
        {
            Suggest(sentence with { Text = sentence.Text[line.Length..] });
            return null;
        }

        if (suggestions.Count > 0 || sentence.Text.Length == 0)
        {
            // What comes behind the questions is no answer.
            return null;
        }

        if (Verify(sentence) is { } statement)
        {
            // A sentence that comes again says nothing new; a model that repeats itself goes on for ever.
            if (written.Add(statement.Text))
            {
                return statement;
            }

            isFull = true;
            return null;
        }

        if (Abstains(sentence))
        {
            hasAbstained = true;
            return null;
        }

        Withheld++;
        return null;
    }

    private bool IsProvable(GeneratedSentence sentence) =>
        !QuestionLine().IsMatch(sentence.Text) && Verify(sentence) is not null;

    private AnswerStatement? Verify(GeneratedSentence sentence)
    {
        var cited = sentence.Ids.Select(ids.Find).OfType<EvidenceSentence>().Distinct().ToList();
        if (cited.Count == 0)
        {
            return null;
        }

        var text = ModelText.OneLine(sentence.Text);
        if (Supports(text, cited))
        {
            return new AnswerStatement(text, [.. Telling(text, cited).Select(source => source.Source)]);
        }

        // “They stressed …” names nobody: whom it means stands in the sentence before, which then is cited too.
        var before = cited.Where(source => source.Index > 0)
            .Select(source => new EvidenceSentence(source.Passage, source.Index - 1, source.Passage.Sentence(source.Passage.Sentences[source.Index - 1]).ToString()));
        List<EvidenceSentence> wider = [.. before.Concat(cited).DistinctBy(source => source.Source)];
        return wider.Count > cited.Count && Supports(text, wider)
            ? new AnswerStatement(text, [.. Telling(text, wider).Select(source => source.Source)])
            : null;
    }

    private static bool Supports(string text, IReadOnlyList<EvidenceSentence> cited) =>
        EntailmentCheck.Check(text, [.. cited.Select(CitedTextOf)]).IsSupported;

    /// <summary>The cited sentences without those that the statement does not need.</summary>
    private static List<EvidenceSentence> Telling(string text, List<EvidenceSentence> cited)
    {
        var needed = cited.ToList();
        foreach (var source in cited.AsEnumerable().Reverse().Where(source => !EntailmentCheck.ShareWords(text, CitedTextOf(source))))
        {
            if (needed.Count > 1)
            {
                needed.Remove(source);
            }
        }

        return needed;
    }

    private static CitedText CitedTextOf(EvidenceSentence sentence) => new(
        ModelText.OneLine(sentence.Text), string.Join('\n', sentence.Passage.Headings.Prepend(sentence.Passage.Title)), sentence.Passage.Language);

    private static bool Abstains(GeneratedSentence sentence) => Token().IsMatch(sentence.Text) || Unknown().IsMatch(sentence.Text);

    private void Suggest(GeneratedSentence question)
    {
        var text = ModelText.OneLine(question.Text);
        if (suggestions.Count < SuggestedQuestions.Most && question.Ids.Select(ids.Find).OfType<EvidenceSentence>().FirstOrDefault() is { } source
            && SuggestedQuestions.IsAnsweredBy(text, source, evidence.Question.Display)
            && suggestions.TrueForAll(other => !other.Question.Equals(text, StringComparison.OrdinalIgnoreCase)))
        {
            suggestions.Add(SuggestedQuestions.Of(text, source.Passage));
        }
    }

    [GeneratedRegex(@"^Q\s*\d*\s*[:.)]\s+", RegexOptions.CultureInvariant)]
    private static partial Regex QuestionLine();

    [GeneratedRegex(@"\bnot[\s_-]*in[\s_-]*(?:the[\s_-]*)?documents?\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Token();

    /// <summary>How models say that they do not know, when they do not say it as they were asked to.</summary>
    [GeneratedRegex(
        @"\b(?:documents?|texts?|passages?|sentences?|contexts?|sources?|evidence|articles?|information)\b[^.]{0,40}\b(?:do(?:es)?\s+not|don['’]t|doesn['’]t)\s+(?:\w+\s+)?(?:contain|mention|provide|say|answer|include|specify|state|cover|give|address|discuss|tell|indicate)"
        + @"|\b(?:I|we)\s+(?:do\s+not|don['’]t|cannot|can['’]t|could\s+not|couldn['’]t)\s+(?:know|find|answer|determine|tell)"
        + @"|\b(?:there\s+is\s+no|no)\s+(?:relevant\s+)?(?:information|mention|answer|evidence)\b"
        + @"|\b(?:dokumente?n?|texte?n?|quellen?)\b[^.]{0,40}\b(?:nicht|keine?n?)\b|\bich\s+wei(?:ß|ss)\s+(?:es\s+)?nicht"
        + @"|\b(?:documents?|textes?|passages?)\b[^.]{0,40}\bne\b[^.]{0,30}\bpas\b|\bje\s+ne\s+sais\s+pas"
        + @"|\b(?:documentos?|textos?)\b[^.]{0,20}\bno\b[^.]{0,30}\b(?:mencion|contien|dice|indica)|\bno\s+(?:lo\s+)?sé\b"
        + @"|в\s+(?:документах|тексте|документе)[^.]{0,40}\b(?:не|нет)\b|\bя\s+не\s+знаю",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Unknown();
}

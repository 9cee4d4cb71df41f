using System.Text;
using System.Text.RegularExpressions;
using Assistant.Core.Documents;
using Assistant.Core.Text;

namespace Assistant.Core.Generation;

/// <summary>A sentence that a model has written.</summary>
/// <param name="Text">The sentence without ids and without marks of Markdown.</param>
/// <param name="Ids">The ids behind and inside it, as written.</param>
internal sealed record GeneratedSentence(string Text, IReadOnlyList<string> Ids);

/// <summary>
/// Cuts what a model writes into sentences while it is written. Ids in brackets belong to the sentence before them; thoughts
/// (<c>&lt;think&gt;…&lt;/think&gt;</c>) are dropped.
/// </summary>
/// <param name="mark">The letters that begin every id.</param>
internal sealed partial class GeneratedText(string mark)
{
    private const string ThoughtBegins = "<think>";
    private const string ThoughtEnds = "</think>";

    /// <summary>An id is shorter; what is longer and never closed is text.</summary>
    private const int LongestBracket = 60;

    /// <summary>What must stand of the next sentence before its beginning is sure not to belong to this one.</summary>
    private const int SureBeginning = 12;

    private readonly Regex ids = new(
        $@"{Regex.Escape(mark)}\s?[0-9]{{1,4}}(?![0-9])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private string pending = "";
    private bool isThinking;
    private bool hasBegun;

    /// <summary>Characters that wait for the end of their sentence.</summary>
    public int PendingLength => pending.Length;

    /// <summary>Adds the next piece and gives the sentences that are complete by it.</summary>
    public IReadOnlyList<GeneratedSentence> Append(string piece)
    {
        pending += piece;
        DropThoughts(isLast: false);
        var reading = Read(isLast: false);
        var complete = reading.Sentences.Count - 1;
        if (complete >= 0 && reading.Sentences[complete].IsClosed)
        {
            complete++;
        }
        else if (complete > 0 && !reading.Sentences[complete].HasSurelyBegun)
        {
            complete--;
        }

        return Take(reading, complete);
    }

    /// <summary>
    /// The sentence that seems complete though nothing follows it yet: it ends with a full stop and has ids. More ids may follow, so
    /// that it is taken (<see cref="TakeEarly"/>) only when those that stand there prove it.
    /// </summary>
    public GeneratedSentence? PeekEarly()
    {
        if (isThinking || pending.Length == 0)
        {
            return null;
        }

        var reading = Read(isLast: false);
        return reading is { Sentences: [{ Sentence: { Ids.Count: > 0 } sentence }], EndsOpen: false } && EndsSurely(sentence.Text) ? sentence : null;
    }

    /// <summary>Takes what <see cref="PeekEarly"/> gave.</summary>
    public void TakeEarly() => pending = "";

    /// <summary>What is left when the model has stopped.</summary>
    public IReadOnlyList<GeneratedSentence> Finish()
    {
        DropThoughts(isLast: true);
        var reading = Read(isLast: true);
        return Take(reading, reading.Sentences.Count);
    }

    private List<GeneratedSentence> Take(Reading reading, int count)
    {
        if (count <= 0)
        {
            return [];
        }

        pending = pending[reading.Sentences[count - 1].RawEnd..];
        return [.. reading.Sentences.Take(count).Select(sentence => sentence.Sentence)];
    }

    private void DropThoughts(bool isLast)
    {
        while (true)
        {
            if (isThinking)
            {
                var end = pending.IndexOf(ThoughtEnds, StringComparison.OrdinalIgnoreCase);
                if (end < 0)
                {
                    pending = isLast || pending.Length <= ThoughtEnds.Length ? isLast ? "" : pending : pending[^ThoughtEnds.Length..];
                    return;
                }

                pending = pending[(end + ThoughtEnds.Length)..];
                isThinking = false;
            }

            // Models think before they answer; later the tag is text like any other.
            var begin = hasBegun ? -1 : pending.IndexOf(ThoughtBegins, StringComparison.OrdinalIgnoreCase);
            if (begin < 0 || !string.IsNullOrWhiteSpace(pending[..begin]))
            {
                hasBegun = pending.AsSpan().TrimStart() is { IsEmpty: false } text
                    && !ThoughtBegins.AsSpan().StartsWith(text, StringComparison.OrdinalIgnoreCase);
                return;
            }

            pending = pending[(begin + ThoughtBegins.Length)..];
            isThinking = true;
        }
    }

    /// <summary>Reads what is pending as sentences with their ids.</summary>
    private Reading Read(bool isLast)
    {
        var text = new StringBuilder(pending.Length);
        // For each character of the text where in the pending text the reader stood behind it.
        var rawEnds = new List<int>(pending.Length);
        var marks = new List<(int Position, int RawEnd, IReadOnlyList<string> Ids)>();
        var breaks = new List<(int Position, int RawEnd)>();
        var position = 0;
        var endsOpen = false;
        while (position < pending.Length)
        {
            if (pending[position] is '[' or '【')
            {
                var close = pending.AsSpan(position).IndexOfAny(']', '】');
                if (close < 0 && !isLast && pending.Length - position <= LongestBracket)
                {
                    endsOpen = true;
                    break;
                }

                if (close > 0 && close <= LongestBracket && BracketOf(pending[position..(position + close + 1)]) is { } found)
                {
                    position += close + 1;
                    TrimEnd(text, rawEnds);
                    marks.Add((text.Length, position, found));
                    continue;
                }
            }
            else if (pending[position] == '\n')
            {
                var next = position + 1;
                while (next < pending.Length && char.IsWhiteSpace(pending[next]))
                {
                    next++;
                }

                var marker = LineStart().Match(pending, next);
                TrimEnd(text, rawEnds);
                var isEnd = marker.Success || pending.AsSpan(position, next - position).Count('\n') > 1
                    || (text.Length > 0 && (Punctuation.IsTerminator(text[^1]) || text[^1] == ':'))
                    || (marks.Count > 0 && marks[^1].Position == text.Length);
                if (isEnd && text.Length > 0)
                {
                    breaks.Add((text.Length, position + 1));
                    Add("\n\n", position + 1);
                }
                else if (text.Length > 0)
                {
                    Add(" ", position + 1);
                }

                position = next + marker.Length;
                continue;
            }
            else if (text.Length == 0 && LineStart().Match(pending, position) is { Length: > 0 } marker)
            {
                position += marker.Length;
                continue;
            }

            if (pending[position] is not ('*' or '`' or '\r'))
            {
                if (char.IsLetterOrDigit(pending[position]) && marks.Count > 0 && marks[^1].Position == text.Length && text.Length > 0)
                {
                    Add(" ", position);
                }

                Add(pending[position].ToString(), position + 1);
            }

            position++;
        }

        return Cut(text.ToString(), rawEnds, marks, breaks, endsOpen, isLast);

        void Add(string added, int rawEnd)
        {
            text.Append(added);
            for (var i = 0; i < added.Length; i++)
            {
                rawEnds.Add(rawEnd);
            }
        }
    }

    private static Reading Cut(
        string text,
        List<int> rawEnds,
        List<(int Position, int RawEnd, IReadOnlyList<string> Ids)> marks,
        List<(int Position, int RawEnd)> breaks,
        bool endsOpen,
        bool isLast)
    {
        var spans = SentenceSplitter.Split(text, new TextSpan(0, text.Length));
        var sentences = new List<ReadSentence>();
        for (var i = 0; i < spans.Count; i++)
        {
            var (span, next) = (spans[i], i + 1 < spans.Count ? spans[i + 1].Start : int.MaxValue);
            var own = marks.Where(mark => mark.Position > span.Start && mark.Position <= next).ToList();
            var rawEnd = own.Select(mark => mark.RawEnd).Append(rawEnds[span.End - 1]).Max();
            var closing = breaks.Find(line => line.Position >= span.End && line.Position < next);
            sentences.Add(new ReadSentence(
                new GeneratedSentence(span.Of(text), [.. own.SelectMany(mark => mark.Ids)]),
                Math.Max(rawEnd, closing.RawEnd),
                isLast || closing.RawEnd > 0,
                // Ids between two sentences leave no doubt that they are two.
                span.Length >= SureBeginning || span.In(text).IndexOf(' ') > 0
                    || (i > 0 && marks.Exists(mark => mark.Position >= spans[i - 1].End && mark.Position <= span.Start))));
        }

        return new Reading(sentences, endsOpen);
    }

    private static void TrimEnd(StringBuilder text, List<int> rawEnds)
    {
        while (text.Length > 0 && text[^1] == ' ')
        {
            text.Length--;
            rawEnds.RemoveAt(rawEnds.Count - 1);
        }
    }

    /// <summary>The ids in a bracket; empty for one that looks like a reference and is none of ours; null when it is text.</summary>
    private List<string>? BracketOf(string bracket)
    {
        var found = ids.Matches(bracket).Select(match => match.Value.Replace(" ", "", StringComparison.Ordinal)).ToList();
        return found.Count > 0 || Reference().IsMatch(bracket) ? found : null;
    }

    /// <summary>Whether a text ends a sentence, and not with an abbreviation.</summary>
    private static bool EndsSurely(string text) =>
        text.Length > 0 && Punctuation.IsTerminator(text[^1])
        && Abbreviations.Find(text.AsSpan(text.AsSpan().LastIndexOf(' ') + 1).TrimEnd('.')) == default;

    [GeneratedRegex(@"\G(?:[-–•+]\s+|\*\s+|\d{1,2}[.)]\s+|#{1,6}\s+|>\s*|(?=Q\s*\d*\s*[:.)]\s))", RegexOptions.CultureInvariant)]
    private static partial Regex LineStart();

    /// <summary>A number or a short code, as models write references: [1], [^2], [S3], [2, 4], 【3†source】.</summary>
    [GeneratedRegex(@"^[\[【]\s*\^?(?:[\p{L}]{0,5}[\s_-]?\d{1,4}(?:\s*[,;–-]\s*)?)+(?:†[^\]】]*)?[\]】]$", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();

    private sealed record ReadSentence(GeneratedSentence Sentence, int RawEnd, bool IsClosed, bool HasSurelyBegun);

    private sealed record Reading(IReadOnlyList<ReadSentence> Sentences, bool EndsOpen);
}

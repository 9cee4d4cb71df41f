using System.Runtime.InteropServices;
using Assistant.Core.Documents;
using Assistant.Core.Text;

namespace Assistant.Core.Answering;

/// <summary>Finds what a text quotes: between quotation marks of many languages and in Markdown's block quotes.</summary>
internal static class QuotationFinder
{
    /// <summary>Fewer words are an ironic or a coined expression, not a quotation.</summary>
    private const int FewestWords = 2;

    /// <summary>‘Single’ marks are apostrophes too, and mark expressions more often than quotations.</summary>
    private const int FewestWordsInSingleMarks = 3;

    /// <summary>Opening marks, each with what closes it. German opens with what English closes with, and the other way round.</summary>
    private static readonly Dictionary<char, string> Closers = new()
    {
        ['“'] = "”", ['„'] = "“”", ['«'] = "»", ['»'] = "«", ['"'] = "\"", ['‘'] = "’", ['‚'] = "‘’", ['‹'] = "›", ['「'] = "」", ['『'] = "』",
    };

    /// <summary>The quotations without their marks, in order and without overlap: of nested ones the outermost.</summary>
    public static IReadOnlyList<TextSpan> Find(string text)
    {
        var found = new List<TextSpan>();
        foreach (var (paragraph, isBlockQuote) in Paragraphs(text))
        {
            if (isBlockQuote)
            {
                Add(text, Content(text, paragraph), FewestWords, found);
            }
            else
            {
                FindMarked(text, paragraph, found);
            }
        }

        return found;
    }

    /// <summary>Pairs the marks of a paragraph in one pass: a closing mark belongs to the last opening mark that is still open.</summary>
    private static void FindMarked(string text, TextSpan paragraph, List<TextSpan> found)
    {
        var open = new Dictionary<char, Stack<int>>();
        var pairs = new List<TextSpan>();
        for (var i = paragraph.Start; i < paragraph.End; i++)
        {
            if (open.TryGetValue(text[i], out var openings) && openings.Count > 0 && Closes(text, i))
            {
                // What was opened after it and is not closed by now never will be.
                var start = openings.Pop();
                foreach (var other in open.Values)
                {
                    while (other.TryPeek(out var inner) && inner >= start)
                    {
                        other.Pop();
                    }
                }

                pairs.Add(new TextSpan(start, i));
            }
            else if (Closers.TryGetValue(text[i], out var closers) && Opens(text, i))
            {
                foreach (var closer in closers)
                {
                    CollectionsMarshal.GetValueRefOrAddDefault(open, closer, out _) ??= new Stack<int>();
                    open[closer].Push(i);
                }
            }
        }

        AddOutermost(text, pairs, found);
    }

    private static void AddOutermost(string text, List<TextSpan> pairs, List<TextSpan> found)
    {
        var end = 0;
        foreach (var pair in pairs.OrderBy(pair => pair.Start))
        {
            if (pair.Start >= end)
            {
                Add(text, new TextSpan(pair.Start + 1, pair.End), text[pair.Start] is '‘' or '‚' ? FewestWordsInSingleMarks : FewestWords, found);
                end = pair.End + 1;
            }
        }
    }

    private static bool Opens(string text, int position) =>
        position + 1 < text.Length && (text[position] is '“' or '„' or '「' or '『' || position == 0 || !char.IsLetterOrDigit(text[position - 1]))
        && (text[position] is '«' || !char.IsWhiteSpace(text[position + 1]));

    /// <summary>Whether the mark is not an apostrophe within a word, nor opens the next quotation.</summary>
    private static bool Closes(string text, int position) =>
        text[position] is '」' or '』' || position + 1 == text.Length || !char.IsLetterOrDigit(text[position + 1]);

    private static void Add(string text, TextSpan quotation, int fewestWords, List<TextSpan> found)
    {
        var trimmed = Trim(text, quotation);
        var content = trimmed.Of(text);
        if (TextAnalyzer.Words(content, LanguageDetector.Detect(content)).Count >= fewestWords)
        {
            found.Add(trimmed);
        }
    }

    /// <summary>Paragraphs end at empty lines, and where lines with <c>&gt;</c> begin or end.</summary>
    private static IEnumerable<(TextSpan Span, bool IsBlockQuote)> Paragraphs(string text)
    {
        int start = 0, end = 0;
        var isQuote = false;
        for (var line = 0; line < text.Length;)
        {
            var feed = text.IndexOf('\n', line);
            var next = feed < 0 ? text.Length : feed + 1;
            var content = text.AsSpan(line, next - line).Trim();
            var lineIsQuote = content.StartsWith('>');
            var isBlank = content.IsEmpty || (lineIsQuote && content.Trim('>').IsWhiteSpace());
            if (isBlank || lineIsQuote != isQuote)
            {
                if (end > start)
                {
                    yield return (new TextSpan(start, end), isQuote);
                }

                start = isBlank ? next : line;
                isQuote = lineIsQuote;
            }

            end = isBlank ? start : next;
            line = next;
        }

        if (end > start)
        {
            yield return (new TextSpan(start, end), isQuote);
        }
    }

    /// <summary>A block quote without its first <c>&gt;</c> and without quotation marks around all of it.</summary>
    private static TextSpan Content(string text, TextSpan quote)
    {
        var content = Trim(text, quote);
        while (content.Length > 0 && text[content.Start] is '>')
        {
            content = Trim(text, new TextSpan(content.Start + 1, content.End));
        }

        return content.Length > 1 && Closers.TryGetValue(text[content.Start], out var closers) && closers.Contains(text[content.End - 1], StringComparison.Ordinal)
            ? new TextSpan(content.Start + 1, content.End - 1)
            : content;
    }

    private static TextSpan Trim(string text, TextSpan span)
    {
        var (start, end) = (span.Start, span.End);
        while (start < end && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        while (end > start && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        return new TextSpan(start, end);
    }
}

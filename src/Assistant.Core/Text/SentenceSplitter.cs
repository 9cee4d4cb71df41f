using Assistant.Core.Documents;

namespace Assistant.Core.Text;

/// <summary>Finds the sentences of running text in any language, by its punctuation, its letter case and its abbreviations.</summary>
public static class SentenceSplitter
{
    /// <summary>
    /// The sentences of <paramref name="within"/> as ranges of <paramref name="text"/>: in order, without overlap, without
    /// white space at their ends, and together all of it that is not white space. An empty line always ends a sentence, a
    /// single line break (hard-wrapped text) never does. Takes time linear in the length.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="within"/> reaches beyond <paramref name="text"/>.</exception>
    public static IReadOnlyList<TextSpan> Split(string text, TextSpan within)
    {
        ArgumentNullException.ThrowIfNull(text);
        var scanner = new Scanner(within.In(text), within.Start);
        return scanner.Run();
    }

    private ref struct Scanner(ReadOnlySpan<char> text, int offset)
    {
        private readonly ReadOnlySpan<char> text = text;
        private readonly SentenceEnd ending = new(text);
        private readonly List<TextSpan> sentences = [];
        private int start;

        /// <summary>Up to here the sentence that begins at <see cref="start"/> was searched for a word.</summary>
        private int wordProbe;
        private bool startsParagraph = true;

        public List<TextSpan> Run()
        {
            Begin(Punctuation.SkipWhiteSpace(text, 0), isParagraph: true);
            var position = start;
            while (position < text.Length)
            {
                var skipped = text[position..].IndexOfAny(Punctuation.Stops);
                if (skipped < 0)
                {
                    break;
                }

                position += skipped;
                position = Punctuation.IsLineBreak(text[position]) ? PassLineBreak(position) : PassTerminator(position);
            }

            End(text.Length);
            return sentences;
        }

        private int PassLineBreak(int position)
        {
            var next = Punctuation.SkipWhiteSpace(text, position);
            if (Punctuation.HasBlankLine(text[position..next]))
            {
                End(position);
                Begin(next, isParagraph: true);
            }

            return next;
        }

        private int PassTerminator(int position)
        {
            var runEnd = position + 1;
            while (runEnd < text.Length && Punctuation.IsTerminator(text[runEnd]))
            {
                runEnd++;
            }

            var after = Punctuation.SkipClosers(text, runEnd);
            if (ending.IsAt(start, position, runEnd, after) && (HasWord(after) || !startsParagraph))
            {
                End(after);
                Begin(Punctuation.SkipWhiteSpace(text, after), isParagraph: false);
                // An empty line may be among the white space that was skipped.
                startsParagraph = Punctuation.HasBlankLine(text[after..start]);
                return start;
            }

            return after;
        }

        private void Begin(int position, bool isParagraph)
        {
            start = position;
            wordProbe = position;
            startsParagraph = isParagraph;
        }

        /// <summary>Ends the sentence; what holds no word (a stray “!” or bracket) belongs to the sentence before it.</summary>
        private void End(int position)
        {
            var sentence = text[start..Math.Max(start, position)].TrimEnd();
            if (sentence.IsEmpty)
            {
                return;
            }

            var end = start + sentence.Length;
            if (!startsParagraph && sentences.Count > 0 && !HasWord(end))
            {
                sentences[^1] = new TextSpan(sentences[^1].Start, offset + end);
            }
            else
            {
                sentences.Add(new TextSpan(offset + start, offset + end));
            }
        }

        private bool HasWord(int end)
        {
            while (wordProbe < end && !Punctuation.IsWordCharacter(text[wordProbe]))
            {
                wordProbe++;
            }

            return wordProbe < end;
        }
    }
}

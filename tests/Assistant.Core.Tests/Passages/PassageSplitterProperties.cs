using Assistant.Core.Documents;
using Assistant.Core.Passages;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.ML.Tokenizers;

namespace Assistant.Core.Tests.Passages;

public sealed class PassageSplitterProperties
{
    private static readonly TiktokenTokenizer Tokenizer = TiktokenTokenizer.CreateForEncoding("o200k_base");

    [Fact]
    public void Every_character_outside_headings_is_in_exactly_one_passage()
    {
        Prop.ForAll(Versions.Any, version =>
        {
            var passages = new PassageSplitter(40).Split(version);
            var owners = new int[version.Text.Length];
            foreach (var span in passages.Select(passage => passage.Span))
            {
                for (var i = span.Start; i < span.End; i++)
                {
                    owners[i]++;
                }
            }

            // Where there is nothing but headings, they are what is quoted.
            var hasText = version.Blocks.Any(block => block.Kind != BlockKind.Heading);
            foreach (var block in version.Blocks)
            {
                for (var i = block.Span.Start; i < block.Span.End; i++)
                {
                    Assert.True(block.Kind == BlockKind.Heading && hasText ? owners[i] == 0 : owners[i] == 1 || char.IsWhiteSpace(version.Text[i]));
                }
            }
        }).Check(Texts.Runs(300));
    }

    [Fact]
    public void A_passage_is_an_exact_range_that_holds_its_sentences_and_no_more_tokens_than_allowed()
    {
        Prop.ForAll(Versions.Any, Gen.Choose(16, 300).ToArbitrary(), (version, limit) =>
        {
            var end = 0;
            foreach (var passage in new PassageSplitter(limit).Split(version))
            {
                Assert.Equal(passage.Span.Of(version.Text), passage.Text);
                Assert.InRange(Tokenizer.CountTokens(passage.Text), 1, limit);
                Assert.True(passage.Span.Start >= end);
                end = passage.Span.Start;
                Assert.NotEmpty(passage.Sentences);
                foreach (var sentence in passage.Sentences)
                {
                    Assert.True(passage.Span.Contains(sentence) && sentence.Start >= end && !sentence.IsEmpty);
                    end = sentence.End;
                }

                Assert.True(passage.Sentences[0].Start == passage.Span.Start && end == passage.Span.End);
            }
        }).Check(Texts.Runs(300));
    }

    [Fact]
    public void A_surrogate_pair_is_never_cut()
    {
        Prop.ForAll(Versions.Any, version => new PassageSplitter(16).Split(version).SelectMany(passage => passage.Sentences.Append(passage.Span))
            .SelectMany(span => new[] { span.Start, span.End })
            .All(cut => cut == 0 || cut == version.Text.Length || !char.IsSurrogatePair(version.Text[cut - 1], version.Text[cut])))
            .Check(Texts.Runs(300));
    }

    [Fact]
    public void Splitting_again_gives_the_same_passages_with_ids_of_their_own()
    {
        Prop.ForAll(Versions.Any, version =>
        {
            var passages = new PassageSplitter(50).Split(version);

            Assert.Equal(passages.Select(Facts), new PassageSplitter(50).Split(version).Select(Facts));
            Assert.Equal(passages.Count, passages.Select(passage => passage.Id).Distinct().Count());
            Assert.Equal(Enumerable.Range(0, passages.Count), passages.Select(passage => passage.Ordinal));
        }).Check(Texts.Runs(200));

        static (Guid, TextSpan, string) Facts(Passage passage) => (passage.Id, passage.Span, string.Join(' ', passage.Sentences));
    }

    [Fact]
    public void Editing_one_paragraph_changes_only_the_passages_that_hold_it()
    {
        var paragraph = from words in Gen.Elements("talks", "Paris", "the", "guarantee", "2025.", "Over", "budget;", "Überblick", "помощь").ListOf(60)
                        from length in Gen.Choose(20, 60)
                        from id in Gen.Choose(0, int.MaxValue)
                        select $"Paragraph {id} says: " + string.Join(' ', words.Take(length)) + ".";
        var document = from paragraphs in paragraph.NonEmptyListOf()
                       from edited in paragraph
                       from place in Gen.Choose(0, paragraphs.Count - 1)
                       select (Paragraphs: paragraphs.ToArray(), Edited: edited, Place: place);
        Prop.ForAll(document.ToArbitrary(), sample =>
        {
            var splitter = new PassageSplitter();
            string[] after = [.. sample.Paragraphs];
            after[sample.Place] = sample.Edited;
            var before = splitter.Split(Versions.Of([.. sample.Paragraphs.Select(Versions.Paragraph)]));
            var then = splitter.Split(Versions.Of([.. after.Select(Versions.Paragraph)]));

            Assert.All(before.ExceptBy(then.Select(passage => passage.Id), passage => passage.Id),
                gone => Assert.Contains(gone.Text, sample.Paragraphs[sample.Place], StringComparison.Ordinal));
            Assert.All(then.ExceptBy(before.Select(passage => passage.Id), passage => passage.Id),
                added => Assert.Contains(added.Text, sample.Edited, StringComparison.Ordinal));
            Assert.Equal(sample.Paragraphs.Length > 1, before.IntersectBy(then.Select(passage => passage.Id), passage => passage.Id).Any());
        }).Check(Texts.Runs(300));
    }
}

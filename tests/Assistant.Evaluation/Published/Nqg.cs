namespace Assistant.Evaluation.Published;

/// <summary>Questions of SQuAD with the sentence that answers, in small letters, as Du, Shao and Cardie publish them for generating questions: their test part.</summary>
internal static class Nqg
{
    /// <summary>Sentences that make a document: where one ends is not said.</summary>
    private const int SentencesOfADocument = 6;

    public static IReadOnlyList<PublicQuestion> Read(string folder, Capitals capitals)
    {
        var sentences = Restored("src-test.txt");
        var questions = Restored("tgt-test.txt");
        var documents = sentences.Distinct().Chunk(SentencesOfADocument)
            .SelectMany(document => document.Select(sentence => (sentence, Document: string.Join(' ', document))))
            .ToDictionary();
        return [.. sentences.Zip(questions, (sentence, question) => new PublicQuestion(question, "", documents[sentence], sentence))];

        List<string> Restored(string file) => [.. File.ReadLines(Path.Combine(folder, "data", "processed", file)).Select(line => capitals.Restore(PublishedText.Joined(line)))];
    }
}

namespace Assistant.Evaluation;

/// <summary>Questions, each with sentences of which some answer it: a header, then question, sentence, label, question id and title.</summary>
internal sealed record SelectionSet(string Name, IReadOnlyList<SelectionQuestion> Questions)
{
    public static bool IsAt(string path) => File.Exists(path) && path.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase)
        && File.ReadLines(path).FirstOrDefault() == "question\tsentence\tlabel\tqid\ttitle";

    public static SelectionSet Load(string path) => new(
        Path.GetFileNameWithoutExtension(path),
        [
            .. File.ReadLines(path).Skip(1)
                .Select(line => line.Split('\t'))
                .GroupBy(columns => columns[3])
                .Select(group => new SelectionQuestion(
                    group.Key, group.First()[0], group.First()[4],
                    [.. group.Select(columns => new SelectionCandidate(columns[1], columns[2] == "1"))])),
        ]);
}

internal sealed record SelectionQuestion(string Id, string Text, string Title, IReadOnlyList<SelectionCandidate> Candidates);

internal sealed record SelectionCandidate(string Sentence, bool Answers);

using System.Security.Cryptography;
using System.Text;

namespace Assistant.Evaluation;

/// <summary>Questions, each with sentences of which some answer it: a header, then question, sentence, label, question id and title.</summary>
internal sealed record SelectionSet(string Name, IReadOnlyList<SelectionQuestion> Questions)
{
    public static bool IsAt(string path) => HasHeader(path, "question\tsentence\tlabel\tqid\ttitle");

    public static SelectionSet Load(string path) => new(
        NameOf(path),
        [
            .. File.ReadLines(path).Skip(1)
                .Select(line => line.Split('\t'))
                .GroupBy(columns => columns[3])
                .Select(group => new SelectionQuestion(
                    group.Key, group.First()[0], group.First()[4],
                    [.. group.OrderBy(columns => Chance(group.Key, columns[1]), StringComparer.Ordinal).Select(columns => new SelectionCandidate(columns[1], columns[2] == "1"))])),
        ]);

    /// <summary>Whether a file is a table whose first line begins so.</summary>
    public static bool HasHeader(string path, string header) => File.Exists(path) && path.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase)
        && (File.ReadLines(path).FirstOrDefault()?.StartsWith(header, StringComparison.Ordinal) ?? false);

    /// <summary>Folder and file: several sets call their file <c>dev</c>.</summary>
    public static string NameOf(string path)
    {
        var full = Path.GetFullPath(path);
        return $"{Path.GetFileName(Path.GetDirectoryName(full))}/{Path.GetFileNameWithoutExtension(full)}";
    }

    /// <summary>Where a sentence stands in the file gives its label away in places, so its place is drawn by lot, always the same one.</summary>
    private static string Chance(string question, string sentence) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{question}\n{sentence}")));
}

internal sealed record SelectionQuestion(string Id, string Text, string Title, IReadOnlyList<SelectionCandidate> Candidates);

internal sealed record SelectionCandidate(string Sentence, bool Answers);

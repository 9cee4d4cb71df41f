using System.Text;
using Assistant.Core.Answering;

namespace Assistant.Evaluation;

/// <summary>
/// Networks of which each was trained without a part of the questions (cross-fitting): what is fitted on what the network says has to see what it says of
/// questions that are new to it, as it will be.
/// </summary>
internal static class UnseenNetworks
{
    private static IReadOnlyList<AnswerNetwork> networks = [];

    /// <summary>Reads the networks; that of a part stands at the part's number.</summary>
    public static void Load(IEnumerable<string> files) => networks = [.. files.Select(file => AnswerNetwork.Load(File.ReadAllBytes(file)))];

    /// <summary>Has a question read by the network that was trained without it; by the one that ships with the product when there are none such.</summary>
    /// <param name="path">The set that it is from.</param>
    /// <param name="question">The question.</param>
    public static void ReadFor(string path, string question)
    {
        if (networks.Count > 0)
        {
            AnswerNetwork.Shared = networks[PartOf(path, question, networks.Count)];
        }
    }

    /// <summary>The part of all questions that one belongs to: golden questions about a corpus belong together.</summary>
    public static int PartOf(string path, string question, int parts)
    {
        // FNV-1a: the same wherever and whenever it is asked.
        var hash = 2166136261u;
        foreach (var unit in Encoding.UTF8.GetBytes(TrainingQuestions.IsGolden(path) ? DataSet.ShortName(path) : question))
        {
            hash = (hash ^ unit) * 16777619u;
        }

        return (int)(hash % (uint)parts);
    }
}

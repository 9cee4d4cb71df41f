using System.Text;
using Assistant.Core.Answering;

namespace Assistant.Evaluation;

/// <summary>
/// Each of the networks that ship with the product was trained without a part of the questions (cross-fitting): what is fitted on what a network says has
/// to see what it says of questions that are new to it, as it will be.
/// </summary>
internal static class UnseenNetworks
{
    /// <summary>Parts of the questions: one is left out by each network.</summary>
    public const int Parts = 4;

    private static readonly Lazy<AnswerNetwork> All = new(() => AnswerNetwork.Shared);

    private static IReadOnlyList<AnswerNetwork> networks = [];

    /// <summary>From now on every question is read by the network that was trained without it; before, by all of them.</summary>
    /// <exception cref="InvalidOperationException">The product has not as many networks as there are parts.</exception>
    public static void Use()
    {
        var each = All.Value.Each();
        networks = each.Count == Parts
            ? each
            : throw new InvalidOperationException($"The product ships with {each.Count} networks and should with {Parts}: train one without each part, counted from 0 (train network).");
    }

    /// <summary>Has a question read by the network that was trained without it.</summary>
    /// <param name="path">The set that it is from.</param>
    /// <param name="question">The question.</param>
    public static void ReadFor(string path, string question)
    {
        if (networks.Count > 0)
        {
            AnswerNetwork.Shared = networks[PartOf(path, question, Parts)];
        }
    }

    /// <summary>Has questions read by all networks, which none of them was trained on.</summary>
    public static void ReadByAll() => AnswerNetwork.Shared = All.Value;

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

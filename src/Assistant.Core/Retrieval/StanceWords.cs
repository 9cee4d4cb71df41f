using System.Collections.Frozen;
using Assistant.Core.Text;

namespace Assistant.Core.Retrieval;

/// <summary>
/// Who wants, thinks or says what is asked in a handful of words and told in many others: a question for a stance is covered by the
/// verbs and nouns that report one.
/// </summary>
internal static class StanceWords
{
    /// <summary>What a word that reports a stance is worth for one that asks for it.</summary>
    public const double Affinity = 0.6;

    private static readonly FrozenSet<string> Asking = Stems(
        "want wanted think see view views opinion opinions stance position positions say feel believe react reaction respond attitude favour favor like prefer demand");

    private static readonly FrozenSet<string> Telling = Stems(
        """
        urge push argue stress emphasize emphasise support oppose reject warn criticize criticise counter demand propose insist call
        advocate favor favour welcome fear object claim prefer plead view views opinion stance position want back endorse
        approve condemn deny doubt hope question refuse seek
        """);

    /// <summary>Whether a term of a question asks for a stance.</summary>
    public static bool Ask(string term) => Asking.Contains(term);

    /// <summary>Whether a term of a text reports one.</summary>
    public static bool Tell(string term) => Telling.Contains(term);

    private static FrozenSet<string> Stems(string words) =>
        TextAnalyzer.Words(words, "en").Select(word => word.Term).ToFrozenSet(StringComparer.Ordinal);
}

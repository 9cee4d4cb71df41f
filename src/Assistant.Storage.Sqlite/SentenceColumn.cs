using Assistant.Core.Documents;

namespace Assistant.Storage.Sqlite;

/// <summary>The sentences of a passage as a column: starts and ends, counted from the passage's start so that they stay when it shifts.</summary>
internal static class SentenceColumn
{
    public static string Write(IReadOnlyList<TextSpan> sentences, int passageStart)
    {
        var offsets = new int[sentences.Count * 2];
        for (var i = 0; i < sentences.Count; i++)
        {
            offsets[2 * i] = sentences[i].Start - passageStart;
            offsets[(2 * i) + 1] = sentences[i].End - passageStart;
        }

        return StoredJson.Write<IReadOnlyList<int>>(offsets);
    }

    public static IReadOnlyList<TextSpan> Read(string column, int passageStart)
    {
        var offsets = StoredJson.Read<IReadOnlyList<int>>(column);
        var sentences = new TextSpan[offsets.Count / 2];
        for (var i = 0; i < sentences.Length; i++)
        {
            sentences[i] = new TextSpan(passageStart + offsets[2 * i], passageStart + offsets[(2 * i) + 1]);
        }

        return sentences;
    }
}

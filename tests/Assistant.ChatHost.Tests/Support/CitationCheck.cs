using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Assistant.ChatHost.Tests.Support;

/// <summary>Holds an answer to the promises, by what the host itself serves of the documents.</summary>
internal static partial class CitationCheck
{
    /// <summary>Every quote stands where the citation says, markers and citations match, and every sentence has one.</summary>
    public static async Task HoldsAsync(JsonNode answer, HttpClient client)
    {
        var citations = answer["citations"]!.AsArray();
        foreach (var citation in citations.Concat(answer["related"]!.AsArray()))
        {
            await IsExactAsync(citation!, client);
        }

        Assert.Equal(Enumerable.Range(1, citations.Count), citations.Select(citation => (int)citation!["number"]!));
        if (citations.Count > 0)
        {
            var text = (string)answer["answer"]!;
            foreach (var citation in citations)
            {
                Assert.Contains($"[{citation!["number"]}]", text, StringComparison.Ordinal);
            }

            Assert.Matches(@"\[[0-9]+\]\z", text);
            Assert.All(Marker().Matches(text), marker => Assert.InRange(int.Parse(marker.Groups[1].Value, null), 1, citations.Count));
        }
    }

    /// <summary>Promise 1.</summary>
    public static async Task IsExactAsync(JsonNode citation, HttpClient client)
    {
        var id = Uri.EscapeDataString((string)citation["documentId"]!);
        var document = await client.GetJsonAsync($"/api/documents/{id}?version={citation["version"]}");
        var text = (string)document["text"]!;
        var (start, end) = ((int)citation["start"]!, (int)citation["end"]!);
        Assert.True(start < end);
        Assert.Equal((string)citation["quote"]!, text[start..end]);
    }

    [GeneratedRegex(@"\s\[([0-9]+)\](?=\s|\z)")]
    private static partial Regex Marker();
}

using Assistant.Benchmarks;

// dotnet run -c Release --project tests/Assistant.Benchmarks -- qdrant-upsert [PASSAGES] [URL]
// dotnet run -c Release --project tests/Assistant.Benchmarks -- answer [DOCUMENTS]
switch (args)
{
    case ["answer", .. var rest]:
        return await AnswerTime.RunAsync(rest is [var documents, ..] ? int.Parse(documents, System.Globalization.CultureInfo.InvariantCulture) : 400);
    case ["qdrant-upsert", .. var rest]:
        return await QdrantUpsert.RunAsync(
            rest is [var passages, ..] ? int.Parse(passages, System.Globalization.CultureInfo.InvariantCulture) : 100_000,
            rest is [_, var url, ..] ? new Uri(url) : null);
    default:
        await Console.Error.WriteLineAsync("Usage: Assistant.Benchmarks qdrant-upsert [PASSAGES] [URL] | answer [DOCUMENTS]");
        return 2;
}

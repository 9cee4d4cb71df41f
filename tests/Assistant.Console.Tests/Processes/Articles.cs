namespace Assistant.Console.Tests.Processes;

/// <summary>Small documents to ask about.</summary>
internal static class Articles
{
    public const string Harbour = """
        # The harbour of Lindvik

        ## Trade

        The harbour exported forty thousand tonnes of herring in 1911. Most of the fish went to markets in Hamburg.

        ## Light

        The lighthouse keeper Astrid Holm rescued nine sailors during the storm of 1923. She received a silver medal for it.

        ## Railway

        The narrow railway closed in 1956 because lorries had become cheaper.
        """;

    public const string Orchard = """
        # The orchard of Brenna

        The orchard grows gravenstein apples on three terraces. A beekeeper from the valley brings eleven hives every May.
        """;
}

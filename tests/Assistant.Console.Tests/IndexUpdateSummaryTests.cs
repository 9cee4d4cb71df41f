namespace Assistant.Console.Tests;

public sealed class IndexUpdateSummaryTests
{
    [Fact]
    public void A_run_is_told_in_one_line()
    {
        Assert.Equal(
            "Indexed 1 document (14 passages) in 0.2 s",
            IngestionText.Summary(new() { Added = ["a"], PassagesEmbedded = 14, ElapsedMilliseconds = 212.4 }));
        Assert.Equal(
            "Indexed 2 documents (1 passage new, 1,300 kept), moved 1 document, removed 2 documents in 1.0 s",
            IngestionText.Summary(new()
            {
                Added = ["a"], Updated = ["b"], Moved = [new("c", "d")], Removed = ["e", "f"],
                PassagesEmbedded = 1, PassagesReused = 1300, ElapsedMilliseconds = 1000,
            }));
        Assert.Equal("Removed 1 document in 0.0 s", IngestionText.Summary(new() { Removed = ["a"] }));
    }
}

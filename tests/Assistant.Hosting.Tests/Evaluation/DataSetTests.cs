using Assistant.Evaluation;

namespace Assistant.Hosting.Tests.Evaluation;

public sealed class DataSetTests
{
    [Theory]
    [InlineData("eval/cranfield", "eval/cranfield")]
    [InlineData("/data/eval/cranfield/", "eval/cranfield")]
    public void A_set_is_called_by_the_last_two_parts_of_its_path(string path, string name) => Assert.Equal(name, DataSet.ShortName(path));

    [Fact]
    public void A_set_that_lies_in_the_current_folder_is_called_by_the_folder_too() =>
        Assert.Equal($"{Path.GetFileName(Environment.CurrentDirectory)}/cranfield", DataSet.ShortName("cranfield"));
}

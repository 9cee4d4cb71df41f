using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Assistant.Deployment.Tests;

public sealed partial class DockerfileTests
{
    public static TheoryData<string> Programs => [.. Image.Programs.Select(image => image.Name)];

    [Fact]
    public void Every_image_begins_from_dot_NET_10_with_ICU_where_it_runs()
    {
        Assert.All(Image.All, image => Assert.Matches(DotNet(), image.Base));
        Assert.All(Image.Programs, image => Assert.EndsWith("-chiseled-extra", image.Base, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void Nothing_needs_a_shell_or_root_to_run(string name)
    {
        var image = Of(name);
        Assert.Matches("^[1-9][0-9]*:[1-9][0-9]*$", image.User);
        Assert.Empty(image.Arguments("RUN"));
        Assert.Equal("dotnet", image.EntryPoint[0]);
        Assert.True(name == "console" || image.HealthCheck is ["dotnet", ..]);
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void Entry_point_and_health_check_name_what_is_published_into_the_image(string name)
    {
        var image = Of(name);
        var published = Assert.Single(image.Arguments("COPY")).Split(' ');
        Assert.Equal("--from=build", published[0]);
        var project = Assert.Single(
            Image.All[0].Arguments("RUN").SelectMany(run => run.Split("&&", StringSplitOptions.TrimEntries))
                .Where(command => command.EndsWith($"--output {published[1]}", StringComparison.Ordinal)).Select(command => command.Split(' ')[2]));
        Assert.True(File.Exists(Repository.PathOf($"{project}/{Path.GetFileName(project)}.csproj")));
        var program = $"{published[2]}/{Path.GetFileName(project)}.dll";
        Assert.Equal(program, image.EntryPoint[1]);
        Assert.True(image.HealthCheck is [] || image.HealthCheck[1] == program);
        Assert.All(
            Compose.All.Where(service => service.Service.Target == name),
            service => Assert.Equal(["CMD", "dotnet", program, "--health"], service.Service.HealthCheck.Take(4)));
    }

    [Fact]
    public void Everything_that_is_copied_is_there_and_given_to_the_builder()
    {
        var given = File.ReadAllLines(Repository.PathOf(".dockerignore")).Where(line => line.StartsWith('!')).Select(line => line[1..]).ToList();
        Assert.All(Image.All[0].Copies.SelectMany(copy => copy.Sources), source =>
        {
            Assert.True(Path.Exists(Repository.PathOf(source)), source);
            Assert.Contains(given, name => source.TrimEnd('/') == name || source.StartsWith(name + "/", StringComparison.Ordinal));
        });
    }

    [Fact]
    public void Packages_are_restored_for_every_project_before_code_is_copied()
    {
        string[] roots = ["Assistant.ChatHost", "Assistant.Console", "Assistant.Ingestion"];
        var needed = new SortedSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(roots);
        while (open.TryPop(out var project))
        {
            if (needed.Add($"src/{project}/{project}.csproj"))
            {
                foreach (var reference in XDocument.Parse(Repository.Read($"src/{project}/{project}.csproj")).Descendants("ProjectReference"))
                {
                    open.Push(Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!));
                }
            }
        }

        var copied = Image.All[0].Copies
            .Where(copy => copy.Sources[0].EndsWith(".csproj", StringComparison.Ordinal))
            .Select(copy =>
            {
                Assert.Equal(Path.GetDirectoryName(copy.Sources[0]) + "/", copy.Target);
                return copy.Sources[0];
            })
            .Order(StringComparer.Ordinal);
        Assert.Equal(needed, copied);
    }

    [Fact]
    public void Every_service_that_is_built_is_a_stage_here() => Assert.All(
        Compose.All.Select(service => service.Service.Target).OfType<string>(),
        target => Assert.Contains(target, Image.Programs.Select(image => image.Name)));

    private static Image Of(string name) => Image.All.Single(image => image.Name == name);

    [GeneratedRegex(@"^mcr\.microsoft\.com/dotnet/(sdk|aspnet|runtime):10\.0-noble(-[a-z-]+)?$")]
    private static partial Regex DotNet();
}

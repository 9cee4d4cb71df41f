using System.Text.Json;

namespace Assistant.Deployment.Tests;

/// <summary>One stage of the Dockerfile.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Base">What it begins from.</param>
/// <param name="Lines">Its instructions, continued lines joined.</param>
internal sealed record Image(string Name, string Base, IReadOnlyList<string> Lines)
{
    public static IReadOnlyList<Image> All { get; } = Read();

    /// <summary>The stages that are run.</summary>
    public static IEnumerable<Image> Programs => All.Where(image => image.Name != "build");

    public string? User => Argument("USER");

    public string? Folder => Argument("WORKDIR");

    public IReadOnlyList<string> EntryPoint => Exec("ENTRYPOINT");

    public IReadOnlyList<string> Command => Exec("CMD");

    /// <summary>The command of the health check.</summary>
    public IReadOnlyList<string> HealthCheck => Argument("HEALTHCHECK") is { } check
        ? JsonSerializer.Deserialize<string[]>(check[(check.IndexOf("CMD ", StringComparison.Ordinal) + 4)..])!
        : [];

    public IReadOnlyDictionary<string, string> Environment => Arguments("ENV")
        .SelectMany(line => line.Split(' '))
        .Select(variable => variable.Split('=', 2))
        .ToDictionary(variable => variable[0], variable => variable[1]);

    /// <summary>What is copied: sources (without those of another stage) and where to.</summary>
    public IEnumerable<(string[] Sources, string Target)> Copies => Arguments("COPY")
        .Where(line => !line.StartsWith("--from", StringComparison.Ordinal))
        .Select(line => line.Split(' '))
        .Select(parts => (parts[..^1], parts[^1]));

    public IEnumerable<string> Arguments(string instruction) => Lines
        .Where(line => line.StartsWith(instruction + " ", StringComparison.Ordinal))
        .Select(line => line[(instruction.Length + 1)..]);

    private string? Argument(string instruction) => Arguments(instruction).LastOrDefault();

    private string[] Exec(string instruction) => Argument(instruction) is { } list ? JsonSerializer.Deserialize<string[]>(list)! : [];

    private static List<Image> Read()
    {
        var lines = Repository.Read("Dockerfile").Replace("\\\n", " ", StringComparison.Ordinal)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => !line.StartsWith('#'))
            .ToList();
        var images = new List<Image>();
        foreach (var line in lines)
        {
            if (line.Split(' ') is ["FROM", var origin, "AS", var name])
            {
                images.Add(new Image(name, origin, new List<string>()));
            }
            else
            {
                ((List<string>)images[^1].Lines).Add(line);
            }
        }

        return images;
    }
}

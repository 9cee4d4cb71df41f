using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace Assistant.Deployment.Tests;

/// <summary>The compose files, read as YAML: what a file says itself, with anchors and merges resolved and variables as they stand.</summary>
internal static partial class Compose
{
    public const string File = "docker-compose.yml";
    public const string ClusterFile = "docker-compose.cluster.yml";

    private static readonly IDeserializer Yaml = new DeserializerBuilder().Build();

    /// <summary>The services that one machine runs.</summary>
    public static IReadOnlyDictionary<string, ComposeService> Services { get; } = Load(File, new Dictionary<string, ComposeService>());

    /// <summary>The services that both files give together.</summary>
    public static IReadOnlyDictionary<string, ComposeService> Cluster { get; } = Load(ClusterFile, Services);

    /// <summary>Every service of both, by a name that tells which.</summary>
    public static IEnumerable<(string Name, ComposeService Service)> All =>
        Services.Select(service => (service.Key, service.Value)).Concat(Cluster.Select(service => ($"{service.Key} of the cluster", service.Value)));

    /// <summary>What a value is when no variable is set but those given.</summary>
    public static string Resolve(string value, IReadOnlyDictionary<string, string> variables) =>
        Variable().Replace(value, match => variables.TryGetValue(match.Groups["name"].Value, out var set) ? set : match.Groups["default"].Value)
            .Replace("$$", "$", StringComparison.Ordinal);

    private static Dictionary<string, ComposeService> Load(string file, IReadOnlyDictionary<string, ComposeService> below)
    {
        var parser = new MergingParser(new Tagless(new Parser(new StringReader(Repository.Read(file)))));
        var content = Yaml.Deserialize<Dictionary<string, object>>(parser);
        var services = new Dictionary<string, ComposeService>(below);
        foreach (var (name, value) in (Dictionary<object, object>)content["services"])
        {
            var own = (Dictionary<object, object>)value;
            var extended = own.TryGetValue("extends", out var extends) ? (string)((Dictionary<object, object>)extends)["service"] : (string)name;
            services[(string)name] = new ComposeService(below.TryGetValue(extended, out var base_) ? Over(base_.Values, own) : own);
        }

        return services;
    }

    private static Dictionary<object, object> Over(Dictionary<object, object> below, Dictionary<object, object> own)
    {
        var both = new Dictionary<object, object>(below);
        foreach (var (key, value) in own)
        {
            both[key] = value is Dictionary<object, object> map && both.GetValueOrDefault(key) is Dictionary<object, object> known
                ? Over(known, map)
                : value;
        }

        return both;
    }

    [GeneratedRegex(@"(?<!\$)\$\{(?<name>\w+)(:-(?<default>[^}]*)|:\?[^}]*)?\}")]
    private static partial Regex Variable();

    /// <summary>Reads compose's own tags (<c>!reset</c>, <c>!override</c>) as what they stand at.</summary>
    private sealed class Tagless(IParser inner) : IParser
    {
        public ParsingEvent? Current { get; private set; }

        public bool MoveNext()
        {
            var moved = inner.MoveNext();
            Current = inner.Current is SequenceStart { Tag.IsEmpty: false } sequence
                ? new SequenceStart(sequence.Anchor, TagName.Empty, true, sequence.Style, sequence.Start, sequence.End)
                : inner.Current;
            return moved;
        }
    }
}

/// <summary>One service.</summary>
internal sealed class ComposeService(Dictionary<object, object> values)
{
    public Dictionary<object, object> Values => values;

    public string Image => (string)values["image"];

    public string? User => values.GetValueOrDefault("user") as string;

    public bool IsReadOnly => values.GetValueOrDefault("read_only") as string == "true";

    public string? Target => values.GetValueOrDefault("build") is Dictionary<object, object> build ? (string)build["target"] : null;

    /// <summary>Whether it does its work once and ends.</summary>
    public bool EndsByItself => values.GetValueOrDefault("restart") as string == "no";

    public IReadOnlyList<string> Command => List("command");

    public IReadOnlyList<string> Ports => List("ports");

    public IReadOnlyList<string> Volumes => List("volumes");

    public IReadOnlyList<string> DroppedCapabilities => List("cap_drop");

    public IReadOnlyList<string> HealthCheck => values.GetValueOrDefault("healthcheck") is Dictionary<object, object> check && check.TryGetValue("test", out var test)
        ? [.. ((List<object>)test).Cast<string>()]
        : [];

    public IReadOnlyDictionary<string, string> Environment => values.GetValueOrDefault("environment") is Dictionary<object, object> variables
        ? variables.ToDictionary(variable => (string)variable.Key, variable => (string)variable.Value)
        : new Dictionary<string, string>();

    private IReadOnlyList<string> List(string key) => values.GetValueOrDefault(key) is List<object> list ? [.. list.Cast<string>()] : [];
}

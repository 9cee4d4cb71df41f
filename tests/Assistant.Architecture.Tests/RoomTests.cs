using System.Reflection;
using Assistant.Core.Answering;
using Assistant.Hosting;
using NetArchTest.Rules;

namespace Assistant.Architecture.Tests;

public sealed class RoomTests
{
    /// <summary>Rooms from the inside out: a room may refer to those of a lower floor only.</summary>
    private static readonly Dictionary<string, int> Floors = new()
    {
        ["Assistant.Core"] = 0,
        ["Assistant.Documents"] = 1,
        ["Assistant.Embeddings"] = 1,
        ["Assistant.Generation"] = 1,
        ["Assistant.Storage.Sqlite"] = 1,
        ["Assistant.Storage.Qdrant"] = 1,
        ["Assistant.Hosting"] = 2,
        ["Assistant.Shell"] = 3,
        ["Assistant.Console"] = 4,
        ["Assistant.ChatHost"] = 4,
        ["Assistant.Ingestion"] = 4,
    };

    private static readonly string[] NotInCore =
    [
        "Microsoft.Data.Sqlite", "SQLitePCL", "System.Data", "Markdig", "UtfUnknown", "AngleSharp", "UglyToad", "DocumentFormat.OpenXml",
        "Spectre.Console", "System.CommandLine", "Microsoft.AspNetCore", "Microsoft.Extensions.Hosting", "Microsoft.SemanticKernel",
    ];

    [Fact]
    public void References_point_inwards()
    {
        var rooms = Rooms();
        Assert.Superset(
            new HashSet<string>
            {
                "Assistant.Core", "Assistant.Documents", "Assistant.Embeddings", "Assistant.Generation", "Assistant.Storage.Sqlite", "Assistant.Hosting", "Assistant.Shell",
                "Assistant.ChatHost", "Assistant.Console", "Assistant.Ingestion",
            },
            rooms.Select(NameOf).ToHashSet());
        Assert.All(rooms, room => Assert.All(
            room.GetReferencedAssemblies().Select(reference => reference.Name!).Where(IsRoom),
            reference => Assert.True(
                Floors[reference] < Floors[NameOf(room)], $"{NameOf(room)} refers to {reference}, which is not further in.")));
    }

    [Fact]
    public void Every_room_has_its_floor() => Assert.All(Rooms(), room => Assert.Contains(NameOf(room), Floors.Keys));

    [Fact]
    public void Only_hosting_refers_to_a_store() => Assert.All(
        Rooms().Where(room => NameOf(room) != "Assistant.Hosting"),
        room => Assert.DoesNotContain(
            room.GetReferencedAssemblies(),
            reference => reference.Name!.StartsWith("Assistant.Storage.", StringComparison.Ordinal)));

    [Fact]
    public void Core_knows_no_engine_no_file_format_and_no_interface()
    {
        var result = Types.InAssembly(typeof(Answer).Assembly).ShouldNot().HaveDependencyOnAny(NotInCore).GetResult();
        Assert.True(result.IsSuccessful, string.Join(", ", result.FailingTypeNames ?? []));
        Assert.DoesNotContain(
            typeof(Answer).Assembly.GetReferencedAssemblies(),
            reference => NotInCore.Any(name => reference.Name!.StartsWith(name, StringComparison.Ordinal)));
    }

    [Fact]
    public void Hosting_knows_no_interface()
    {
        var result = Types.InAssembly(typeof(AssistantOptions).Assembly)
            .ShouldNot().HaveDependencyOnAny("Spectre.Console", "System.CommandLine", "Microsoft.AspNetCore").GetResult();
        Assert.True(result.IsSuccessful, string.Join(", ", result.FailingTypeNames ?? []));
    }

    [Theory]
    [InlineData("Assistant.ChatHost")]
    [InlineData("Assistant.Console")]
    [InlineData("Assistant.Ingestion")]
    public void Executables_show_nothing_to_others(string executable)
    {
        var shown = Types.InAssembly(Assembly.Load(executable)).That().ArePublic().GetTypes().Select(type => type.FullName);
        Assert.DoesNotContain(shown, name => name!.StartsWith("Assistant.", StringComparison.Ordinal));
    }

    [Fact]
    public void Classes_are_sealed_unless_others_derive_from_them()
    {
        var types = Rooms().SelectMany(room => room.GetTypes()).ToList();
        var bases = types.Select(type => type.BaseType).OfType<Type>()
            .Select(type => type.IsGenericType ? type.GetGenericTypeDefinition() : type).ToHashSet();
        Assert.Empty(types
            .Where(type => type.IsClass && !type.IsSealed && !bases.Contains(type) && IsRoom(type.Namespace ?? ""))
            .Select(type => type.FullName));
    }

    private static List<Assembly> Rooms() =>
    [
        .. Directory.EnumerateFiles(AppContext.BaseDirectory, "Assistant.*.dll")
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Where(name => !name.EndsWith(".Tests", StringComparison.Ordinal))
            .Select(Assembly.Load),
    ];

    private static bool IsRoom(string name) => name.StartsWith("Assistant.", StringComparison.Ordinal);

    private static string NameOf(Assembly assembly) => assembly.GetName().Name!;
}

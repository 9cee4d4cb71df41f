using System.Runtime.CompilerServices;

namespace Assistant.Deployment.Tests;

/// <summary>The files that programs are shipped with.</summary>
internal static class Repository
{
    /// <summary>The configuration that tests and programs are built in.</summary>
    public const string Configuration =
#if DEBUG
        "Debug";
#else
        "Release";
#endif

    public static string Root { get; } = Path.GetFullPath(Path.Combine(Folder(), "..", ".."));

    public static string PathOf(string file) => Path.Combine(Root, file);

    public static string Read(string file) => File.ReadAllText(PathOf(file));

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}

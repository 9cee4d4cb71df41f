namespace Assistant.Storage.Tests;

/// <summary>The reference data beside the repository that a user's clone does not have.</summary>
internal static class SharedFiles
{
    /// <summary>Path of a file or folder of <c>../shared</c>; null when it is not there.</summary>
    public static string? Find(params string[] parts)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Assistant.sln")))
        {
            root = root.Parent;
        }

        var path = Path.Combine([root?.Parent?.FullName ?? "", "shared", .. parts]);
        return Path.Exists(path) ? path : null;
    }

    /// <summary>Path of a file or folder of <c>../shared</c>; skips the test, visibly, when it is not there.</summary>
    public static string Need(params string[] parts)
    {
        var path = Find(parts);
        Assert.SkipWhen(path is null, $"needs {Path.Combine(["..", "shared", .. parts])}, which is not here");
        return path;
    }
}

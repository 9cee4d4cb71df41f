namespace Assistant.Core.Tests;

/// <summary>The reference data beside the repository that a user's clone does not have.</summary>
internal static class Shared
{
    /// <summary>Path of a file or folder of <c>../shared</c>; skips the test, visibly, when it is not there.</summary>
    public static string PathOf(params string[] parts)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Assistant.sln")))
        {
            root = root.Parent;
        }

        var path = Path.Combine([root?.Parent?.FullName ?? "", "shared", .. parts]);
        Assert.SkipUnless(Path.Exists(path), $"needs {Path.Combine(["..", "shared", .. parts])}, which is not here");
        return path;
    }
}

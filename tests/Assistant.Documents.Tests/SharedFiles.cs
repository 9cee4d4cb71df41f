namespace Assistant.Documents.Tests;

/// <summary>Reference files that stand beside the repository on some machines; a test that needs one is skipped elsewhere.</summary>
internal static class SharedFiles
{
    /// <summary>Full path of a file or folder under <c>../shared</c>; skips the running test when it is not there.</summary>
    public static string Require(string relativePath)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.Parent?.FullName ?? "", "shared", relativePath);
            if (File.Exists(Path.Combine(folder.FullName, "Assistant.sln")) && Path.Exists(path))
            {
                return path;
            }
        }

        Assert.Skip($"../shared/{relativePath} is not on this machine.");
        return "";
    }
}

namespace Assistant.ChatHost.Tests.Support;

/// <summary>Packages of npm, installed once into the tests' artifacts.</summary>
internal static class NodePackages
{
    private static readonly SemaphoreSlim Installing = new(1, 1);

    /// <summary>Folder in which the package can be used; skips the test, visibly, where npm is not or does not reach its registry.</summary>
    public static async Task<string> InstallAsync(string package, string version)
    {
        Programs.Need("node");
        Programs.Need("npm");
        var folder = Path.Combine(AppContext.BaseDirectory, "node", $"{package.Replace('/', '-').TrimStart('@')}-{version}");
        await Installing.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            var done = Path.Combine(folder, "installed");
            if (!File.Exists(done))
            {
                Directory.CreateDirectory(folder);
                var (exitCode, output, error) = await Programs.RunAsync(
                    folder, "npm", "install", "--no-audit", "--no-fund", "--no-save", "--prefix", folder, $"{package}@{version}");
                Assert.SkipUnless(exitCode == 0, $"npm could not install {package}: {error}{output}");
                await File.WriteAllTextAsync(done, version, TestContext.Current.CancellationToken);
            }
        }
        finally
        {
            Installing.Release();
        }

        return folder;
    }
}

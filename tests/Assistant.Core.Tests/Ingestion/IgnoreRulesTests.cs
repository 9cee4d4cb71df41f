using System.ComponentModel;
using System.Diagnostics;
using Assistant.Core.Ingestion;
using FsCheck;
using FsCheck.Fluent;

namespace Assistant.Core.Tests.Ingestion;

public sealed class IgnoreRulesTests : IDisposable
{
    private static readonly string[] Segments =
    [
        "a", "b", "ab", "a.md", "x y", "*", "**", "***", "?", "a*", "*b", "*.md", "**a", "[ab]", "[!a]", "[^b]", "[a-c]b", "[]a]", "[[:alpha:]]",
        "[[:nope:]]", "[", "[a", "[b-a]", @"\a", @"\*", @"a\", "#a", @"\#a", @"\!a",
    ];

    // Nothing beyond ASCII: git matches bytes, these rules characters.
    private static readonly string[] Names = ["a", "b", "ab", "ba", "abc", "a.md", "x y", "#a", "!a", "[", "]", "1"];

    private readonly DirectoryInfo repository = Directory.CreateTempSubdirectory("assistant-ignore-");

    public void Dispose() => repository.Delete(recursive: true);

    [Fact]
    public void Rules_mean_what_they_mean_to_git()
    {
        Assert.SkipUnless(TryGit("", "init", "--quiet").Succeeded, "There is no git here to compare with.");
        var rule =
            from negation in Gen.Frequency((3, Gen.Constant("")), (1, Gen.Constant("!")))
            from root in Gen.Elements("", "", "/")
            from segments in Gen.Elements(Segments).NonEmptyListOf()
            from end in Gen.Elements("", "", "/", " ", @"\ ")
            select negation + root + string.Join('/', segments.Take(3)) + end;
        var path = Gen.Elements(Names).NonEmptyListOf().Select(names => string.Join('/', names.Take(4)));
        var cases =
            from rules in rule.NonEmptyListOf()
            from paths in path.ListOf(60)
            select (Rules: rules.Take(4).ToArray(), Paths: paths.Distinct().ToArray());

        Prop.ForAll(cases.ToArbitrary(), pair =>
        {
            File.WriteAllLines(Path.Combine(repository.FullName, ".gitignore"), pair.Rules);
            var expected = TryGit(string.Join('\0', pair.Paths), "check-ignore", "--no-index", "-z", "--stdin").Output.Split('\0', StringSplitOptions.RemoveEmptyEntries);
            var rules = IgnoreRules.Parse(string.Join('\n', pair.Rules));
            Assert.Equal(expected.Order(StringComparer.Ordinal), pair.Paths.Where(path => IsLeftOut(rules, path)).Order(StringComparer.Ordinal));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Fact]
    public void Line_ends_marks_and_comments_do_no_harm()
    {
        var rules = IgnoreRules.Parse("\uFEFF*.tmp\r\n# comment\r\n\r\ndrafts/\r\n!keep.tmp");

        Assert.True(rules.Ignore("a/b.tmp", isFolder: false));
        Assert.True(rules.Ignore("a/drafts", isFolder: true));
        Assert.False(rules.Ignore("drafts", isFolder: false));
        Assert.False(rules.Ignore("a/keep.tmp", isFolder: false));
        Assert.False(rules.Ignore("comment", isFolder: false));
    }

    [Fact]
    public void The_folder_leaves_out_what_its_rules_name()
    {
        foreach (var id in new[] { "a.md", "drafts/b.md", "drafts/deep/c.md", "notes/d.tmp", "notes/e.md" })
        {
            var path = Path.Combine(repository.FullName, id);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, id);
        }

        File.WriteAllText(Path.Combine(repository.FullName, ".assistantignore"), "/drafts\n*.tmp\n");

        var listing = new CorpusFolder(repository.FullName).List(TestContext.Current.CancellationToken);
        Assert.Equal(["a.md", "notes/e.md"], listing.Files.Select(file => file.DocumentId));
    }

    /// <summary>As a walk through the folders finds it.</summary>
    private static bool IsLeftOut(IgnoreRules rules, string path)
    {
        for (var slash = path.IndexOf('/'); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            if (rules.Ignore(path[..slash], isFolder: true))
            {
                return true;
            }
        }

        return rules.Ignore(path, isFolder: false);
    }

    private (bool Succeeded, string Output) TryGit(string input, params string[] arguments)
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", ["-C", repository.FullName, "-c", "core.excludesFile=", .. arguments])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            })!;
            git.StandardInput.Write(input);
            git.StandardInput.Close();
            var output = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            return (git.ExitCode == 0, output);
        }
        catch (Win32Exception)
        {
            return (false, "");
        }
    }
}

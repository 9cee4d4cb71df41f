using System.Text;
using System.Text.RegularExpressions;

namespace Assistant.Core.Ingestion;

/// <summary>
/// What the corpus leaves out, in the syntax of <c>.gitignore</c> (https://git-scm.com/docs/gitignore#_pattern_format).
/// Of the rules that match a path the last one counts. Whoever walks a folder does not go into ignored folders:
/// what lies in them cannot be taken back in.
/// </summary>
internal sealed class IgnoreRules
{
    /// <summary>Name of the file in the corpus folder that holds the rules.</summary>
    public const string FileName = ".assistantignore";

    /// <summary>No rules.</summary>
    public static readonly IgnoreRules None = new([]);

    private readonly IReadOnlyList<Rule> rules;

    private IgnoreRules(IReadOnlyList<Rule> rules) => this.rules = rules;

    /// <summary>Understands the lines of a file with rules.</summary>
    public static IgnoreRules Parse(string text) => new([.. text.TrimStart('\uFEFF').Split('\n').Select(ParseLine).OfType<Rule>()]);

    /// <summary>Whether a file or folder is left out.</summary>
    /// <param name="path">Path relative to the corpus, with <c>/</c>.</param>
    /// <param name="isFolder">Whether it is a folder.</param>
    public bool Ignore(string path, bool isFolder)
    {
        for (var i = rules.Count - 1; i >= 0; i--)
        {
            if (rules[i].Matches(path, isFolder))
            {
                return !rules[i].TakesBack;
            }
        }

        return false;
    }

    private static Rule? ParseLine(string line)
    {
        var pattern = TrimEnd(line.TrimEnd('\r'));
        if (pattern.Length == 0 || pattern[0] == '#')
        {
            return null;
        }

        var takesBack = pattern[0] == '!';
        pattern = takesBack ? pattern[1..] : pattern;
        var foldersOnly = pattern.EndsWith('/');
        pattern = foldersOnly ? pattern[..^1] : pattern;
        var wholePath = pattern.Contains('/', StringComparison.Ordinal);
        pattern = pattern.StartsWith('/') ? pattern[1..] : pattern;
        // No backtracking: a pattern of many stars must not take for ever.
        return pattern.Length > 0 && ToRegex(pattern) is { } regex
            ? new Rule(new Regex(regex, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline), wholePath, foldersOnly, takesBack)
            : null;
    }

    /// <summary>Without spaces at the end, unless a backslash protects them.</summary>
    private static string TrimEnd(string line)
    {
        var end = line.Length;
        while (end > 0 && line[end - 1] == ' ')
        {
            end--;
        }

        var backslashes = line.AsSpan(0, end).Length - line.AsSpan(0, end).TrimEnd('\\').Length;
        return backslashes % 2 == 1 && end < line.Length ? line[..(end + 1)] : line[..end];
    }

    /// <summary>The pattern as a regular expression; null for one that matches nothing, e.g. with a bracket that is not closed.</summary>
    private static string? ToRegex(string pattern)
    {
        var regex = new StringBuilder(@"\A");
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '*':
                    i += AppendStars(pattern, i, regex) - 1;
                    break;
                case '?':
                    regex.Append("[^/]");
                    break;
                case '[':
                    var length = GlobClass.Append(pattern.AsSpan(i), regex);
                    if (length == 0)
                    {
                        return null;
                    }

                    i += length - 1;
                    break;
                case '\\' when i + 1 == pattern.Length:
                    return null;
                case '\\':
                    regex.Append(Regex.Escape(pattern[++i].ToString()));
                    break;
                default:
                    regex.Append(Regex.Escape(pattern[i].ToString()));
                    break;
            }
        }

        return regex.Append(@"\z").ToString();
    }

    /// <summary>Two stars or more that fill the room between slashes stand for any folders; other stars stay within a name.</summary>
    /// <returns>How many characters of the pattern were used.</returns>
    private static int AppendStars(string pattern, int start, StringBuilder regex)
    {
        var end = start;
        while (end < pattern.Length && pattern[end] == '*')
        {
            end++;
        }

        var fillsName = end - start >= 2 && (start == 0 || pattern[start - 1] == '/');
        if (fillsName && end == pattern.Length)
        {
            regex.Append(".*");
        }
        else if (fillsName && pattern[end] == '/')
        {
            regex.Append("(?:.*/)?");
            end++;
        }
        else
        {
            regex.Append("[^/]*");
        }

        return end - start;
    }

    private sealed record Rule(Regex Regex, bool WholePath, bool FoldersOnly, bool TakesBack)
    {
        public bool Matches(string path, bool isFolder) =>
            (isFolder || !FoldersOnly) && Regex.IsMatch(WholePath ? path : path.AsSpan(path.LastIndexOf('/') + 1));
    }
}

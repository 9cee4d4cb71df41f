using System.CommandLine;
using Assistant.Hosting;

namespace Assistant.Shell;

/// <summary>Options that stand for settings, allowed in front of and behind every command.</summary>
public sealed class SettingOptions
{
    /// <summary>Folder of the documents.</summary>
    public Option<string?> Corpus { get; } = new("--corpus")
    {
        Description = "Folder of the documents (setting Assistant:Corpus:Path, default corpus).",
        HelpName = "FOLDER",
        Recursive = true,
    };

    /// <summary>File of the index.</summary>
    public Option<string?> Database { get; } = new("--db")
    {
        Description = "File of the index (setting Assistant:Storage:Sqlite:Path, default data/assistant.db).",
        HelpName = "FILE",
        Recursive = true,
    };

    /// <summary>The settings that were given, by their configuration key.</summary>
    public IReadOnlyDictionary<string, string?> Read(ParseResult parse)
    {
        var settings = new Dictionary<string, string?>();
        Add(Corpus, "Corpus:Path");
        Add(Database, "Storage:Sqlite:Path");
        return settings;

        void Add(Option<string?> option, string key)
        {
            if (parse.GetResult(option) is not null)
            {
                settings[$"{AssistantOptions.SectionName}:{key}"] = parse.GetValue(option);
            }
        }
    }
}

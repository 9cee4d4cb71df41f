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
        Description = "File of the index, which is then kept in SQLite (settings Assistant:Storage:Provider and Assistant:Storage:Sqlite:Path, default data/assistant.db).",
        HelpName = "FILE",
        Recursive = true,
    };

    /// <summary>The language model that writes answers.</summary>
    public Option<string?> Chat { get; } = CreateShortcut(
        "--chat",
        $"Language model that writes answers: {ChatShortcut.Allowed} (settings Assistant:Chat:…, default none).",
        ChatShortcut.Read,
        ChatShortcut.Mistake);

    /// <summary>The model that embeds.</summary>
    public Option<string?> Embeddings { get; } = CreateShortcut(
        "--embeddings",
        $"Model that finds by meaning: {EmbeddingShortcut.Allowed} (settings Assistant:Embeddings:…, default builtin). Another one rebuilds the index.",
        EmbeddingShortcut.Read,
        EmbeddingShortcut.Mistake);

    /// <summary>The settings that were given, by their configuration key.</summary>
    public IReadOnlyDictionary<string, string?> Read(ParseResult parse)
    {
        var settings = new Dictionary<string, string?>();
        Add(Corpus, "Corpus:Path");
        Add(Database, "Storage:Sqlite:Path");
        AddAll(Chat, ChatShortcut.Read);
        AddAll(Embeddings, EmbeddingShortcut.Read);
        if (parse.GetResult(Database) is not null)
        {
            // A file is meant, also where another store is configured.
            settings[$"{AssistantOptions.SectionName}:Storage:Provider"] = nameof(StorageProvider.Sqlite);
        }

        return settings;

        void Add(Option<string?> option, string key)
        {
            if (parse.GetResult(option) is not null)
            {
                settings[$"{AssistantOptions.SectionName}:{key}"] = parse.GetValue(option);
            }
        }

        void AddAll(Option<string?> option, Func<string?, IReadOnlyDictionary<string, string?>?> read)
        {
            if (parse.GetResult(option) is not null)
            {
                foreach (var (key, value) in read(parse.GetValue(option)) ?? new Dictionary<string, string?>())
                {
                    settings[key] = value;
                }
            }
        }
    }

    /// <summary>An option whose one word stands for several settings.</summary>
    private static Option<string?> CreateShortcut(
        string name, string description, Func<string?, IReadOnlyDictionary<string, string?>?> read, Func<string?, string> mistake)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = "MODEL", Recursive = true };
        option.Validators.Add(result =>
        {
            var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
            if (read(text) is null)
            {
                result.AddError(mistake(text));
            }
        });
        return option;
    }
}

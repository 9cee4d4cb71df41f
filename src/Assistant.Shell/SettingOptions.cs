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
    public Option<string?> Chat { get; } = CreateChat();

    /// <summary>The model that embeds.</summary>
    public Option<string?> Embeddings { get; } = CreateEmbeddings();

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

    private static Option<string?> CreateChat()
    {
        var chat = new Option<string?>("--chat")
        {
            Description = $"Language model that writes answers: {ChatShortcut.Allowed} (settings Assistant:Chat:…, default none).",
            HelpName = "MODEL",
            Recursive = true,
        };
        chat.Validators.Add(result =>
        {
            var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
            if (ChatShortcut.Read(text) is null)
            {
                result.AddError(ChatShortcut.Mistake(text));
            }
        });
        return chat;
    }

    private static Option<string?> CreateEmbeddings()
    {
        var embeddings = new Option<string?>("--embeddings")
        {
            Description = $"Model that finds by meaning: {EmbeddingShortcut.Allowed} (settings Assistant:Embeddings:…, default builtin). Another one rebuilds the index.",
            HelpName = "MODEL",
            Recursive = true,
        };
        embeddings.Validators.Add(result =>
        {
            var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
            if (EmbeddingShortcut.Read(text) is null)
            {
                result.AddError(EmbeddingShortcut.Mistake(text));
            }
        });
        return embeddings;
    }
}

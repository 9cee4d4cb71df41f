using System.Text;
using Assistant.Core.Documents;
using Assistant.Core.Ingestion;
using Assistant.Core.Passages;
using Assistant.Core.Retention;
using Assistant.Storage.Tests.Conformance;
using Assistant.Storage.Tests.Sqlite;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Assistant.Storage.Tests.Ingestion;

/// <summary>A corpus folder, an index, and everything between them that a test can count or break.</summary>
internal sealed class CorpusFixture : IDisposable
{
    private readonly TemporaryIndex index = new();

    private readonly IEmbeddingGenerator<string, Embedding<float>> embedder;

    /// <summary>A corpus and an index in SQLite.</summary>
    public CorpusFixture()
        : this(null)
    {
    }

    /// <summary>A corpus and an index in a store of the test's choice.</summary>
    public CorpusFixture(Func<TimeProvider, AnyStore>? open, IEmbeddingGenerator<string, Embedding<float>>? embedder = null)
    {
        Store = open is null ? AnyStore.Of(index.Open(Time)) : open(Time);
        this.embedder = embedder ?? Embedder;
    }

    public DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("assistant-corpus-");

    public AnyStore Store { get; set; }

    public ParagraphReader Reader { get; } = new();

    public CountingEmbedder Embedder { get; } = new();

    /// <summary>The index is whole, where it is a file that can be looked into.</summary>
    public void AssertSound()
    {
        if (File.Exists(index.Path))
        {
            index.AssertSound();
        }
    }

    public RetentionRule Retention { get; set; } = RetentionRule.KeepAll;

    public ListLogger RetentionLog { get; } = new();

    public LaterTime Time { get; } = new();

    /// <summary>How often the index was opened for writing.</summary>
    public int WritersOpened { get; private set; }

    /// <summary>What happens once, just before the index is opened for writing.</summary>
    public Func<Task>? BeforeWriting { get; set; }

    public void Write(string id, params string[] paragraphs)
    {
        var path = Path.Combine(Folder.FullName, id);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, string.Join("\n\n", paragraphs));
    }

    public void Delete(string id) => File.Delete(Path.Combine(Folder.FullName, id));

    public void Move(string from, string to)
    {
        var target = Path.Combine(Folder.FullName, to);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Move(Path.Combine(Folder.FullName, from), target, overwrite: true);
    }

    public CorpusReconciler Reconciler(IEmbeddingGenerator<string, Embedding<float>>? other = null) => new(
        new CorpusFolder(Folder.FullName), [Reader], new PassageSplitter(), other ?? embedder, Store, Store, new Counted(this),
        new VersionRetention(Retention, Store, new Counted(this), Time, RetentionLog), new IngestionLimits(), Time, NullLogger<CorpusReconciler>.Instance);

    public async Task<List<IngestionEvent>> EventsAsync()
    {
        var events = new List<IngestionEvent>();
        await foreach (var happened in Reconciler().ReconcileAsync(TestContext.Current.CancellationToken))
        {
            events.Add(happened);
        }

        return events;
    }

    public async Task<IngestionReport> ReconcileAsync() =>
        Assert.IsType<IngestionCompleted>((await EventsAsync())[^1]).Report;

    public void Dispose()
    {
        index.Dispose();
        Folder.Delete(recursive: true);
    }

    private sealed class Counted(CorpusFixture fixture) : IIndexWriterFactory
    {
        public async Task<IIndexWriter> OpenWriterAsync(string fingerprint, CancellationToken cancellationToken)
        {
            fixture.WritersOpened++;
            if (fixture.BeforeWriting is { } before)
            {
                fixture.BeforeWriting = null;
                await before();
            }

            return await fixture.Store.OpenWriterAsync(fingerprint, cancellationToken);
        }

        public Task<IReadOnlyList<FailedFile>> GetFailuresAsync(CancellationToken cancellationToken) => fixture.Store.GetFailuresAsync(cancellationToken);

        public Task<bool> NeedsRepairAsync(CancellationToken cancellationToken) => fixture.Store.NeedsRepairAsync(cancellationToken);
    }

    /// <summary>The clock of the machine, which can be put forward.</summary>
    internal sealed class LaterTime : TimeProvider
    {
        public TimeSpan Later { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Later;
    }

    internal sealed class ListLogger : ILogger<VersionRetention>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add($"{logLevel}: {formatter(state, exception)}");
    }

    /// <summary>Paragraphs between empty lines; a first line <c>title: X</c> names the document.</summary>
    internal sealed class ParagraphReader : IDocumentReader
    {
        private int reads;

        public string Fingerprint { get; set; } = "paragraphs/1";

        public IReadOnlyCollection<string> Extensions => [".txt"];

        public int Reads => reads;

        /// <summary>Files with this in their name cannot be read.</summary>
        public string? RefuseNames { get; set; }

        /// <summary>What is put in front of every text; another rule of the format.</summary>
        public string Prefix { get; set; } = "";

        public SourceDocument Read(DocumentFile file, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref reads);
            var text = Prefix + Encoding.UTF8.GetString(file.Content.Span);
            if (text.Contains("UNREADABLE", StringComparison.Ordinal) || (RefuseNames is { } name && file.DocumentId.Contains(name, StringComparison.Ordinal)))
            {
                throw new UnreadableDocumentException("password-protected");
            }

            if (text.Contains("BUG", StringComparison.Ordinal))
            {
                throw new InvalidOperationException("the reader fell over");
            }

            var blocks = new List<TextBlock>();
            var start = 0;
            foreach (var paragraph in text.Split("\n\n"))
            {
                if (paragraph.Length > 0)
                {
                    blocks.Add(new TextBlock(BlockKind.Paragraph, new TextSpan(start, start + paragraph.Length)));
                }

                start += paragraph.Length + 2;
            }

            return new SourceDocument { Title = "Notes", Text = text, Blocks = blocks };
        }
    }

    internal sealed class CountingEmbedder : IEmbeddingGenerator<string, Embedding<float>>
    {
        private int texts;

        public int Texts => texts;

        public string Model { get; set; } = "counting";

        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            var all = values.ToList();
            Interlocked.Add(ref texts, all.Count);
            return Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(all.Select(text => new Embedding<float>(TestDocuments.Vector(text)))));
        }

        public object? GetService(Type serviceType, object? serviceKey = null) =>
            serviceType == typeof(EmbeddingGeneratorMetadata) ? new EmbeddingGeneratorMetadata("test", null, Model, TestDocuments.Dimensions) : null;

        public void Dispose()
        {
        }
    }
}

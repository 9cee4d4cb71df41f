using Assistant.Core.Documents;
using Assistant.Documents.PlainText;
using Markdig;

namespace Assistant.Documents.Markdown;

/// <summary>
/// Reads Markdown: CommonMark with pipe tables, footnotes, task lists, strikethrough and front matter. Its text is what a page made of
/// it would show, without mark-up, link targets, tags and comments.
/// </summary>
public sealed class MarkdownReader : IDocumentReader
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UseYamlFrontMatter()
        .UsePipeTables()
        .UseFootnotes()
        .UseAutoLinks()
        .UseTaskLists()
        .UseEmphasisExtras(Markdig.Extensions.EmphasisExtras.EmphasisExtraOptions.Strikethrough)
        .Build();

    /// <inheritdoc/>
    public string Fingerprint => "markdown/1";

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Extensions { get; } = [".md", ".markdown"];

    /// <inheritdoc/>
    public SourceDocument Read(DocumentFile file, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        cancellationToken.ThrowIfCancellationRequested();
        return Read(TextFile.Decode(file));
    }

    internal static SourceDocument Read(string source)
    {
        try
        {
            return MarkdownText.Of(Markdig.Markdown.Parse(source, Pipeline));
        }
        catch (ArgumentException)
        {
            // The parser refuses mark-up nested a hundred deep and trips over some wild mixtures of tables and lists; no person
            // wrote that as structure, so it is text as it stands.
            return PlainTextOutline.Of(source);
        }
    }
}

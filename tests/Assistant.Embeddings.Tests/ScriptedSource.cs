namespace Assistant.Embeddings.Tests;

/// <summary>A source whose vectors a test decides.</summary>
internal sealed class ScriptedSource(Func<string, float[]> vectorOf) : IVectorSource
{
    private int texts;

    public int Texts => texts;

    public string Name => "The scripted model";

    public string Identity { get; init; } = "scripted";

    public int? Dimensions { get; init; }

    /// <summary>What happens before each text.</summary>
    public Func<string, CancellationToken, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    public async Task EmbedAsync(
        IReadOnlyList<string> texts, bool isQuestion, Action<int, float[]> onVector, CancellationToken cancellationToken)
    {
        for (var i = 0; i < texts.Count; i++)
        {
            await Before(texts[i], cancellationToken);
            this.texts++;
            onVector(i, vectorOf(texts[i]));
        }
    }

    public void Dispose()
    {
    }
}

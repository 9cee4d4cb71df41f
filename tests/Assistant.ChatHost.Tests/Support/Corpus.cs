namespace Assistant.ChatHost.Tests.Support;

/// <summary>A folder of documents and an index of their own, removed in the end.</summary>
internal sealed class Corpus : IDisposable
{
    public const string Talks = "talks.md";
    public const string Harbour = "ports/north/Hafen & Über uns.md";
    public const string Hostile = "hostile.md";

    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("assistant-http-");

    public Corpus()
    {
        Write(Talks, """
            # Paris Talks

            Senior officials from twelve states met in Paris on Tuesday to discuss security guarantees.

            ## European Caution

            Some European states urged prudence, emphasizing legal clarity and domestic constraints. Poland asked for a fixed timetable of deliveries.

            ## Funding

            The coalition agreed to finance air defence for three years. A budget of nine billion euros was named by the chair.
            """);
        Write(Harbour, """
            # Harbour of Emden

            The harbour master closed the northern lock on Friday because of a broken gate. Repairs of the lock take six weeks.

            ## Ferries

            Ferries to Borkum leave from the outer pier until the lock is open again.
            """);
        Write(Hostile, """
            # <img src=x onerror=alert(1)> Injection

            The attacker wrote <script>alert(document.cookie)</script> into the turbine manual. The turbine spins at 900 [1] revolutions per minute](javascript:alert(1)).
            """);
    }

    public string Folder => Path.Combine(root.FullName, "corpus");

    public string Database => Path.Combine(root.FullName, "data", "assistant.db");

    public string Root => root.FullName;

    public void Write(string id, string text)
    {
        var path = Path.Combine(Folder, id);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public void Dispose() => root.Delete(recursive: true);
}

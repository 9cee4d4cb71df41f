using System.Diagnostics;
using System.Globalization;
using Assistant.Core.Answering;
using Assistant.Core.Ingestion;
using Assistant.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Assistant.Benchmarks;

/// <summary>How long an answer without a language model takes, and what it allocates, once its passages have been met. The same documents and questions in every run.</summary>
internal static class AnswerTime
{
    private const int ParagraphsOfDocument = 4;
    private const int SentencesOfParagraph = 5;
    private const int WordsOfSentence = 14;
    private const int WordsOfQuestion = 8;
    private const int Questions = 200;
    private const int WarmUpRounds = 5;

    /// <summary>Ordinary words, because what words mean is compared only where the built-in table knows them.</summary>
    private static readonly string[] Words =
        """
        harbour ferry island captain night storm ticket passenger crew delay bridge river dam valley engineer report council vote budget
        tax school teacher pupil lesson hospital doctor nurse patient treatment medicine market farmer price grain export treaty minister
        state guarantee security border soldier peace talks court judge law witness evidence museum painter picture collection visitor
        train station line signal driver road traffic car engine fuel factory worker wage strike union forest tree fire rain season
        temperature wind wave coast fish boat net storm flood rescue team player match goal coach letter writer novel reader language
        open close raise lower build repair measure warn urge support reject propose explain describe increase reduce protect replace
        early late cold warm heavy light public private local national cautious steady rapid gradual ancient modern narrow broad
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    public static async Task<int> RunAsync(int documents)
    {
        var folder = Directory.CreateTempSubdirectory("assistant-benchmark-");
        try
        {
            var random = new Random(1);
            var corpus = folder.CreateSubdirectory("corpus").FullName;
            for (var i = 0; i < documents; i++)
            {
                await File.WriteAllTextAsync(Path.Combine(corpus, string.Create(CultureInfo.InvariantCulture, $"document-{i}.md")), Document(random));
            }

            string[] questions = [.. Enumerable.Range(0, Questions).Select(_ => $"What is said about {Pick(random, WordsOfQuestion)}?")];
            var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings
            {
                Args = [$"--Assistant:Corpus:Path={corpus}", $"--Assistant:Storage:Sqlite:Path={Path.Combine(folder.FullName, "assistant.db")}"],
            });
            builder.AddAssistant();
            using var host = builder.Build();
            await foreach (var _ in host.Services.GetRequiredService<CorpusReconciler>().ReconcileAsync(CancellationToken.None))
            {
                // Only the index that comes of it is needed.
            }

            await MeasureAsync(host.Services.GetRequiredService<QuestionService>(), questions, documents);
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(QuestionService service, string[] questions, int documents)
    {
        var times = new List<double>();
        long allocated = 0;
        for (var round = 0; round <= WarmUpRounds; round++)
        {
            times.Clear();
            var before = GC.GetTotalAllocatedBytes(precise: true);
            foreach (var question in questions)
            {
                var started = Stopwatch.GetTimestamp();
                await service.AnswerAsync(new Question(question), CancellationToken.None);
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        }

        times.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{documents} documents: an answer takes {times[times.Count / 2]:f2} ms (median), {times[times.Count * 95 / 100]:f2} ms (95th percentile) and allocates {allocated / times.Count / 1024} KB."));
    }

    private static string Document(Random random) =>
        $"# {Pick(random, 3)}\n\n" + string.Join("\n\n", Enumerable.Range(0, ParagraphsOfDocument).Select(_ =>
            string.Join(' ', Enumerable.Range(0, SentencesOfParagraph).Select(_ => $"The {Pick(random, WordsOfSentence)}."))));

    private static string Pick(Random random, int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ => Words[random.Next(Words.Length)]));
}

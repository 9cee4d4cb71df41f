using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assistant.Evaluation.Published;

namespace Assistant.Evaluation;

/// <summary>The program's command line.</summary>
internal static class Commands
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static RootCommand Root()
    {
        var sets = new Argument<string[]>("SET")
        {
            Description = "Data sets: folders with docs.jsonl, queries.jsonl and qrels.tsv, folders with golden.jsonl, .tsv files of sentences to select from or of similar sentences; a folder of such sets stands for all of them.",
            Arity = ArgumentArity.OneOrMore,
        };
        var corpus = new Option<string>("--corpus")
        {
            Description = "The corpus that a golden.jsonl without a folder corpus beside it asks about.",
            DefaultValueFactory = _ => "corpus",
        };
        var output = new Option<string?>("--lines") { Description = "Write one JSON line per question to this file.", HelpName = "FILE" };
        var timing = new Option<bool>("--timing") { Description = "Report times too. All else is the same in every run." };
        var root = new RootCommand("Measures the quality of Assistant's answers on data sets. Settings of the product follow in the form --Assistant:Embeddings:Provider=OpenAI.")
        {
            sets, corpus, output, timing, Compare(), Train(corpus), Prepare(), Streaming(), IndexSize.Command(),
        };
        root.TreatUnmatchedTokensAsErrors = false;
        root.SetAction(async (parsed, cancellationToken) =>
        {
            // What the command line does not know comes with the sets: settings begin with dashes, sets do not.
            string[] given = [.. parsed.GetValue(sets) ?? [], .. parsed.UnmatchedTokens];
            string[] settings = [.. given.Where(token => token.StartsWith("--Assistant:", StringComparison.OrdinalIgnoreCase))];
            await using var lines = parsed.GetValue(output) is { } file ? new StreamWriter(file, append: false, new UTF8Encoding(false)) { NewLine = "\n" } : TextWriter.Null;
            var options = new RunOptions { Lines = lines, Timing = parsed.GetValue(timing), Settings = settings };
            foreach (var path in given.Except(settings))
            {
                var found = Expand(path).ToList();
                if (found.Count == 0)
                {
                    await Console.Error.WriteLineAsync($"{path} is no data set: it holds neither docs.jsonl nor golden.jsonl and is no .tsv file of sentences.");
                    return 1;
                }

                foreach (var set in found)
                {
                    Console.WriteLine((await MeasureAsync(set, parsed.GetValue(corpus)!, options, cancellationToken)).ToJsonString(Indented));
                }
            }

            return 0;
        });
        return root;
    }

    /// <summary>The set at a path, or else those in the folders below it, in ordinal order.</summary>
    private static IEnumerable<string> Expand(string path) =>
        IsSet(path) ? [path]
            : Directory.Exists(path) ? Directory.GetFileSystemEntries(path).Order(StringComparer.Ordinal).SelectMany(Expand)
            : [];

    private static bool IsSet(string path) => DataSet.IsIn(path) || File.Exists(GoldenIn(path)) || SelectionSet.IsAt(path) || SimilaritySet.IsAt(path);

    private static async Task<JsonObject> MeasureAsync(string set, string corpus, RunOptions options, CancellationToken cancellationToken)
    {
        if (DataSet.IsIn(set))
        {
            return await RetrievalRun.MeasureAsync(DataSet.Load(set), options, cancellationToken);
        }

        if (File.Exists(GoldenIn(set)))
        {
            return await GoldenRun.MeasureAsync(GoldenIn(set), GoldenRun.CorpusOf(set, corpus), options, cancellationToken);
        }

        return SelectionSet.IsAt(set)
            ? await SelectionRun.MeasureAsync(SelectionSet.Load(set), options, cancellationToken)
            : await SimilarityRun.MeasureAsync(SimilaritySet.Load(set), options, cancellationToken);
    }

    private static string GoldenIn(string path) => Path.Combine(path, "golden.jsonl");

    private static Command Compare()
    {
        var before = new Argument<FileInfo>("BEFORE") { Description = "Lines of one run (--lines)." };
        var after = new Argument<FileInfo>("AFTER") { Description = "Lines of another." };
        before.AcceptExistingOnly();
        after.AcceptExistingOnly();
        var command = new Command("compare", "Shows two runs side by side, question by question, with paired tests.") { before, after };
        command.SetAction(parsed =>
        {
            var comparisons = Comparison.Of(parsed.GetValue(before)!.FullName, parsed.GetValue(after)!.FullName);
            if (comparisons.Count == 0)
            {
                Console.Error.WriteLine("The two runs have no question in common.");
                return 1;
            }

            Console.Write(Comparison.Describe(comparisons));
            return 0;
        });
        return command;
    }

    private static Command Train(Option<string> corpus) => new("train", "Fits what answers weigh. Weights that people can read are printed as their file.")
    {
        Trainer("sentences", "Fits the weights of the sentence ranker on .tsv files of sentences and folders with golden.jsonl.", corpus, SentenceTraining.FitAsync, withNetwork: false),
        Trainer("odds", "Fits how likely a sentence answers that was read, on folders with golden.jsonl, retrieval sets with answers and .tsv files of sentences.", corpus, OddsTraining.FitAsync),
        Trainer("further", "Fits which sentences an answer quotes beside its best, on folders with golden.jsonl.", corpus, FurtherTraining.FitAsync),
        Trainer("confidence", "Fits how sure an answer is, on folders with golden.jsonl and retrieval sets.", corpus, ConfidenceTraining.FitAsync),
        TrainNetwork(corpus),
    };

    private static Command Prepare()
    {
        var checkouts = PublicQuestions.Sources.ToDictionary(source => source.Name, source => new Option<DirectoryInfo>($"--{source.Name}")
        {
            Description = $"A checkout of github.com/{source.Repository}.",
            HelpName = "FOLDER",
            Required = true,
        }.AcceptExistingOnly());
        var output = new Option<string>("--output") { Description = "The folder that the sets are written into.", HelpName = "FOLDER", Required = true };
        var command = new Command("prepare", "Makes the public sets that training uses of questions as their authors publish them.") { output };
        foreach (var checkout in checkouts.Values)
        {
            command.Add(checkout);
        }

        command.SetAction(parsed => PublicQuestions.Write(source => parsed.GetValue(checkouts[source])!.FullName, parsed.GetValue(output)!));
        return command;
    }

    private static Command TrainNetwork(Option<string> corpus)
    {
        var sets = new Argument<string[]>("SET") { Description = "Folders with golden.jsonl, retrieval sets with answers, and .tsv files of sentences; a folder of such sets stands for all of them.", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string>("--output") { Description = "Where its weights are written.", HelpName = "FILE", Required = true };
        var part = new Option<int>("--without-part") { Description = $"The part of the questions that is not learned from, 0 to {UnseenNetworks.Parts - 1}.", HelpName = "PART", Required = true };
        part.AcceptOnlyFromAmong([.. Enumerable.Range(0, UnseenNetworks.Parts).Select(number => number.ToString(CultureInfo.InvariantCulture))]);
        var command = new Command("network", "Trains one of the networks that read a question and a sentence side by side, and writes its weights to a file.") { sets, corpus, output, part };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var left = parsed.GetValue(part);
            await File.WriteAllBytesAsync(
                parsed.GetValue(output)!,
                await NetworkTraining.FitAsync(
                    [.. parsed.GetValue(sets)!.SelectMany(Expand)],
                    parsed.GetValue(corpus)!,
                    (path, question) => UnseenNetworks.PartOf(path, question, UnseenNetworks.Parts) != left,
                    Console.Error,
                    cancellationToken),
                cancellationToken);
            return 0;
        });
        return command;
    }

    private static Command Trainer(
        string name, string description, Option<string> corpus, Func<IReadOnlyList<string>, string, CancellationToken, Task<string>> fit, bool withNetwork = true)
    {
        var sets = new Argument<string[]>("SET") { Description = "What to learn from; a folder of sets stands for all of them.", Arity = ArgumentArity.OneOrMore };
        var command = new Command(name, description) { sets, corpus };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (withNetwork)
            {
                UnseenNetworks.Use();
            }

            Console.Write(await fit([.. parsed.GetValue(sets)!.SelectMany(Expand)], parsed.GetValue(corpus)!, cancellationToken));
            return 0;
        });
        return command;
    }

    private static Command Streaming()
    {
        var corpus = new Option<string>("--corpus") { Description = "The corpus that is asked.", DefaultValueFactory = _ => "corpus" };
        var question = new Option<string>("--question") { Description = "What is asked.", DefaultValueFactory = _ => "What did some European states urge?" };
        var count = new Option<int>("--count") { Description = "How often it is asked.", DefaultValueFactory = _ => 200 };
        var command = new Command("streaming", "Measures what checking adds to the time that a model takes for its first sentence.") { corpus, question, count };
        command.SetAction(async (parsed, cancellationToken) => Console.WriteLine((await StreamingRun.MeasureAsync(
            parsed.GetValue(corpus)!, parsed.GetValue(question)!, parsed.GetValue(count), cancellationToken)).ToJsonString(Indented)));
        return command;
    }
}

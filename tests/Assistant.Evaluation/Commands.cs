using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assistant.Evaluation;

/// <summary>The program's command line.</summary>
internal static class Commands
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static RootCommand Root()
    {
        var sets = new Argument<string[]>("SET")
        {
            Description = "Data sets: folders with docs.jsonl, queries.jsonl and qrels.tsv, folders with golden.jsonl, or .tsv files of sentences to select from.",
            Arity = ArgumentArity.OneOrMore,
        };
        var corpus = new Option<string>("--corpus") { Description = "The corpus that golden.jsonl asks about.", DefaultValueFactory = _ => "corpus" };
        var output = new Option<string?>("--lines") { Description = "Write one JSON line per question to this file." };
        var root = new RootCommand("Measures the quality of Assistant's answers on data sets.") { sets, corpus, output, Train() };
        root.SetAction(async (parsed, cancellationToken) =>
        {
            await using var lines = parsed.GetValue(output) is { } path ? File.CreateText(path) : TextWriter.Null;
            foreach (var set in parsed.GetValue(sets) ?? [])
            {
                if (await MeasureAsync(set, parsed.GetValue(corpus)!, lines, cancellationToken) is not { } summary)
                {
                    await Console.Error.WriteLineAsync($"{set} is no data set: it holds neither docs.jsonl nor golden.jsonl and is no .tsv file of sentences.");
                    return 1;
                }

                Console.WriteLine(summary.ToJsonString(Indented));
            }

            return 0;
        });
        return root;
    }

    private static async Task<JsonObject?> MeasureAsync(string set, string corpus, TextWriter lines, CancellationToken cancellationToken)
    {
        var golden = Path.Combine(set, "golden.jsonl");
        return DataSet.IsIn(set) ? await RetrievalRun.MeasureAsync(DataSet.Load(set), lines, cancellationToken)
            : File.Exists(golden) ? await GoldenRun.MeasureAsync(golden, corpus, lines, cancellationToken)
            : SelectionSet.IsAt(set) ? await SelectionRun.MeasureAsync(SelectionSet.Load(set), lines, cancellationToken)
            : null;
    }

    private static Command Train()
    {
        var sets = new Argument<string[]>("SET") { Description = "What to learn from: retrieval sets with answers, .tsv files of sentences.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("train", "Fits the weights of the sentence ranker and prints its weights file.") { sets };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var paths = parsed.GetValue(sets) ?? [];
            var pairs = new List<(double[] Difference, double Weight)>();
            foreach (var path in paths)
            {
                pairs.AddRange(await Training.PairsAsync(path, cancellationToken));
            }

            Console.Write(Training.Describe(
                Training.Fit(pairs),
                paths.Select(path => string.Join('/', Path.TrimEndingDirectorySeparator(path).Split(Path.DirectorySeparatorChar)[^2..]))));
            return 0;
        });
        return command;
    }
}

using FsCheck;
using FsCheck.Fluent;

namespace Assistant.Ingestion.Tests;

/// <summary>
/// The worker follows a folder in which anything happens and is killed now and then; in the end the index is that of a fresh
/// ingestion. The variable ASSISTANT_SEQUENCES says how many sequences are tried.
/// </summary>
public sealed class FollowingPropertyTests
{
    private const int FewSequences = 4;
    private static readonly string[] Ids = ["a.md", "b.txt", "d/a.md", "d/e/c.html", "d/f.pdf"];
    private static readonly string[] Words = ["alpha", "beta", "gamma", "delta"];

    private enum Kind
    {
        Write,
        Append,
        Delete,
        Rename,
        Copy,
        RenameFolder,
        DeleteFolder,
        Await,
        Kill,
    }

    private sealed record Operation(Kind Kind, string Id, string Other, string[] Words);

    [Fact]
    public void Whatever_happens_in_the_folder_and_to_the_worker_the_index_ends_like_a_fresh_one()
    {
        var operation =
            from kind in Gen.Frequency(
                (6, Gen.Constant(Kind.Write)), (3, Gen.Constant(Kind.Append)), (2, Gen.Constant(Kind.Delete)), (3, Gen.Constant(Kind.Rename)),
                (2, Gen.Constant(Kind.Copy)), (1, Gen.Constant(Kind.RenameFolder)), (1, Gen.Constant(Kind.DeleteFolder)), (2, Gen.Constant(Kind.Await)),
                (1, Gen.Constant(Kind.Kill)))
            from id in Gen.Elements(Ids)
            from other in Gen.Elements(Ids)
            from words in Gen.Elements(Words).NonEmptyListOf()
            select new Operation(kind, id, other, [.. words.Take(3)]);
        var sequences = int.TryParse(Environment.GetEnvironmentVariable("ASSISTANT_SEQUENCES"), out var asked) ? asked : FewSequences;

        Prop.ForAll(Arb.From(Gen.ListOf(operation, 14).Select(list => list.ToArray()), Shrink), list => RunAsync(list).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(sequences).WithStartSize(20).WithEndSize(20));
    }

    /// <summary>Sequences with one operation less.</summary>
    private static IEnumerable<Operation[]> Shrink(Operation[] sequence) =>
        Enumerable.Range(0, sequence.Length).Select(left => sequence.Where((_, i) => i != left).ToArray());

    private static async Task RunAsync(Operation[] sequence)
    {
        using var workplace = new Workplace();
        workplace.Settings["Ingestion:FullCheckSeconds"] = "3";
        workplace.Settings["Ingestion:QuietSeconds"] = "0.02";
        var worker = workplace.Start("--watch", "--json");
        try
        {
            foreach (var operation in sequence)
            {
                switch (operation.Kind)
                {
                    case Kind.Kill:
                        await worker.KillAsync();
                        worker.Dispose();
                        worker = workplace.Start("--watch", "--json");
                        break;
                    case Kind.Await:
                        await InStepAsync(workplace, worker);
                        break;
                    default:
                        Apply(workplace, operation);
                        break;
                }
            }

            await InStepAsync(workplace, worker);
        }
        finally
        {
            worker.Dispose();
        }
    }

    /// <summary>Waits until the index is that of a fresh ingestion; a worker that is quiet for long without that being so has failed.</summary>
    private static async Task InStepAsync(Workplace workplace, WorkerProcess worker)
    {
        var expected = await workplace.FreshContentAsync();
        while (!expected.SequenceEqual(await workplace.ContentAsync()))
        {
            await worker.NextReportAsync();
        }
    }

    private static void Apply(Workplace workplace, Operation operation)
    {
        var path = workplace.PathOf(operation.Id);
        var folder = workplace.PathOf("d");
        var text = string.Join("\n\n", operation.Words.Select(word => string.Join(' ', Enumerable.Repeat($"The {word} is in this sentence.", 25))));
        switch (operation.Kind)
        {
            case Kind.Write:
                workplace.Write(operation.Id, text);
                break;
            case Kind.Append when File.Exists(path):
                File.AppendAllText(path, "\n\n" + text);
                break;
            case Kind.Delete when File.Exists(path):
                File.Delete(path);
                break;
            case Kind.Rename when File.Exists(path):
                Directory.CreateDirectory(Path.GetDirectoryName(workplace.PathOf(operation.Other))!);
                File.Move(path, workplace.PathOf(operation.Other), overwrite: true);
                break;
            case Kind.Copy when File.Exists(path) && operation.Id != operation.Other:
                workplace.Write(operation.Other, File.ReadAllText(path));
                break;
            case Kind.RenameFolder when Directory.Exists(folder) && !Directory.Exists(folder + "2"):
                Directory.Move(folder, folder + "2");
                break;
            case Kind.DeleteFolder when Directory.Exists(folder):
                Directory.Delete(folder, recursive: true);
                break;
        }
    }
}

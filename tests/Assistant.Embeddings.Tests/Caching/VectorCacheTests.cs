using Assistant.Embeddings.Caching;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Assistant.Embeddings.Tests.Caching;

public sealed class VectorCacheTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("assistant-vectors-");
    private readonly FakeTimeProvider time = new();

    private string FilePath => Path.Combine(folder.FullName, "data", "embeddings.db");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_vector_comes_back_to_its_model_and_text_and_to_no_other()
    {
        using (var cache = Open())
        {
            cache.Put("a", VectorCache.KeyOf("text"), [1, 2]);
            cache.Put("b", VectorCache.KeyOf("text"), [3]);
            cache.PutHash("model.onnx", "90 MB", "hash");
        }

        using var again = Open();
        VectorAssert.Equal([1, 2], again.Find("a", VectorCache.KeyOf("text")));
        VectorAssert.Equal([3], again.Find("b", VectorCache.KeyOf("text")));
        Assert.Null(again.Find("a", VectorCache.KeyOf("Text")));
        Assert.Equal(("hash", null), (again.FindHash("model.onnx", "90 MB"), again.FindHash("model.onnx", "91 MB")));
    }

    [Fact]
    public async Task Several_may_use_the_file_at_once()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, 6), TestContext.Current.CancellationToken, (user, _) =>
        {
            using var cache = Open();
            for (var i = 0; i < 200; i++)
            {
                cache.Put("shared", VectorCache.KeyOf($"{i}"), [i]);
                VectorAssert.Equal([i], cache.Find("shared", VectorCache.KeyOf($"{i}")));
                cache.Put($"own {user}", VectorCache.KeyOf($"{i}"), [user, i]);
            }

            return ValueTask.CompletedTask;
        });

        using var after = Open();
        Assert.All(Enumerable.Range(0, 6), user => VectorAssert.Equal([user, 199], after.Find($"own {user}", VectorCache.KeyOf("199"))));
    }

    [Fact]
    public void A_damaged_file_is_put_aside_and_a_new_one_begun()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        File.WriteAllText(FilePath, string.Join(' ', Enumerable.Repeat("This is no database.", 500)));

        using var cache = Open();
        cache.Put("a", VectorCache.KeyOf("text"), [1]);

        VectorAssert.Equal([1], cache.Find("a", VectorCache.KeyOf("text")));
        Assert.StartsWith("This is no database.", File.ReadAllText(FilePath + ".damaged"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_of_something_else_is_left_alone()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        using (var other = new SqliteConnection($"Data Source={FilePath};Pooling=False"))
        {
            other.Open();
            using var command = other.CreateCommand();
            command.CommandText = "CREATE TABLE vectors (mine)";
            command.ExecuteNonQuery();
        }

        var before = File.ReadAllBytes(FilePath);
        using var cache = Open();
        cache.Put("a", VectorCache.KeyOf("text"), [1]);

        Assert.Null(cache.Find("a", VectorCache.KeyOf("text")));
        Assert.Equal(before, File.ReadAllBytes(FilePath));
    }

    [Fact]
    public void A_file_that_cannot_be_written_costs_nothing_but_the_cache()
    {
        Directory.CreateDirectory(FilePath);
        using var cache = Open();
        cache.Put("a", VectorCache.KeyOf("text"), [1]);
        Assert.Null(cache.Find("a", VectorCache.KeyOf("text")));
    }

    [Fact]
    public void Over_its_limit_it_drops_what_was_not_used_for_longest()
    {
        using var cache = new VectorCache(FilePath, 1_000_000, time, NullLogger.Instance);
        var used = VectorCache.KeyOf("used");
        cache.Put("a", used, new float[384]);
        for (var i = 0; i < 6000; i++)
        {
            cache.Put("a", VectorCache.KeyOf($"{i}"), new float[64]);
            if (i % 1000 == 0)
            {
                time.Advance(TimeSpan.FromDays(10));
                Assert.NotNull(cache.Find("a", used));
            }
        }

        Assert.NotNull(cache.Find("a", used));
        Assert.Null(cache.Find("a", VectorCache.KeyOf("0")));
        Assert.NotNull(cache.Find("a", VectorCache.KeyOf("5999")));
        Assert.InRange(new FileInfo(FilePath).Length, 0, 2_500_000);
    }

    private VectorCache Open() => new(FilePath, 100_000_000, time, NullLogger.Instance);
}

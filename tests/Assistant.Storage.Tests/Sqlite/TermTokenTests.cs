using Assistant.Storage.Sqlite;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Data.Sqlite;

namespace Assistant.Storage.Tests.Sqlite;

public sealed class TermTokenTests
{
    private static readonly Gen<string> Terms = Gen.Frequency(
            (4, Gen.Choose('a', 'z')),
            (2, Gen.Choose(1, 127)),
            (2, Gen.Choose(0, 0xFFFF)),
            (1, Gen.Choose(0xD800, 0xDFFF)),
            (1, Gen.Elements((int)'_', '"', '*', 'A', 'İ', 'ς', 'ß', '\u0301')))
        .Select(unit => (char)unit)
        .NonEmptyListOf()
        .Select(units => string.Concat(units.Take(6)));

    [Fact]
    public void Every_term_is_one_token_of_its_own()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        Run($"CREATE VIRTUAL TABLE words USING fts5 (word, tokenize = \"{TermToken.Tokenizer}\")");
        Run("CREATE VIRTUAL TABLE vocabulary USING fts5vocab (words, 'row')");

        Prop.ForAll(Terms.ToArbitrary(), Terms.ToArbitrary(), (term, other) =>
            {
                Run("DELETE FROM words");
                Run("INSERT INTO words (rowid, word) VALUES (1, $1)", TermToken.EncodeAll([term]));
                Run("INSERT INTO words (rowid, word) VALUES (2, $1)", TermToken.EncodeAll([term, other]));

                Assert.Equal(term == other ? 1L : 2L, Run("SELECT COUNT(*) FROM vocabulary"));
                Assert.Equal(2L, Run("SELECT COUNT(*) FROM words WHERE words MATCH $1", TermToken.Phrase(term)));
                Assert.Equal(term == other ? 2L : 1L, Run("SELECT COUNT(*) FROM words WHERE words MATCH $1", TermToken.Phrase(other)));
                Assert.Equal(2L, Run("SELECT doc FROM vocabulary WHERE term = $1", TermToken.Encode(term)));
            })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

        object? Run(string sql, string? value = null)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.Parameters.AddWithValue("$1", value ?? "");
            return command.ExecuteScalar();
        }
    }

    [Fact]
    public void Words_stay_readable_in_the_index()
    {
        Assert.Equal("prudence", TermToken.Encode("prudence"));
        Assert.Equal("größe", TermToken.Encode("größe"));
        Assert.Equal("don_0027t", TermToken.Encode("don't"));
    }
}

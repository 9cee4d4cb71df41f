using Assistant.Console.LineEditing;
using FsCheck;
using FsCheck.Fluent;

namespace Assistant.Console.Tests.LineEditing;

public sealed class LineEditorTests
{
    private const string Prompt = "> ";

    [Fact]
    public void What_is_typed_is_the_line() => Assert.Equal(new EditedLine(LineEnd.Entered, "Who hosted?"), Edit([.. Keys.Typed("Who hosted?")]));

    [Theory]
    [InlineData(ConsoleKey.LeftArrow, false, "abXc")]
    [InlineData(ConsoleKey.B, true, "abXc")]
    [InlineData(ConsoleKey.Home, false, "Xabc")]
    [InlineData(ConsoleKey.A, true, "Xabc")]
    [InlineData(ConsoleKey.End, false, "abcX")]
    [InlineData(ConsoleKey.E, true, "abcX")]
    [InlineData(ConsoleKey.RightArrow, false, "abcX")]
    [InlineData(ConsoleKey.F, true, "abcX")]
    [InlineData(ConsoleKey.Backspace, false, "abX")]
    [InlineData(ConsoleKey.U, true, "X")]
    [InlineData(ConsoleKey.W, true, "X")]
    [InlineData(ConsoleKey.K, true, "abcX")]
    [InlineData(ConsoleKey.Delete, false, "abcX")]
    public void A_key_does_what_shells_have_taught(ConsoleKey key, bool control, string expected) =>
        Assert.Equal(expected, Edit([.. Keys.Typed("abc"), control ? Keys.Control(key) : Keys.Of(key), .. Keys.Typed("X")]).Text);

    [Fact]
    public void Words_are_jumped_over_and_deleted_whole()
    {
        Assert.Equal("one Xtwo", Edit([.. Keys.Typed("one two"), Keys.Control(ConsoleKey.LeftArrow), .. Keys.Typed("X")]).Text);
        Assert.Equal("oneX two", Edit([.. Keys.Typed("one two"), Keys.Of(ConsoleKey.Home), Keys.Control(ConsoleKey.RightArrow), .. Keys.Typed("X")]).Text);
        Assert.Equal("one X", Edit([.. Keys.Typed("one two  "), Keys.Control(ConsoleKey.W), .. Keys.Typed("X")]).Text);
    }

    [Fact]
    public void The_end_of_the_line_is_deleted_and_so_is_the_character_under_the_cursor()
    {
        Assert.Equal("ab", Edit([.. Keys.Typed("abcd"), Keys.Of(ConsoleKey.LeftArrow), Keys.Of(ConsoleKey.LeftArrow), Keys.Control(ConsoleKey.K)]).Text);
        Assert.Equal("bcd", Edit([.. Keys.Typed("abcd"), Keys.Of(ConsoleKey.Home), Keys.Of(ConsoleKey.Delete)]).Text);
        Assert.Equal("bcd", Edit([.. Keys.Typed("abcd"), Keys.Of(ConsoleKey.Home), Keys.Control(ConsoleKey.D)]).Text);
    }

    [Theory]
    [InlineData("a😀")]
    [InlineData("ae\u0301")]
    [InlineData("a👩‍👩‍👧")]
    public void A_character_of_several_code_units_is_deleted_whole(string text) =>
        Assert.Equal("a", Edit([.. Keys.Typed(text), Keys.Of(ConsoleKey.Backspace)]).Text);

    [Fact]
    public void Control_c_interrupts_and_control_d_ends_only_an_empty_line()
    {
        Assert.Equal(new EditedLine(LineEnd.Interrupted, "abc"), new LineEditor(new ScreenFake(80, [.. Keys.Typed("abc"), Keys.Control(ConsoleKey.C)]), new()).ReadLine(Prompt));
        Assert.Equal(new EditedLine(LineEnd.EndOfInput, ""), new LineEditor(new ScreenFake(80, [Keys.Control(ConsoleKey.D)]), new()).ReadLine(Prompt));
        Assert.Equal("abc", Edit([.. Keys.Typed("abc"), Keys.Control(ConsoleKey.D)]).Text);
    }

    [Fact]
    public void Arrows_go_through_what_was_entered_and_back_to_what_was_being_typed()
    {
        var (up, down) = (Keys.Of(ConsoleKey.UpArrow), Keys.Of(ConsoleKey.DownArrow));

        Assert.Equal("second", Edit([up]));
        Assert.Equal("first", Edit([up, up, up]));
        Assert.Equal("second", Edit([up, up, down]));
        Assert.Equal("draft", Edit([.. Keys.Typed("draft"), up, up, down, down, down]));
        Assert.Equal("firstly", Edit([up, up, up, .. Keys.Typed("ly")]));

        static string Edit(ConsoleKeyInfo[] keys)
        {
            var history = new LineHistory();
            foreach (var line in new[] { "first", "second", "second", "  " })
            {
                history.Add(line);
            }

            return new LineEditor(new ScreenFake(80, [.. keys, Keys.Enter]), history).ReadLine(Prompt).Text;
        }
    }

    [Fact]
    public void The_screen_shows_the_line_and_the_cursor_whatever_is_pressed()
    {
        var key = Gen.Frequency<ConsoleKeyInfo>(
            (6, Gen.Choose('a', 'z').Select(character => Keys.Of(ConsoleKey.None, (char)character))),
            (1, Gen.Constant(Keys.Of(ConsoleKey.None, ' '))),
            (3, Gen.Elements(ConsoleKey.LeftArrow, ConsoleKey.RightArrow, ConsoleKey.Home, ConsoleKey.End, ConsoleKey.Backspace, ConsoleKey.Delete, ConsoleKey.UpArrow, ConsoleKey.DownArrow)
                .Select(special => Keys.Of(special))),
            (1, Gen.Elements(ConsoleKey.A, ConsoleKey.E, ConsoleKey.K, ConsoleKey.U, ConsoleKey.W, ConsoleKey.L, ConsoleKey.LeftArrow).Select(Keys.Control)));
        var inputs = from width in Gen.Choose(3, 24) from keys in key.ListOf() select (width, keys);

        Prop.ForAll(inputs.ToArbitrary(), input =>
        {
            var history = new LineHistory();
            history.Add("an older line that is longer than a row");
            // One key more than the line, so that the screen is looked at in front of it.
            var screen = new ScreenFake(input.width, [.. input.keys, Keys.Enter]);
            var line = new LineEditor(screen, history).ReadLine(Prompt);

            var shown = Prompt + line.Text;
            var rows = Enumerable.Range(0, shown.Length / input.width + 1)
                .Select(row => shown[(row * input.width)..Math.Min(shown.Length, (row + 1) * input.width)].TrimEnd());
            Assert.Equal(rows, screen.Seen);

            // Typing a mark there tells where the editor itself holds the cursor to be.
            var marked = new LineEditor(new ScreenFake(input.width, [.. input.keys, .. Keys.Typed("#"), Keys.Enter]), Copy()).ReadLine(Prompt).Text;
            var cursor = Prompt.Length + marked.IndexOf('#', StringComparison.Ordinal);
            Assert.Equal((cursor / input.width, cursor % input.width), screen.Cursor);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

        static LineHistory Copy()
        {
            var history = new LineHistory();
            history.Add("an older line that is longer than a row");
            return history;
        }
    }

    [Fact]
    public void Wide_characters_are_not_cut_at_the_right_edge()
    {
        var layout = LineLayout.Of("日本語", cursor: 3, promptWidth: 2, width: 5);

        Assert.Equal(["日", "本語"], layout.Rows);
        Assert.Equal((1, 4), (layout.CursorRow, layout.CursorColumn));
    }

    private static EditedLine Edit(ConsoleKeyInfo[] keys) =>
        new LineEditor(new ScreenFake(80, [.. keys, Keys.Enter]), new LineHistory()).ReadLine(Prompt);
}

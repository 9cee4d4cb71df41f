using Assistant.Core.Answering;
using FsCheck;
using FsCheck.Fluent;

namespace Assistant.Core.Tests.Answering;

public sealed class RecentlyUsedTests
{
    [Fact]
    public void Each_key_gets_what_was_made_for_it_and_the_last_keys_are_not_made_again() =>
        Prop.ForAll(Gen.Choose(0, 12).ArrayOf().ToArbitrary(), Gen.Choose(1, 6).ToArbitrary(), (asked, capacity) =>
        {
            object[] keys = [.. Enumerable.Range(0, 13).Select(_ => new object())];
            var kept = new RecentlyUsed<object, object>(capacity);
            var last = new List<int>();
            foreach (var number in asked)
            {
                var isMade = false;
                var value = kept.GetOrAdd(keys[number], key =>
                {
                    isMade = true;
                    return key;
                });
                var isAmongTheLast = last.TakeLast(capacity).Contains(number);
                if (value != keys[number] || (isMade && isAmongTheLast))
                {
                    return false;
                }

                last.Remove(number);
                last.Add(number);
            }

            return true;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Keys_of_long_ago_are_given_up_however_many_threads_ask()
    {
        object[] keys = [.. Enumerable.Range(0, 10_000).Select(_ => new object())];
        var kept = new RecentlyUsed<object, object>(100);
        Parallel.ForEach(keys, key => Assert.Same(key, kept.GetOrAdd(key, made => made)));
        var made = 0;
        foreach (var key in keys)
        {
            kept.GetOrAdd(key, again =>
            {
                made++;
                return again;
            });
        }

        Assert.InRange(made, keys.Length - 300, keys.Length);
    }
}

using System.Collections.Concurrent;

namespace Assistant.Core.Answering;

/// <summary>
/// A cache in two generations that keeps what was made for the keys that were asked for last (nearly LRU, without its list and its
/// lock): <c>capacity</c> of them at least, about twice as many at most.
/// Thread-safe: two threads may make the same, and what one of them gives up is made again.
/// </summary>
/// <typeparam name="TKey">What is asked for.</typeparam>
/// <typeparam name="TValue">What is made for it.</typeparam>
internal sealed class RecentlyUsed<TKey, TValue>(int capacity)
    where TKey : notnull
{
    private ConcurrentDictionary<TKey, TValue> recent = Empty();
    private ConcurrentDictionary<TKey, TValue> older = Empty();

    public TValue GetOrAdd(TKey key, Func<TKey, TValue> make)
    {
        var (now, before) = (recent, older);
        if (now.TryGetValue(key, out var value))
        {
            return value;
        }

        value = before.TryGetValue(key, out var kept) ? kept : make(key);
        if (now.TryAdd(key, value) && now.Count >= capacity && Interlocked.CompareExchange(ref recent, Empty(), now) == now)
        {
            older = now;
        }

        return value;
    }

    private static ConcurrentDictionary<TKey, TValue> Empty() => new();
}

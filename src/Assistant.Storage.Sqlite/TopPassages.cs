namespace Assistant.Storage.Sqlite;

/// <summary>Keeps the best rows of a search: highest score first, equal scores by passage id.</summary>
/// <param name="view">What is searched.</param>
/// <param name="limit">How many to keep, at least 0.</param>
internal sealed class TopPassages(PassageView view, int limit)
{
    // The worst that is kept is at the front of the queue.
    private readonly PriorityQueue<int, (double Score, Guid Id)> kept = new(
        Comparer<(double Score, Guid Id)>.Create((left, right) =>
            left.Score != right.Score ? left.Score.CompareTo(right.Score) : right.Id.CompareTo(left.Id)));

    /// <summary>The rows kept, with their scores, in no order.</summary>
    public IEnumerable<(int Row, double Score)> Rows => kept.UnorderedItems.Select(item => (item.Element, item.Priority.Score));

    public void Offer(int row, double score)
    {
        if (kept.Count < limit)
        {
            kept.Enqueue(row, (score, view[row].Id));
        }
        else if (limit > 0 && kept.TryPeek(out _, out var worst) && score >= worst.Score)
        {
            kept.EnqueueDequeue(row, (score, view[row].Id));
        }
    }
}

namespace IdfKit.Drops;

/// <summary>
/// Places for rows of studies that several calls share, so that no more rows run at a time than there are processors. A row that an
/// attempt has died of takes them all: should it end the process again, it takes no other row along.
/// </summary>
public sealed class RowSlots : IDisposable
{
    private readonly SemaphoreSlim _free;
    private readonly SemaphoreSlim _oneAlone = new(1, 1); // two that each had taken some would wait for each other

    /// <param name="count">How many there are, at least one.</param>
    public RowSlots(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        (Count, _free) = (count, new(count, count));
    }

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _free.Dispose();
        _oneAlone.Dispose();
    }

    /// <summary>Waits for a place, or for all of them.</summary>
    /// <param name="alone">Whether nothing else may run beside it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Gives back what was taken.</returns>
    internal async Task<IDisposable> TakeAsync(bool alone, CancellationToken cancellationToken)
    {
        var taken = new Taken(_free);
        try
        {
            if (alone) await _oneAlone.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                for (var wanted = alone ? Count : 1; taken.Count < wanted; taken.Count++)
                    await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            finally { if (alone) _oneAlone.Release(); }
            return taken;
        }
        catch (OperationCanceledException)
        {
            taken.Dispose();
            throw;
        }
    }

    private sealed class Taken(SemaphoreSlim free) : IDisposable
    {
        public int Count { get; set; }

        public void Dispose()
        {
            if (Count > 0) free.Release(Count);
            Count = 0;
        }
    }
}

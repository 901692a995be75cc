using System.Runtime.CompilerServices;

namespace IdfKit.Storage;

/// <summary>For operations that are done by way of others: what fails bears the name that the caller used.</summary>
internal static class OperationName
{
    /// <summary>Runs <paramref name="work"/>; its failure is that of <paramref name="operation"/>.</summary>
    public static T Under<T>(string operation, Func<T> work)
    {
        try { return work(); }
        catch (StorageException error) when (error.Operation != operation) { throw error.Under(operation); }
    }

    /// <inheritdoc cref="Under{T}(string, Func{T})"/>
    public static async Task<T> UnderAsync<T>(string operation, Func<Task<T>> work)
    {
        try { return await work().ConfigureAwait(false); }
        catch (StorageException error) when (error.Operation != operation) { throw error.Under(operation); }
    }

    /// <inheritdoc cref="Under{T}(string, Func{T})"/>
    public static void Under(string operation, Action work)
    {
        try { work(); }
        catch (StorageException error) when (error.Operation != operation) { throw error.Under(operation); }
    }

    /// <inheritdoc cref="Under{T}(string, Func{T})"/>
    public static async Task UnderAsync(string operation, Func<Task> work)
    {
        try { await work().ConfigureAwait(false); }
        catch (StorageException error) when (error.Operation != operation) { throw error.Under(operation); }
    }

    /// <inheritdoc cref="Under{T}(string, Func{T})"/>
    public static IEnumerable<T> Under<T>(string operation, IEnumerable<T> items)
    {
        using var all = items.GetEnumerator();
        while (Under(operation, all.MoveNext)) yield return all.Current;
    }

    /// <inheritdoc cref="Under{T}(string, Func{T})"/>
    public static async IAsyncEnumerable<T> UnderAsync<T>(
        string operation, IAsyncEnumerable<T> items, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var all = items.GetAsyncEnumerator(cancellationToken);
        await using (all.ConfigureAwait(false))
        {
            while (await UnderAsync(operation, () => all.MoveNextAsync().AsTask()).ConfigureAwait(false)) yield return all.Current;
        }
    }
}

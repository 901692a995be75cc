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

    /// <inheritdoc cref="Under{T}"/>
    public static async Task<T> UnderAsync<T>(string operation, Func<Task<T>> work)
    {
        try { return await work().ConfigureAwait(false); }
        catch (StorageException error) when (error.Operation != operation) { throw error.Under(operation); }
    }

    /// <inheritdoc cref="Under{T}"/>
    public static void Under(string operation, Action work)
    {
        try { work(); }
        catch (StorageException error) when (error.Operation != operation) { throw error.Under(operation); }
    }

    /// <inheritdoc cref="Under{T}"/>
    public static async Task UnderAsync(string operation, Func<Task> work)
    {
        try { await work().ConfigureAwait(false); }
        catch (StorageException error) when (error.Operation != operation) { throw error.Under(operation); }
    }
}

using IdfKit.Runs;
using IdfKit.Storage;

namespace IdfKit.Drops;

/// <summary>
/// Lets go of claims whose owners are known to be dead, so that nobody waits for their leases: for the program that started and ended
/// the processes which made them.
/// </summary>
/// <param name="bucket">The bucket of the results.</param>
/// <param name="requests">The request ids under which those processes worked.</param>
/// <param name="time">The clock; null: the system's.</param>
public sealed class InterruptedRuns(IAsyncFileSystem bucket, IReadOnlySet<string> requests, TimeProvider? time = null)
{
    private DateTimeOffset Now => (time ?? TimeProvider.System).GetUtcNow();

    /// <summary>
    /// Ends the lease of a run, if it is of a dead owner and has not ended. The run says from then on that it was interrupted, and any
    /// event takes it up. Costs a GET, and a HEAD and a PUT for what is let go.
    /// </summary>
    /// <param name="folder">The run's, without a trailing <c>/</c>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The record; null when there is none of a dead owner whose lease has not run out.</returns>
    /// <exception cref="StorageException">The bucket fails.</exception>
    public async Task<RunRecord?> ReleaseAsync(string folder, CancellationToken cancellationToken = default)
    {
        var path = $"{folder}/{RunRecordFile.Name}";
        if (await DeadAsync(path, cancellationToken).ConfigureAwait(false) is null) return null;
        try
        {
            var etag = (await bucket.StatAsync(path, cancellationToken).ConfigureAwait(false)).ETag;
            // Read after its ETag, so that the write finds out when somebody has claimed it between.
            if (await DeadAsync(path, cancellationToken).ConfigureAwait(false) is not { } dead) return null;
            var released = Released(dead);
            using var content = new MemoryStream(RunRecordFile.ToJson(released), writable: false);
            var options = new WriteOptions { ContentType = "application/json", IfMatch = etag };
            await bucket.WriteAsync(path, content, options, cancellationToken).ConfigureAwait(false);
            return released;
        }
        catch (StorageException e) when (e.Kind is StorageErrorKind.PreconditionFailed
            or StorageErrorKind.Conflict or StorageErrorKind.NotFound)
        {
            return null; // somebody else has it, or has removed it
        }
    }

    private async Task<RunRecord?> DeadAsync(string path, CancellationToken cancellationToken)
    {
        var json = await bucket.ReadBytesOrNullAsync(path, cancellationToken).ConfigureAwait(false);
        return json is not null && RunRecordFile.FromJson(json) is { Status: RunStatus.Running, RequestId: { } request } record
            && requests.Contains(OfInvocation(request)) && record.ExpiresAt > Now
            ? record
            : null;
    }

    /// <summary>A person has stopped it: for a row of a study that is no death that counts against it.</summary>
    private RunRecord Released(RunRecord dead) => dead with
    {
        ExpiresAt = Now,
        Study = dead.Study is { Attempt: { } attempt } row ? row with { Attempt = attempt - 1 } : dead.Study,
    };

    /// <summary>Rows of a study work under the id of their invocation and of their ticket: <c>ID#TICKET</c>.</summary>
    private static string OfInvocation(string request) =>
        request.IndexOf('#', StringComparison.Ordinal) is var mark and >= 0 ? request[..mark] : request;
}

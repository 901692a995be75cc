using IdfKit.Runs;
using IdfKit.Storage;

namespace IdfKit.Drops.Notes;

/// <summary>
/// Models that the function's deadline stopped, handed over to a process that has more time: a note <c>.timed-out/MODEL</c>
/// under the output prefix, named by a hash, holds the model's URL. Writing it is an S3 event, so that a rule may start
/// a container with the note's own URL.
/// </summary>
internal sealed class UnfinishedModels(IAsyncFileSystem output, string outputPrefix)
{
    private readonly string _folder = OutputLayout.UnfinishedFolderOf(outputPrefix);

    /// <summary>Whether a key is one of these notes.</summary>
    public static bool IsNote(ObjectKey key, string outputPrefix) =>
        key.Value.StartsWith(OutputLayout.UnfinishedFolderOf(outputPrefix), StringComparison.Ordinal);

    /// <summary>
    /// Leaves a note for a run that the deadline stopped. To be called before that is committed, so that none is
    /// forgotten.
    /// </summary>
    public async Task AddAsync(RunRecord ended, CancellationToken cancellationToken)
    {
        if (ended is not { Status: RunStatus.TimedOut, Reason: RunReason.Deadline }) return;
        var url = S3Url.Of(ended.Input.Bucket, ended.Input.Key);
        await output.WriteTextAsync(_folder + WaitingModels.Hash(url),
            url, encoding: null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The model that a note points to; null when the note has gone.</summary>
    public async Task<DroppedObject?> ReadAsync(ObjectKey note, CancellationToken cancellationToken)
    {
        try
        {
            var text = await output.ReadTextAsync(note.Value, encoding: null, cancellationToken).ConfigureAwait(false);
            return S3Url.TryParse(text, out var url) ? new(url.Bucket, url.Key) : null;
        }
        catch (StorageException e) when (e.Kind == StorageErrorKind.NotFound) { return null; }
    }

    public Task RemoveAsync(ObjectKey note, CancellationToken cancellationToken) =>
        output.RemoveIfThereAsync(note.Value, cancellationToken);
}

using IdfKit.Cli.Places;
using IdfKit.Cli.Show;
using IdfKit.Engine;
using IdfKit.Runs;
using IdfKit.Runs.Staging;
using IdfKit.Storage;

namespace IdfKit.Cli.Compare;

/// <summary>One of two runs that are compared.</summary>
/// <param name="Place">Where it lies.</param>
/// <param name="Folder">Its folder.</param>
/// <param name="Record">Its record.</param>
internal sealed record ComparedRun(Place Place, string Folder, RunRecord Record)
{
    private const long LargestModel = 64 << 20;

    public EnergySummary Figures => Record.Summary ?? new EnergySummary();

    /// <summary>How it ended and why, in a sentence; null: it completed.</summary>
    public async Task<string?> WhyNotCompletedAsync(CancellationToken cancellationToken)
    {
        var shown = Place.Shown(Folder);
        return Record.Status switch
        {
            RunStatus.Completed => null,
            RunStatus.Running => CliSentences.HasNotEnded(shown, await UnendedRun.ReadAsync(Place, Folder, Record, cancellationToken)),
            _ => CliSentences.DidNotComplete(shown, CliSentences.Word(Record.Status), Record.Reason, Record.Message),
        };
    }

    /// <summary>The model as it ran, or why that cannot be told, in a sentence.</summary>
    public async Task<(Model? Model, string? Why)> ReadModelAsync(CancellationToken cancellationToken)
    {
        var (input, name) = (Record.Input, CliSentences.Clean(Record.Input.Key));
        if (input.Key.EndsWith(".zip", StringComparison.OrdinalIgnoreCase)) return (null, CliSentences.BundleNotCompared(name));
        try
        {
            var (files, path) = input.Bucket.Length == 0 && Path.IsPathFullyQualified(input.Key)
                ? (new AsyncLocalFileSystem(Path.GetPathRoot(input.Key)!), Path.GetRelativePath(Path.GetPathRoot(input.Key)!, input.Key))
                : (Place.Files, input.Key);
            var isVersion = input.VersionId is not null && files.Capabilities.HasFlag(StorageCapabilities.Versions);
            var entry = await files.StatAsync(path, cancellationToken);
            if (!isVersion && !IsAsItRan(entry)) return (null, CliSentences.ModelHasChanged(name));
            if (entry.SizeBytes > LargestModel) return (null, CliSentences.ModelHasChanged(name));
            await using var content = isVersion
                ? await files.OpenReadVersionAsync(path, input.VersionId!, cancellationToken)
                : await files.OpenReadAsync(path, cancellationToken);
            using var copy = new MemoryStream();
            await content.CopyToAsync(copy, cancellationToken);
            copy.Position = 0;
            return (StagedModel.Look(copy), null);
        }
        catch (Exception e) when (e is StorageException or ModelSyntaxException)
        {
            return (null, CliSentences.ModelNotRead(name, e.Message));
        }
    }

    // Times are told in whole seconds over S3, and its checksums differ from those of a disk.
    private bool IsAsItRan(FileEntry entry)
    {
        if (Record.Input.SizeBytes is { } size && size != entry.SizeBytes) return false;
        if (Record.Input.ETag is { } etag && etag == entry.ETag) return true;
        return Record.Input.LastModified is not { } ran || entry.Modified is not { } put
            || ran.ToUnixTimeSeconds() >= put.ToUnixTimeSeconds();
    }
}

using IdfKit.Cli.Places;
using IdfKit.LocalCloud;
using IdfKit.Runs;
using IdfKit.Storage;

namespace IdfKit.Cli.Show;

/// <summary>What is said of a run whose record says that it is running: that it is, or that it was interrupted.</summary>
internal static class UnendedRun
{
    private const string HiddenFolder = ".idfkit";

    /// <summary>Empty: it has ended.</summary>
    /// <param name="place">Where it is.</param>
    /// <param name="folder">Its folder there.</param>
    /// <param name="record">Its record.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<string> ReadAsync(Place place, string folder, RunRecord record, CancellationToken cancellationToken)
    {
        if (record.Status != RunStatus.Running) return "";
        var json = await place.ReadSmallAsync(StoragePath.Join(folder, RunRecordFile.ProgressName), cancellationToken);
        var progress = json is null ? null : RunRecordFile.ProgressFromJson(json);
        var local = place.LocalRoot is { } root ? Path.Combine(root, folder) : null;
        return Of(record, progress, local, TimeProvider.System.GetUtcNow());
    }

    /// <param name="record">The record.</param>
    /// <param name="progress">What the run said last; null: nothing.</param>
    /// <param name="folder">The run's folder on this machine; null: it is in a bucket.</param>
    /// <param name="now">The moment.</param>
    public static string Of(RunRecord record, RunProgress? progress, string? folder, DateTimeOffset now)
    {
        var isOfFunction = folder is not null && record.RequestId is not null;
        var isDead = record.ExpiresAt is not { } expires || expires <= now || isOfFunction && IsLeft(folder!);
        if (isDead) return CliSentences.WasInterrupted(record.StartedAt);
        var isOfThisRun = progress is not null && progress.RunId == record.RunId;
        return CliSentences.IsRunning(record.StartedAt, isOfThisRun ? progress!.Phase : null, isOfThisRun ? progress!.Percent : null);
    }

    /// <summary>Whether the folder lies in one that a local cloud has served and serves no more: then nobody works on its runs.</summary>
    private static bool IsLeft(string folder)
    {
        for (var parent = new DirectoryInfo(folder); parent is not null; parent = parent.Parent)
            if (Directory.Exists(Path.Combine(parent.FullName, HiddenFolder))) return !LocalBucketServer.IsServed(parent.FullName);
        return false;
    }
}

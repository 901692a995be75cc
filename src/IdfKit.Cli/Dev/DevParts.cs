using IdfKit.Drops;
using IdfKit.LocalCloud;
using IdfKit.Storage.S3;

namespace IdfKit.Cli.Dev;

/// <summary>What a session consists of while it runs.</summary>
/// <param name="Bucket">The server of the folder.</param>
/// <param name="Files">The same, as its client sees it.</param>
/// <param name="Lambda">The function.</param>
/// <param name="Layout">Where what lies.</param>
/// <param name="Left">What sessions leave.</param>
internal sealed record DevParts(
    LocalBucketServer Bucket, AsyncS3FileSystem Files, LocalLambda Lambda, OutputLayout Layout, LeftWork Left)
{
    private StudyTracker? _studies;

    public RunTracker Runs { get; } = new(Layout.OutputPrefix);

    /// <summary>First asked for by any of several threads.</summary>
    public StudyTracker Studies => LazyInitializer.EnsureInitialized(ref _studies, () => new(Runs, Layout.OutputPrefix));

    /// <summary>Events that no process works on yet.</summary>
    public int Waiting => Math.Max(0, Lambda.Pending - Lambda.Running);
}

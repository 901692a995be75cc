using IdfKit.Drops.Notes;
using IdfKit.Storage;

namespace IdfKit.Drops;

/// <summary>Where the results of a bucket's models go.</summary>
/// <param name="Bucket">The bucket.</param>
/// <param name="InSameBucket">Whether the models lie in it, too.</param>
/// <param name="Files">The bucket as a file system.</param>
/// <param name="Layout">Which keys are models, and where the results of each lie.</param>
/// <param name="Waiting">The models that wait for a file.</param>
/// <param name="Unfinished">The models that the deadline stopped; null when they are handed over to nobody.</param>
internal sealed record ResultsPlace(
    string Bucket, bool InSameBucket, IAsyncFileSystem Files, OutputLayout Layout, WaitingModels Waiting, UnfinishedModels? Unfinished)
{
    public static ResultsPlace For(string inputBucket, RunSettings settings, IBucketSource buckets)
    {
        var bucket = settings.OutputBucket ?? inputBucket;
        var layout = new OutputLayout(settings.InputPrefix, settings.OutputPrefix, bucket == inputBucket);
        var files = buckets.Open(bucket);
        var unfinished = settings.HandOver ? new UnfinishedModels(files, settings.OutputPrefix) : null;
        return new(bucket, bucket == inputBucket, files, layout, new WaitingModels(files, layout), unfinished);
    }
}

using System.Text.Json;

using IdfKit.Engine;
using IdfKit.Runs;
using IdfKit.Storage;

namespace IdfKit.Drops.Jobs;

/// <summary>
/// <c>office.job.json</c> beside <c>office.idf</c>: how this one model is to be run. What stands here has passed every rule of the
/// requests that it becomes, so that nothing below refuses it again.
/// </summary>
internal sealed record JobFile
{
    /// <summary>Longer ones are refused unread.</summary>
    internal const int MostBytes = 1 << 20;

    private const int FirstBytes = 16 * 1024;

    public string? Weather { get; init; }
    public bool? Annual { get; init; }
    public bool? DesignDay { get; init; }
    public bool? ExpandObjects { get; init; }
    public bool? Readvars { get; init; }
    public bool? Timeseries { get; init; }
    public double? TimeoutSeconds { get; init; }
    public IReadOnlyList<OutputRequest>? Variables { get; init; }
    public IReadOnlyList<OutputRequest>? Meters { get; init; }
    public bool? ReportMeters { get; init; }
    public Parallelism? Parallel { get; init; }
    public JobKept? Outputs { get; init; }
    public string? Label { get; init; }
    public IReadOnlyDictionary<string, string>? Tags { get; init; }
    public VersionPolicy? Version { get; init; }

    /// <summary>The key of the job file of a model: <c>a/office.job.json</c> of <c>a/office.idf</c>.</summary>
    public static ObjectKey KeyFor(ObjectKey model) => ObjectKey.FromText(model.WithoutExtension + ".job.json");

    /// <summary>
    /// The bytes of the file, a few more than <see cref="MostBytes"/> when it is longer; null when there is none. One
    /// request for most.
    /// </summary>
    public static async Task<byte[]?> ReadBytesOrNullAsync(IAsyncFileSystem bucket, ObjectKey key, CancellationToken cancellationToken)
    {
        try
        {
            var stream = await bucket.OpenReadAsync(key.Value, cancellationToken).ConfigureAwait(false);
            await using var reading = stream.ConfigureAwait(false);
            using var text = new MemoryStream();
            var buffer = new byte[FirstBytes];
            while (text.Length <= MostBytes && await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var count)
                text.Write(buffer, 0, count);
            return text.ToArray();
        }
        catch (StorageException e) when (e.Kind == StorageErrorKind.NotFound) { return null; }
    }

    /// <summary>Reads the file; <paramref name="fault"/> is the sentence that says what is wrong with it.</summary>
    public static JobFile? Parse(ReadOnlySpan<byte> text, ObjectKey key, out string? fault)
    {
        fault = null;
        try
        {
            if (text.Length > MostBytes) throw new JobFileFault(DropSentences.JobFileTooLarge(MostBytes));
            return new JobFileReader(JobFileText.ToUtf8(text)).Read();
        }
        catch (JobFileFault e) { fault = DropSentences.BadJobFile(key.Value, e.Message); }
        catch (JsonException e) { fault = DropSentences.BadJobFile(key.Value, DropSentences.NotJson(SyntaxOf(e), e.LineNumber + 1)); }
        return null;
    }

    // The reader adds the place, which is said in words.
    private static string SyntaxOf(JsonException e)
    {
        var end = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end < 0 ? e.Message : e.Message[..end];
    }
}

/// <summary>What is wrong with a job file: the end of the sentence that begins with its key.</summary>
internal sealed class JobFileFault(string what) : Exception(what);

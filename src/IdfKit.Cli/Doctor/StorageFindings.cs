using IdfKit.Drops;
using IdfKit.Storage;
using IdfKit.Storage.S3;

namespace IdfKit.Cli.Doctor;

/// <summary>Whether the S3 server answers, and whether a bucket can be read and written where the function would.</summary>
internal static class StorageFindings
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>Any answer will do, a refusal too: it is the bucket's own check that needs rights.</summary>
    public static async Task<Finding> AskAsync(Uri endpoint, CancellationToken cancellationToken)
    {
        var shown = endpoint.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped); // a URL can hold a password
        using var client = new HttpClient { Timeout = Longest };
        try
        {
            using var answer = await client.GetAsync(new Uri(shown), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return Finding.Good($"{shown} answers (HTTP {(int)answer.StatusCode})");
        }
        catch (HttpRequestException e) { return Finding.Problem($"{shown} does not answer: {e.Message}"); }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Finding.Problem($"{shown} does not answer within {Longest.TotalSeconds:0} s");
        }
    }

    public static async Task<IReadOnlyList<Finding>> TryAsync(
        string bucket, Uri? endpoint, RunSettings settings, CancellationToken cancellationToken)
    {
        var options = new S3FileSystemOptions { EndpointUrl = endpoint, OperationTimeout = Longest };
        await using var inputs = new AsyncS3FileSystem(bucket, options);
        var findings = new List<Finding> { await TryAsync(
            $"list {bucket}/{settings.InputPrefix}", () => ListAsync(inputs, settings.InputPrefix, cancellationToken)) };
        var outputBucket = settings.OutputBucket ?? bucket;
        await using var outputs = new AsyncS3FileSystem(outputBucket, options);
        findings.Add(await TryAsync($"write, read and remove below {outputBucket}/{settings.OutputPrefix}",
            () => WriteAndReadAsync(outputs, settings.OutputPrefix, cancellationToken)));
        return findings;
    }

    private static async Task<Finding> TryAsync(string what, Func<Task> tryAsync)
    {
        try
        {
            await tryAsync();
            return Finding.Good($"can {what}");
        }
        catch (StorageException e) { return Finding.Problem($"cannot {what} ({e.Kind}): {e.Message}"); }
    }

    private static async Task ListAsync(AsyncS3FileSystem bucket, string prefix, CancellationToken cancellationToken)
    {
        await foreach (var _ in bucket.ListAsync(prefix.TrimEnd('/'), cancellationToken)) return; // the first page tells
    }

    private static async Task WriteAndReadAsync(AsyncS3FileSystem bucket, string prefix, CancellationToken cancellationToken)
    {
        var path = $"{prefix}idfkit-doctor-{Guid.NewGuid():N}";
        await bucket.WriteTextAsync(path, "written by idfkit doctor", cancellationToken: cancellationToken);
        try { await bucket.ReadBytesAsync(path, cancellationToken); }
        finally { await bucket.RemoveAsync(path, CancellationToken.None); }
    }
}

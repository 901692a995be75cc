using IdfKit.Runs;
using IdfKit.Storage;
using IdfKit.Storage.S3;

namespace IdfKit.Cli.Doctor;

/// <summary>Whether this environment's credentials may do with a bucket what the function does.</summary>
internal static class BucketFindings
{
    public static async Task<IReadOnlyList<Finding>> LookAsync(string name, Uri? endpoint, CancellationToken cancellationToken)
    {
        var settings = Settings();
        var (inputs, outputs) = (settings.InputPrefix, settings.OutputPrefix);
        if (endpoint is null && Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL_S3") is { Length: > 0 } variable && Uri.TryCreate(variable, UriKind.Absolute, out var set)) endpoint = set;
        try
        {
            await using var bucket = new AsyncS3FileSystem(name, new S3FileSystemOptions { EndpointUrl = endpoint, OperationTimeout = TimeSpan.FromSeconds(15) });
            return await LookAsync(bucket, inputs, outputs, cancellationToken);
        }
        catch (Exception e) when (e is StorageException or ArgumentException)
        {
            return [new("open", e.Message, "correct the name of the bucket or the AWS settings")];
        }
    }

    private static async Task<IReadOnlyList<Finding>> LookAsync(AsyncS3FileSystem bucket, string inputs, string outputs, CancellationToken cancellationToken)
    {
        string? first = null;
        List<Finding> findings = [];
        var reached = await TryAsync($"list {inputs}", "credentials, endpoint and s3:ListBucket", async () =>
        {
            await foreach (var entry in bucket.ListAsync(inputs.TrimEnd('/'), cancellationToken))
            {
                first = entry.Path;
                break;
            }
            return first is null ? "credentials found, bucket reached; nothing lies there" : "credentials found, bucket reached";
        });
        findings.Add(reached);
        if (reached.ToDo is not null) return findings;
        if (first is not null)
            findings.Add(await TryAsync($"read {inputs}", "s3:GetObject", async () => $"{await bucket.ReadRangeAsync(first, 0, new byte[1], cancellationToken)} byte of {first}"));

        var probe = $"{outputs}idfkit-doctor-{Guid.NewGuid():N}.txt";
        findings.Add(await TryAsync($"list {outputs}", "s3:ListBucket", async () =>
        {
            await foreach (var _ in bucket.ListAsync(outputs.TrimEnd('/'), cancellationToken)) break;
            return "can be listed";
        }));
        var written = await TryAsync($"write {outputs}", "s3:PutObject", async () =>
        {
            await bucket.WriteBytesAsync(probe, "idfkit doctor"u8.ToArray(), cancellationToken);
            return "a small object was written";
        });
        findings.Add(written);
        if (written.ToDo is not null) return findings;
        findings.Add(await TryAsync($"read {outputs}", "s3:GetObject", async () => $"its {(await bucket.ReadBytesAsync(probe, cancellationToken)).Length} bytes were read back"));
        findings.Add(await TryAsync($"remove {outputs}", "s3:DeleteObject", async () =>
        {
            await bucket.RemoveAsync(probe, CancellationToken.None); // also when this is being stopped: it is not to stay
            return "it was removed";
        }));
        return findings;
    }

    /// <summary>The message of a storage error names the bucket, the key and the kind; never a credential.</summary>
    private static async Task<Finding> TryAsync(string what, string needed, Func<Task<string>> attempt)
    {
        try { return new(what, await attempt()); }
        catch (StorageException e) { return new(what, e.Message, $"{what}: check {needed}"); }
    }

    private static RunSettings Settings()
    {
        try { return RunVariables.Read(Environment.GetEnvironmentVariables()); }
        catch (ArgumentException) { return new(); } // the variables are told about by themselves
    }
}

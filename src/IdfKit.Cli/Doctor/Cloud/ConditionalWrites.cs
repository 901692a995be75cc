using IdfKit.Cli.Aws;
using IdfKit.Storage;
using IdfKit.Storage.S3;

namespace IdfKit.Cli.Doctor.Cloud;

/// <summary>
/// Tries on a scratch object what keeps two runs of one model apart, as the function does it. The object is removed
/// again.
/// </summary>
internal sealed class ConditionalWrites(AwsClient aws, Place place)
{
    // No object has it: it is the MD5 of nothing that is written here.
    private const string WrongETag = "00000000000000000000000000000000";

    private readonly string _path = $"{place.OutputPrefix}idfkit-doctor-{Guid.NewGuid():N}";
    private readonly List<Finding> _findings = [];
    private int _written;
    private bool _wasDenied;

    public async Task<IReadOnlyList<Finding>> TryAsync(bool isVersioned, CancellationToken cancellationToken)
    {
        await using var bucket = Open();
        try { await TryAsync(bucket, isVersioned, cancellationToken); }
        catch (StorageException e)
        {
            _wasDenied = e.Kind == StorageErrorKind.AccessDenied;
            _findings.Add(Failed(e));
        }
        finally { await RemoveAsync(bucket); }
        return _findings;
    }

    private async Task TryAsync(AsyncS3FileSystem bucket, bool isVersioned, CancellationToken cancellationToken)
    {
        var first = await WriteAsync(bucket, new WriteOptions { IfAbsent = true }, cancellationToken);
        await bucket.ReadBytesAsync(_path, cancellationToken);
        _findings.Add(Finding.Good($"can write, read and remove below {place.Outputs}"));
        var second = await RefusesAsync(() => WriteAsync(bucket, new WriteOptions { IfAbsent = true }, cancellationToken));
        var wrong = await RefusesAsync(() => WriteAsync(bucket, new WriteOptions { IfMatch = WrongETag }, cancellationToken));
        if (!second) _findings.Add(Finding.Problem(
            $"a write that asks for no object to be there (If-None-Match) replaces one, so two runs of one model would both begin; "
                + $"{Advice(isVersioned)}"));
        if (!wrong) _findings.Add(Finding.Problem(
            $"a write that names another ETag (If-Match) replaces the object, so a run that was superseded would still commit; "
                + $"{Advice(isVersioned)}"));
        var current = second && wrong ? first : await bucket.StatAsync(_path, cancellationToken);
        var isTaken = !await RefusesAsync(() => WriteAsync(bucket, new WriteOptions { IfMatch = current.ETag }, cancellationToken));
        if (!isTaken) _findings.Add(Finding.Problem(
            $"a write that names the object's own ETag (If-Match) is refused, so no run could commit its record; {Advice(isVersioned)}"));
        if (second && wrong && isTaken) _findings.Add(Finding.Good($"conditional writes are kept below {place.Outputs}"));
        _findings.Add(await RemovalAsync(bucket, cancellationToken));
    }

    private static string Advice(bool isVersioned) => isVersioned
        ? "this bucket has versioning, under which Ceph 16.2 does not keep conditions: "
            + "take a bucket that was never versioned, or a newer server"
        : "take a server that keeps conditions, as Amazon's S3 does";

    private async Task<Finding> RemovalAsync(AsyncS3FileSystem bucket, CancellationToken cancellationToken)
    {
        try
        {
            return await RefusesAsync(() => bucket.RemoveAsync(_path, WrongETag, cancellationToken))
                ? Finding.Good("a removal that names another ETag is refused, as it should be")
                : Finding.Note("a removal that names another ETag removes all the same (Ceph 16.2 does so); no run relies on it");
        }
        catch (StorageException e) { return Finding.Note($"a removal that names an ETag is not possible here: {e.Message}"); }
    }

    private AsyncS3FileSystem Open()
    {
        var keys = aws.Account.Keys;
        return new AsyncS3FileSystem(place.OutputBucket, new S3FileSystemOptions
        {
            EndpointUrl = aws.Account.S3Server, Region = aws.Account.Region, OperationTimeout = TimeSpan.FromSeconds(10),
            Credentials = new S3Credentials(keys.AccessKey, keys.SecretKey, keys.UseToken ? keys.Token : null),
        });
    }

    /// <summary>Never the same content twice, so that no ETag is.</summary>
    private async Task<FileEntry> WriteAsync(AsyncS3FileSystem bucket, WriteOptions options, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(System.Text.Encoding.UTF8.GetBytes($"idfkit doctor {_written++} {Guid.NewGuid():N}"));
        return await bucket.WriteAsync(_path, content, options, cancellationToken);
    }

    private static async Task<bool> RefusesAsync(Func<Task> write)
    {
        try { await write(); }
        catch (StorageException e) when (e.Kind == StorageErrorKind.PreconditionFailed) { return true; }
        return false;
    }

    private Finding Failed(StorageException e) => e.Kind == StorageErrorKind.AccessDenied
        ? Finding.Unseen($"could not see whether conditional writes are kept below {place.Outputs}: needs s3:PutObject, s3:GetObject and "
            + "s3:DeleteObject there, and the bucket's KMS key where it has one")
        : Finding.Problem($"cannot write, read and remove below {place.Outputs} ({e.Kind}): {e.Message}");

    /// <summary>All its versions too, where the bucket keeps them.</summary>
    private async Task RemoveAsync(AsyncS3FileSystem bucket)
    {
        if (_written == 0) return;
        try { await bucket.RemoveAsync(_path, CancellationToken.None); }
        catch (StorageException e) when (e.Kind is StorageErrorKind.NotFound) { } // the removal above took it
        catch (StorageException e) when (e.Kind is StorageErrorKind.AccessDenied && _wasDenied)
        {
            return; // nothing could be written either
        }
        catch (StorageException e)
        {
            _findings.Add(Finding.Warning($"{_path} could not be removed again from {place.OutputBucket}; remove it by hand ({e.Kind})"));
            return;
        }
        if (!await RemoveVersionsAsync())
            _findings.Add(Finding.Warning($"old versions of {_path} stay in {place.OutputBucket}: their removal needs "
                + "s3:ListBucketVersions and s3:DeleteObjectVersion"));
    }

    private async Task<bool> RemoveVersionsAsync()
    {
        var listed = await aws.BucketAsync(
            HttpMethod.Get, place.OutputBucket, "", [("versions", ""), ("prefix", _path)], CancellationToken.None);
        if (!listed.IsSuccess) return listed.IsUnsupported; // a server without versions keeps none
        var isGone = true;
        foreach (var version in listed.Xml.Elements().Where(element => element.Element("VersionId") is not null))
        {
            var id = version.Element("VersionId")!.Value;
            if (version.Element("Key")?.Value != _path) continue;
            var removed = await aws.BucketAsync(HttpMethod.Delete, place.OutputBucket, _path, [("versionId", id)], CancellationToken.None);
            isGone &= removed.IsSuccess;
        }
        return isGone;
    }
}

using System.Text;

namespace IdfKit.LocalCloud.Bucket;

/// <summary>A key whose object can be a file of the bucket's folder.</summary>
internal readonly record struct ObjectKey
{
    /// <summary>The subfolder for what files cannot say.</summary>
    public const string HiddenFolder = ".idfkit";
    private const int MaxKeyBytes = 1024;
    private const int MaxSegmentBytes = 255;

    private ObjectKey(string value) => Value = value;

    public string Value { get; }

    /// <summary>A key that ends in a slash stands for a folder, as consoles create them.</summary>
    public bool IsFolderMarker => Value.EndsWith('/');

    /// <exception cref="S3Exception">No file can have this key; the message says why.</exception>
    public static ObjectKey Parse(string key) => WhyNot(key) is { } reason ? throw reason : new ObjectKey(key);

    /// <summary>False when there cannot be such an object.</summary>
    public static bool TryParse(string key, out ObjectKey parsed)
    {
        parsed = new ObjectKey(key);
        return WhyNot(key) is null;
    }

    public string PathIn(string folder) => Path.Combine(folder, Value.TrimEnd('/').Replace('/', Path.DirectorySeparatorChar));

    public override string ToString() => Value;

    private static S3Exception? WhyNot(string key)
    {
        if (Encoding.UTF8.GetByteCount(key) > MaxKeyBytes)
            return new S3Exception(400, "KeyTooLongError", "Your key is too long: it has more than 1024 bytes.");
        var path = key.EndsWith('/') ? key[..^1] : key;
        foreach (var segment in path.Split('/'))
        {
            if (segment is "" or "." or "..")
                return S3Exception.InvalidArgument(
                    $"'{key}' cannot be a file of this local bucket: a part between slashes is empty, '.' or '..'.");
            if (segment.Contains('\0', StringComparison.Ordinal))
                return S3Exception.InvalidArgument("The key cannot be a file of this local bucket: it contains a NUL character.");
            if (Encoding.UTF8.GetByteCount(segment) > MaxSegmentBytes)
                return new S3Exception(400, "KeyTooLongError",
                    $"'{key}' cannot be a file of this local bucket: a part between slashes has more than 255 bytes.");
        }
        return path == HiddenFolder || path.StartsWith(HiddenFolder + "/", StringComparison.Ordinal)
            ? S3Exception.InvalidArgument($"'{key}' lies in {HiddenFolder}/, which this local bucket keeps for itself.")
            : null;
    }
}

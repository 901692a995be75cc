using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace IdfKit.LocalCloud.Bucket;

/// <summary>What a file cannot say of the object that it is, kept beside it in <c>.idfkit/objects</c>. It holds only
/// while the file's size and time of change are those that it was written for.</summary>
internal sealed record ObjectRecord
{
    public required string Key { get; init; }

    public required string ETag { get; init; }

    public required long Size { get; init; }

    public required long ModifiedTicks { get; init; }

    /// <summary>Headers handed back as they came: content type and the like, x-amz-meta-*, x-amz-checksum-*.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>Sizes of the parts of a multipart upload, in order; empty for an object put at once.</summary>
    /// <remarks>Of a file without them the generated reader sets null.</remarks>
    public IReadOnlyList<long> PartSizes { get; init => field = value ?? []; } = [];

    /// <summary>Named by a hash, so that any key fits and no two meet.</summary>
    public static string PathOf(string hiddenFolder, string key)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        return Path.Combine(hiddenFolder, "objects", name[..2], name[2..] + ".json");
    }

    public static ObjectRecord? Read(string path)
    {
        if (!File.Exists(path)) return null; // as of each file that was put by hand
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), ObjectRecordJson.Default.ObjectRecord);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            // Removed since, or damaged by hand: the file alone is the object then.
            return null;
        }
    }

    /// <summary>There may be none, nor a folder for it: the object was put by hand.</summary>
    public static void Remove(string path)
    {
        if (File.Exists(path)) File.Delete(path);
    }

    /// <exception cref="DirectoryNotFoundException">The hidden folder of the bucket is gone; it is not made anew.</exception>
    public void Write(string hiddenFolder)
    {
        if (!Directory.Exists(hiddenFolder)) throw new DirectoryNotFoundException($"The folder {hiddenFolder} is gone.");
        var path = PathOf(hiddenFolder, Key);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = path + ".new";
        File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(this, ObjectRecordJson.Default.ObjectRecord));
        File.Move(temporary, path, overwrite: true);
    }
}

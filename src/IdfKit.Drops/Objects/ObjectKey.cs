using System.Text;

using IdfKit.Storage;

namespace IdfKit.Drops;

/// <summary>The key of an object in a bucket, decoded: exactly what <c>GetObject</c> takes.</summary>
public readonly record struct ObjectKey
{
    private readonly string? _value;

    private ObjectKey(string value) => _value = value;

    /// <summary>The key as text; empty for <c>default</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>The part after the last <c>/</c>.</summary>
    public string Name => Value[(Value.LastIndexOf('/') + 1)..];

    /// <summary>The part before the last <c>/</c>, without it; empty at the root of the bucket.</summary>
    public string Folder => Value.LastIndexOf('/') is var slash && slash < 0 ? "" : Value[..slash];

    /// <summary>Everything but the extension of <see cref="Name"/>: <c>a/office</c> of <c>a/office.idf</c>.</summary>
    public string WithoutExtension => Name.LastIndexOf('.') is var dot && dot <= 0 ? Value : Value[..(Value.Length - Name.Length + dot)];

    /// <summary>The extension of <see cref="Name"/> with its dot as written; empty when there is none.</summary>
    public string Extension => Value[WithoutExtension.Length..];

    /// <summary>Whether the key can be a file's path: <see cref="StoragePath.IsValid"/>. Nothing else can be read or written.</summary>
    public bool IsPath => StoragePath.IsValid(Value);

    /// <summary>A key that is not encoded: from a direct call, EventBridge or configuration.</summary>
    public static ObjectKey FromText(string key) => new(key);

    /// <summary>
    /// A key as an S3 notification carries it. Amazon S3 form-encodes it and leaves <c>/</c> alone, moto and MinIO encode
    /// <c>/</c> too, Ceph RGW (<paramref name="eventSource"/> <c>ceph:s3</c>) sends it raw. A key that no form encoder
    /// could have written (a blank, a character that would have been escaped, a lone <c>%</c>) is raw, whichever server sent it.
    /// </summary>
    public static ObjectKey FromEvent(string key, string? eventSource)
    {
        var isRaw = string.Equals(eventSource, "ceph:s3", StringComparison.OrdinalIgnoreCase) || !IsFormEncoded(key);
        return new(isRaw ? key : DecodeForm(key));
    }

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static bool IsFormEncoded(string key)
    {
        for (var i = 0; i < key.Length; i++)
        {
            var c = key[i];
            if (c == '%')
            {
                if (i + 2 >= key.Length || !char.IsAsciiHexDigit(key[i + 1]) || !char.IsAsciiHexDigit(key[i + 2])) return false;
                i += 2;
            }
            else if (!char.IsAsciiLetterOrDigit(c) && !"-_.*~!'()/+".Contains(c)) return false;
        }
        return true;
    }

    private static string DecodeForm(string key)
    {
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(key.Length)];
        var count = 0;
        for (var i = 0; i < key.Length; i++)
        {
            if (key[i] == '%') { bytes[count++] = Convert.ToByte(key.Substring(i + 1, 2), 16); i += 2; }
            else bytes[count++] = key[i] == '+' ? (byte)' ' : (byte)key[i];
        }
        return Encoding.UTF8.GetString(bytes, 0, count);
    }
}

using System.Globalization;
using IdfKit.Storage.Addresses;

namespace IdfKit.Storage.S3;

/// <summary>Reads <c>s3://bucket/prefix?region=…</c> for <see cref="FileSystems.Open"/>, which finds this class by its name.</summary>
internal sealed class S3Addresses : IAddressOpener
{
    private const string Start = "s3://";

    private static readonly Dictionary<string, Func<S3FileSystemOptions, string, S3FileSystemOptions>> Settings =
        new(StringComparer.Ordinal)
        {
            ["region"] = static (options, value) => options with { Region = value },
            ["endpoint"] = static (options, value) => options with { EndpointUrl = new Uri(value, UriKind.Absolute) },
            ["path_style"] = static (options, value) => options with { PathStyle = bool.Parse(value) },
            ["profile"] = static (options, value) => options with { Profile = value },
            ["expected_bucket_owner"] = static (options, value) => options with { ExpectedBucketOwner = value },
            ["requester_pays"] = static (options, value) => options with { RequesterPays = bool.Parse(value) },
            ["kms_key"] = static (options, value) => options with { KmsKeyId = value },
            ["storage_class"] = static (options, value) => options with { StorageClass = value },
            ["part_size"] = static (options, value) => options with { PartSizeBytes = long.Parse(value, CultureInfo.InvariantCulture) },
            ["concurrency"] = static (options, value) => options with { Concurrency = int.Parse(value, CultureInfo.InvariantCulture) },
            ["timeout"] = static (options, value) =>
                options with { OperationTimeout = TimeSpan.FromSeconds(double.Parse(value, CultureInfo.InvariantCulture)) },
        };

    public IAsyncFileSystem Open(string address)
    {
        var (bucket, options) = Parse(address);
        return new AsyncS3FileSystem(bucket, options);
    }

    /// <summary>The bucket, and what is said of it.</summary>
    /// <exception cref="ArgumentException">With the reason in words; a wrong value is not repeated.</exception>
    internal static (string Bucket, S3FileSystemOptions Options) Parse(string address)
    {
        var query = address.IndexOf('?', StringComparison.Ordinal);
        var place = query < 0 ? address : address[..query];
        if (!place.StartsWith(Start, StringComparison.OrdinalIgnoreCase))
            throw Wrong(place, "it begins with 's3://', the bucket and, where there is one, '/' and the prefix");
        var rest = place[Start.Length..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var bucket = slash < 0 ? rest : rest[..slash];
        if (bucket.Length == 0) throw Wrong(place, "it names no bucket");
        if (bucket.Contains('@', StringComparison.Ordinal))
            throw Wrong(Start + "…", "credentials do not belong into an address: they come from the environment or a profile");
        var options = new S3FileSystemOptions { Prefix = slash < 0 ? "" : rest[(slash + 1)..] };
        if (query < 0 || query == address.Length - 1) return (bucket, options);
        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (var setting in address[(query + 1)..].Split('&'))
        {
            var parts = setting.Split('=', 2);
            if (!Settings.TryGetValue(parts[0], out var set) || parts.Length < 2 || parts[1].Length == 0)
                throw Wrong(place, $"after '?' stand settings as 'name=value', joined by '&', of {string.Join(", ", Settings.Keys)}");
            if (!given.Add(parts[0])) throw Wrong(place, $"it says '{parts[0]}' twice");
            try
            {
                options = set(options, Decoded(parts[1]));
            }
            catch (Exception error) when (error is FormatException or OverflowException or ArgumentException)
            {
                throw Wrong(place, $"what it says for '{parts[0]}' cannot be that", error);
            }
        }
        return (bucket, options);
    }

    private static string Decoded(string value)
    {
        for (var at = value.IndexOf('%', StringComparison.Ordinal); at >= 0; at = value.IndexOf('%', at + 1))
            if (at + 2 >= value.Length || !char.IsAsciiHexDigit(value[at + 1]) || !char.IsAsciiHexDigit(value[at + 2]))
                throw new FormatException("After '%' stand two digits.");
        return Uri.UnescapeDataString(value);
    }

    private static ArgumentException Wrong(string place, string why, Exception? error = null) =>
        new(Printable.Of($"'{place}' is no address of a bucket: {why}."), error);
}

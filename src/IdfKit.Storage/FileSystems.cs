using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using IdfKit.Storage.Addresses;

namespace IdfKit.Storage;

/// <summary>Opens file systems by address, as settings and command lines hold them.</summary>
public static class FileSystems
{
    private const string S3Scheme = "s3";
    private const string S3Opener = "IdfKit.Storage.S3.S3Addresses, IdfKit.Storage.S3";

    private static readonly ConcurrentDictionary<string, Func<string, IAsyncFileSystem>> Schemes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["file"] = static address => new AsyncLocalFileSystem(LocalAddress.FolderOf(address)),
        ["mem"] = static address => LocalAddress.IsBare(address)
            ? new MemoryFileSystem().AsAsync()
            : throw new ArgumentException($"'{address}' is no address: 'mem:' takes nothing behind it."),
    };

    /// <summary>
    /// Opens <c>s3://bucket/prefix?region=…</c>, <c>file:folder</c> or <c>mem:</c>. Nothing is connected; the caller
    /// disposes it.
    /// </summary>
    /// <param name="address">
    /// Bucket, prefix and folder are taken as they are, nothing is decoded; <c>file:///folder</c> is absolute, as is
    /// <c>file:/folder</c>. Settings of S3 stand behind <c>?</c>, joined by <c>&amp;</c>, their values percent-encoded
    /// where need be: <c>region</c>, <c>endpoint</c>, <c>path_style</c>, <c>profile</c> (of the shared config and
    /// credentials files), <c>expected_bucket_owner</c> (12 digits), <c>requester_pays</c>, <c>kms_key</c>,
    /// <c>storage_class</c>, <c>part_size</c>, <c>concurrency</c>, <c>timeout</c> (seconds). Names are in lower case.
    /// </param>
    /// <exception cref="ArgumentException">The address cannot be one; the message says why.</exception>
    /// <exception cref="NotSupportedException">The program lacks the package of that scheme.</exception>
    public static IAsyncFileSystem Open(string address)
    {
        Required.NotBlank(address, "the address");
        var colon = address.IndexOf(':', StringComparison.Ordinal);
        var scheme = colon < 0 ? "" : address[..colon];
        if (Schemes.TryGetValue(scheme, out var open) || scheme.Equals(S3Scheme, StringComparison.OrdinalIgnoreCase) && FindS3(out open))
            return open(address);
        throw new ArgumentException(
            Printable.Of(colon > 1
                ? $"'{address}' names no file system that is known here: it begins with none of {Known}."
                : $"'{address}' is no address of a file system: it begins with none of {Known}; a folder is 'file:{address}'."));
    }

    /// <summary>Makes <see cref="Open"/> know one more scheme, or another meaning of one.</summary>
    /// <param name="scheme">What stands before the colon.</param>
    /// <param name="open">Given the whole address; throws <see cref="ArgumentException"/> when it cannot be one.</param>
    public static void Register(string scheme, Func<string, IAsyncFileSystem> open)
    {
        Required.NotBlank(scheme, "the scheme");
        ArgumentNullException.ThrowIfNull(open);
        if (!char.IsAsciiLetter(scheme[0]) || !scheme.All(static c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.'))
            throw new ArgumentException(
                Printable.Of($"'{scheme}' is no scheme: a letter, then letters, digits, '+', '-' and '.'."));
        Schemes[scheme] = open;
    }

    private static string Known =>
        string.Join(", ", Schemes.Keys.Append(S3Scheme).Distinct(StringComparer.OrdinalIgnoreCase)
            .Order(StringComparer.Ordinal).Select(static scheme => $"'{scheme}:'"));

    // S3 is another package: this one does not know it, but a program that has it shall not need to say so.
    private static bool FindS3([NotNullWhen(true)] out Func<string, IAsyncFileSystem>? open)
    {
        open = null;
        if (Type.GetType(S3Opener) is { } type && Activator.CreateInstance(type) is IAddressOpener opener)
            open = Schemes.GetOrAdd(S3Scheme, opener.Open);
        return open is not null
            ? true
            : throw new NotSupportedException(
                "Addresses that begin with 's3:' need the package IdfKit.Storage.S3, which this program lacks.");
    }
}

using System.Net.Sockets;

using IdfKit.Cli.Dev;
using IdfKit.Drops;
using IdfKit.Storage;
using IdfKit.Storage.S3;

namespace IdfKit.Cli.Places;

/// <summary>Opens what a user calls a place.</summary>
internal static class PlaceAddress
{
    private const string S3 = "s3:", LocalBucket = "local", Hidden = ".idfkit";

    /// <summary>Opens it. Nothing is asked of a server, but whether the one of this machine is there at all.</summary>
    /// <param name="given">As it was typed.</param>
    /// <param name="make">Makes a folder that is not there; null: it is refused.</param>
    /// <param name="whyAbsent">Says that it is refused where it is not a part of a bucket; null: nothing else is to be said.</param>
    /// <exception cref="AddressException">It can be none; the message shows the right form.</exception>
    /// <exception cref="CommandException">There is no such folder, or nothing answers at the address of this machine.</exception>
    /// <exception cref="FunctionStartException">A variable of the function cannot be used.</exception>
    public static Place Open(string given, Action<string>? make = null, Func<string, string>? whyAbsent = null)
    {
        if (string.IsNullOrWhiteSpace(given)) throw new AddressException(CliSentences.NoPlace(given));
        var settings = FunctionOptions.FromEnvironment(new Dictionary<string, string?>
        {
            ["IDFKIT_INPUT_PREFIX"] = Environment.GetEnvironmentVariable("IDFKIT_INPUT_PREFIX"),
            ["IDFKIT_OUTPUT_PREFIX"] = Environment.GetEnvironmentVariable("IDFKIT_OUTPUT_PREFIX"),
        }).Runs;
        try
        {
            if (given.StartsWith(S3, StringComparison.OrdinalIgnoreCase)) return OfBucket(given, settings);
            return IsUrl(given) ? OfDev(given, settings) : OfDisk(given, settings, make, whyAbsent ?? CliSentences.PlaceIsAbsent);
        }
        catch (ArgumentException wrong)
        {
            throw new AddressException(CliSentences.Clean(wrong.Message));
        }
    }

    /// <summary>Whether it is a folder of this machine that is named, there or not.</summary>
    public static bool IsFolder(string given) => !given.StartsWith(S3, StringComparison.OrdinalIgnoreCase) && !IsUrl(given);

    private static bool IsUrl(string given) => given.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
        || given.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    private static Place OfBucket(string given, RunSettings settings)
    {
        S3Environment.Check();
        var query = given.IndexOf('?', StringComparison.Ordinal);
        var (address, options) = query < 0 ? (given, "") : (given[..query], given[query..]);
        var rest = address.StartsWith("s3://", StringComparison.OrdinalIgnoreCase) ? address[5..] : "";
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var (bucket, folder) = slash < 0 ? (rest, "") : (rest[..slash], rest[(slash + 1)..].TrimEnd('/'));
        if (bucket.Length == 0 || folder.Length > 0 && !StoragePath.IsValid(folder))
            throw new AddressException(CliSentences.NoPlace(given));
        var root = $"s3://{bucket}/";
        return new(FileSystems.Open(root + options), folder, root, given, settings) { IsBucket = true };
    }

    /// <summary>What <c>idfkit dev</c> serves, at the address that it prints.</summary>
    private static Place OfDev(string given, RunSettings settings)
    {
        if (!Uri.TryCreate(given, UriKind.Absolute, out var url) || !url.IsLoopback || url.UserInfo.Length > 0)
            throw new AddressException(CliSentences.NoDev(given));
        var path = Uri.UnescapeDataString(url.AbsolutePath).Trim('/');
        var folder = path is LocalBucket ? "" : path.StartsWith(LocalBucket + "/", StringComparison.Ordinal) ? path[6..] : path;
        if (folder.Length > 0 && !StoragePath.IsValid(folder)) throw new AddressException(CliSentences.NoDev(given));
        // No proxy of the environment reaches this machine.
        Environment.SetEnvironmentVariable("no_proxy", $"{Environment.GetEnvironmentVariable("no_proxy")},127.0.0.1,localhost");
        var endpoint = new Uri(url.GetLeftPart(UriPartial.Authority));
        if (!Answers(endpoint)) throw new CommandException(CliSentences.NobodyAnswers(given));
        var files = new AsyncS3FileSystem(LocalBucket, new S3FileSystemOptions
        {
            EndpointUrl = endpoint,
            Region = FunctionVariables.Region,
            Credentials = new S3Credentials(FunctionVariables.AccessKeyId, FunctionVariables.SecretAccessKey),
        });
        return new(files, folder, $"{endpoint.AbsoluteUri}{LocalBucket}/", given, settings) { IsBucket = true };
    }

    /// <summary>Whether anybody listens. On this machine that is known at once, where the client of S3 would try for seconds.</summary>
    private static bool Answers(Uri endpoint)
    {
        try
        {
            using var probe = new TcpClient(endpoint.DnsSafeHost, endpoint.Port);
            return true;
        }
        // What else there may be, its client tells.
        catch (SocketException e) { return e.SocketErrorCode != SocketError.ConnectionRefused; }
    }

    private static Place OfDisk(string given, RunSettings settings, Action<string>? make, Func<string, string> whyAbsent)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(given));
        if (RootOf(full, settings) is { } root)
        {
            var folder = root == full ? "" : Path.GetRelativePath(root, full).Replace(Path.DirectorySeparatorChar, '/');
            var shown = folder.Length == 0 ? given : root;
            return new(new AsyncLocalFileSystem(root), folder, shown, given, settings) { IsBucket = true, LocalRoot = root };
        }
        if (File.Exists(full)) throw new CommandException(CliSentences.PlaceIsFile(given));
        if (!Directory.Exists(full))
        {
            // Not even who may make it makes it in a bucket: it would be a bucket in that one.
            if (AsPart(given, full, settings) is { } part) throw new CommandException(part);
            if (make is null) throw new CommandException(whyAbsent(given));
            make(given);
        }
        return new(new AsyncLocalFileSystem(full), "", given, given, settings) { LocalRoot = full };
    }

    /// <summary>
    /// Who wrote a part of a bucket behind its folder, as behind s3://bucket, is told how that is written here; null: it is no part of one.
    /// </summary>
    private static string? AsPart(string given, string full, RunSettings settings)
    {
        for (var above = Path.GetDirectoryName(full); above is not null; above = Path.GetDirectoryName(above))
        {
            if (!IsBucket(above, settings)) continue;
            var below = Path.GetRelativePath(above, full);
            foreach (var prefix in (string[])[settings.InputPrefix, settings.OutputPrefix])
                if (prefix.Length > 0 && Path.Combine(above, prefix, below) is var part && Path.Exists(part))
                    return CliSentences.PartIsAbsent(given, part);
            if (Directory.Exists(Path.Combine(above, Hidden))) return CliSentences.NoSuchPart(given, above);
        }
        return null;
    }

    /// <summary>The folder that is a bucket and holds what was named, or is it; null: there is none.</summary>
    private static string? RootOf(string full, RunSettings settings)
    {
        if (Directory.Exists(full) && IsBucket(full, settings)) return full;
        for (var above = Path.GetDirectoryName(full); above is not null; above = Path.GetDirectoryName(above))
        {
            var below = Path.GetRelativePath(above, full).Replace(Path.DirectorySeparatorChar, '/') + "/";
            string[] prefixes = [settings.InputPrefix, settings.OutputPrefix];
            if (prefixes.Any(prefix => prefix.Length > 0 && below.StartsWith(prefix, StringComparison.Ordinal))
                && IsBucket(above, settings))
                return above;
        }
        return null;
    }

    private static bool IsBucket(string folder, RunSettings settings) => Directory.Exists(Path.Combine(folder, Hidden))
        || settings.InputPrefix.Length > 0 && Directory.Exists(Path.Combine(folder, settings.InputPrefix));
}

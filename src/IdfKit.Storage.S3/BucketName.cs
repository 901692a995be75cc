using System.Buffers;

namespace IdfKit.Storage.S3;

/// <summary>
/// What can be the name of a bucket on Amazon, in its old rules too, or on another server: it becomes a part of a host
/// name or of a URL, so a wrong one would be a request to someone else.
/// </summary>
internal static class BucketName
{
    private const int Longest = 255;
    private const string Arn = "arn:";

    private static readonly SearchValues<char> Marks =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_");

    /// <summary>The name as it is.</summary>
    /// <exception cref="ArgumentException">It cannot be one; the message says why.</exception>
    public static string Checked(string name)
    {
        Required.Text(name, "the name of the bucket");
        return Fault(name) is { } fault
            ? throw new ArgumentException(Printable.Of($"'{StoragePath.Shown(name)}' is no name of a bucket: {fault}."))
            : name;
    }

    private static string? Fault(string name)
    {
        // Access points and buckets of other accounts have names of their own kind.
        if (name.StartsWith(Arn, StringComparison.Ordinal))
            return name.AsSpan().ContainsAnyExceptInRange('!', '~') ? "it has a character other than visible ASCII" : null;
        if (name.Length > Longest) return $"it is longer than {Longest} characters";
        if (name.AsSpan().ContainsAnyExcept(Marks)) return "it has a character other than letters, digits, '.', '-' and '_'";
        if (!char.IsAsciiLetterOrDigit(name[0]) || !char.IsAsciiLetterOrDigit(name[^1])) return "it begins and ends with a letter or digit";
        if (name.Contains("..", StringComparison.Ordinal)) return "it has two dots side by side";
        return name.Split('.') is { Length: 4 } numbers && numbers.All(static part => byte.TryParse(part, out _))
            ? "it is the address of a machine"
            : null;
    }
}

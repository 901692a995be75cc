using System.Text.RegularExpressions;

using IdfKit.Storage;

namespace IdfKit.Cli.Doctor.Cloud;

/// <summary>What can be the name of a bucket or a stack; said before anything is asked.</summary>
internal static partial class CloudNames
{
    /// <summary>What is wrong with it, in one sentence; null: nothing.</summary>
    public static string? AboutBucket(string name) =>
        name.Contains("://", StringComparison.Ordinal) || name.Contains('/', StringComparison.Ordinal)
            ? $"--bucket takes a bucket's name alone, such as {Alone(name)}, not '{Shown(name)}'."
            : Bucket.IsMatch(name) ? null
            : $"'{Shown(name)}' is no bucket's name: it has 3 to 63 small letters, digits, dots and hyphens.";

    /// <summary>What is wrong with it, in one sentence; null: nothing.</summary>
    public static string? AboutStack(string name) => Stack.IsMatch(name) || name.StartsWith("arn:", StringComparison.Ordinal)
        ? null
        : $"'{Shown(name)}' is no stack's name: it has letters, digits and hyphens, and begins with a letter.";

    /// <summary>What is wrong with it, in one sentence; null: nothing.</summary>
    public static string? AboutPrefix(string prefix) =>
        prefix.Length == 0 || StoragePath.IsValid(prefix.EndsWith('/') ? prefix[..^1] : prefix)
            ? null
            : $"'{Shown(prefix)}' is no prefix of keys: give one such as models/, with no slash before it and none twice.";

    private static string Alone(string name) =>
        name.Split("://")[^1].Split('/')[0] is var first && Bucket.IsMatch(first) ? $"'{first}'" : "'my-bucket'";

    private static string Shown(string name) =>
        string.Concat(name.Take(80).Select(letter => char.IsControl(letter) ? ' ' : letter)) + (name.Length > 80 ? "…" : "");

    [GeneratedRegex(@"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\z")]
    private static partial Regex Bucket { get; }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9-]{0,127}\z")]
    private static partial Regex Stack { get; }
}

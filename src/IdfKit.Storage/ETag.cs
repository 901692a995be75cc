using System.Diagnostics.CodeAnalysis;

namespace IdfKit.Storage;

/// <summary>
/// The ETag of a condition: 1 to 256 visible ASCII characters, no quotation mark among them, strong and of one content.
/// Anything else would be no condition for some server, or another one than was meant.
/// </summary>
internal readonly record struct ETag
{
    private const int Longest = 256;

    private ETag(string text) => Text = text;

    /// <summary>Without quotes.</summary>
    public string Text { get; }

    /// <summary>The text without the one pair of quotes that may be around it; as it is where there are more.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Unquoted(string? text) =>
        text is ['"', .. var inner, '"'] && !inner.Contains('"', StringComparison.Ordinal) ? inner : text;

    /// <summary>The ETag that a caller gave, with or without quotes.</summary>
    /// <exception cref="StorageException"><see cref="StorageErrorKind.InvalidOptions"/>, with the reason in words.</exception>
    public static ETag Check(string text, string operation, string path)
    {
        ArgumentNullException.ThrowIfNull(text);
        var tag = Unquoted(text);
        return Fault(tag) is { } fault
            ? throw new StorageException(StorageErrorKind.InvalidOptions, operation, path,
                $"{operation} of '{path}' was given the ETag '{StoragePath.Shown(text)}', which cannot be one: {fault}; "
                    + "give the one of the entry that was read, or none.")
            : new ETag(tag);
    }

    private static string? Fault(string tag) =>
        tag.Length == 0 ? "it is empty"
        : tag == "*" ? "it stands for any content"
        : tag.StartsWith("W/", StringComparison.Ordinal) ? "it is a weak one"
        : tag.Length > Longest ? $"it is longer than {Longest} characters"
        : tag.Contains('"', StringComparison.Ordinal) ? "it has a quotation mark in it"
        : tag.AsSpan().ContainsAnyExceptInRange('!', '~') ? "it has a character other than visible ASCII"
        : null;
}

namespace IdfKit.Storage;

/// <summary>
/// The rules of a path, for callers and for back ends: non-empty segments joined by <c>/</c>, none of them <c>.</c> or
/// <c>..</c>.
/// </summary>
public static class StoragePath
{
    /// <summary>Longest path in UTF-8 bytes, a prefix included: S3's limit for keys, applied everywhere.</summary>
    public const int MaxBytes = 1024;

    /// <summary>Orders paths by their UTF-8 bytes, as S3 lists them.</summary>
    public static IComparer<string> Order { get; } = Comparer<string>.Create(Compare);

    /// <summary>Whether <paramref name="path"/> can name a file.</summary>
    public static bool IsValid(string? path) => Fault(path) is null;

    /// <summary>Refuses what cannot name a file. Back ends call this before any I/O.</summary>
    /// <exception cref="StorageException"><see cref="StorageErrorKind.InvalidPath"/>, with the reason in words.</exception>
    public static void Check(string path, string operation)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (Fault(path) is { } fault)
            throw new StorageException(StorageErrorKind.InvalidPath, operation, path,
                $"{operation} was given '{Shown(path)}', which is no valid path: {fault}.");
    }

    /// <summary>As <see cref="Check"/>, but the empty path is the root; for operations on folders.</summary>
    /// <exception cref="StorageException"><see cref="StorageErrorKind.InvalidPath"/>.</exception>
    public static void CheckFolder(string path, string operation)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Length > 0) Check(path, operation);
    }

    /// <summary><paramref name="name"/> below <paramref name="folder"/>, which may be the root.</summary>
    public static string Join(string folder, string name) => folder.Length == 0 ? name : folder + "/" + name;

    /// <summary>The start of a text that may be long, for a message.</summary>
    internal static string Shown(string text) => text.Length <= 80 ? text : text[..77] + "...";

    private static string? Fault(string? path)
    {
        if (string.IsNullOrEmpty(path)) return "it is empty";
        if (path[0] == '/') return "it starts with '/'";
        if (path[^1] == '/') return "it ends with '/'";
        foreach (var segment in path.AsSpan().Split('/'))
        {
            var name = path.AsSpan()[segment];
            if (name.IsEmpty) return "it has an empty segment";
            if (name is "." or "..") return "'.' and '..' are not allowed";
        }
        if (path.AsSpan().ContainsAnyInRange('\0', '\u001f') || path.AsSpan().ContainsAnyInRange('\u007f', '\u009f'))
            return "it has a control character";
        return UnicodeText.Utf8Bytes(path) switch
        {
            null => "it has half of a surrogate pair",
            > MaxBytes => $"it is longer than {MaxBytes} bytes",
            _ => null,
        };
    }

    // UTF-16 order differs from UTF-8 order only where a surrogate meets U+E000 or above.
    private static int Compare(string? left, string? right)
    {
        if (left is null || right is null) return (left is null ? 0 : 1) - (right is null ? 0 : 1);
        var at = left.AsSpan().CommonPrefixLength(right);
        if (at == left.Length || at == right.Length) return left.Length - right.Length;
        var (a, b) = (left[at], right[at]);
        return char.IsSurrogate(a) == char.IsSurrogate(b)
            ? a - b
            : char.IsSurrogate(a) ? (b >= '\ue000' ? 1 : a - b)
            : a >= '\ue000' ? -1
            : a - b;
    }
}

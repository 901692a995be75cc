namespace IdfKit.Storage.Addresses;

/// <summary>Addresses that need no other package.</summary>
internal static class LocalAddress
{
    /// <summary>The folder of <c>file:folder</c>, <c>file:/folder</c> or <c>file:///folder</c>.</summary>
    /// <exception cref="ArgumentException">It names another machine, or nothing.</exception>
    public static string FolderOf(string address)
    {
        var rest = Rest(address);
        if (rest.StartsWith("///", StringComparison.Ordinal)) rest = rest[2..];
        else if (rest.StartsWith("//", StringComparison.Ordinal))
            throw new ArgumentException(
                Printable.Of($"'{address}' names another machine; an absolute folder has three slashes: 'file:///folder'."),
                nameof(address));
        if (OperatingSystem.IsWindows() && rest is ['/', _, ':', ..]) rest = rest[1..];
        if (string.IsNullOrWhiteSpace(rest) || rest.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException(Printable.Of($"'{address}' names no folder; the current one is 'file:.'."));
        return rest;
    }

    /// <summary>Whether nothing stands behind the scheme.</summary>
    public static bool IsBare(string address) => Rest(address) is "" or "//";

    private static string Rest(string address) => address[(address.IndexOf(':', StringComparison.Ordinal) + 1)..];
}

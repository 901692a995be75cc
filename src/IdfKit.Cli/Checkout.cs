namespace IdfKit.Cli;

/// <summary>The checkout that this tool was built in, where there is one.</summary>
internal static class Checkout
{
    /// <summary>A path in the checkout that a folder lies in, whether it is there or not; null outside a checkout.</summary>
    public static string? PathOf(string folder, params string[] segments)
    {
        for (var parent = new DirectoryInfo(folder); parent is not null; parent = parent.Parent)
            if (File.Exists(Path.Combine(parent.FullName, "IdfKit.Lambda.sln"))) return Path.Combine([parent.FullName, .. segments]);
        return null;
    }
}

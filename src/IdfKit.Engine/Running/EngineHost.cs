namespace IdfKit.Engine;

/// <summary>Finds the program <c>idfkit-engine</c>: one rule for the library, the function and the tool.</summary>
public static class EngineHost
{
    /// <summary>The program's name.</summary>
    public const string FileName = "idfkit-engine";

    // What the .NET SDK leaves in every starter ("apphost") that it makes, after the place of the bundle in it, which
    // is 0 where there is none (dotnet/runtime, src/native/corehost/bundle). A program compiled ahead of time has no
    // such mark.
    private static ReadOnlySpan<byte> BundleMark =>
    [
        0x8b, 0x12, 0x02, 0xb9, 0x6a, 0x61, 0x20, 0x38, 0x72, 0x7b, 0x93, 0x02, 0x14, 0xd7, 0xa0, 0x32,
        0x13, 0xf5, 0xb9, 0xe6, 0xef, 0xae, 0x33, 0x18, 0xee, 0x3b, 0x2d, 0xce, 0x24, 0xb3, 0x6a, 0xae,
    ];

    /// <summary>
    /// The one beside the program that runs, else where a program that was built from packages has its native files, else in the first of
    /// <paramref name="folders"/> that has a whole one; null when there is none.
    /// </summary>
    /// <param name="folders">Where else to look.</param>
    /// <remarks>
    /// A build that refers to the host's project copies its small starter alone, which runs nothing without its
    /// <c>.dll</c>: that is no host.
    /// </remarks>
    public static string? Find(params IEnumerable<string> folders)
    {
        if (!OperatingSystem.IsLinux()) return null;
        string[] places = [AppContext.BaseDirectory, .. NativeFolders(), .. folders];
        return places.Select(folder => Path.Combine(folder, FileName)).FirstOrDefault(IsWhole);
    }

    /// <summary>Such as <c>runtimes/linux-x64/native</c>; none where everything lies beside the program.</summary>
    /// <remarks>https://learn.microsoft.com/dotnet/core/dependency-loading/default-probing</remarks>
    private static string[] NativeFolders() =>
        AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") is string folders
            ? folders.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            : [];

    private static bool IsWhole(string path) => File.Exists(path) && (File.Exists(path + ".dll") || !IsBareStarter(path));

    private static bool IsBareStarter(string path)
    {
        const int StarterBytes = 1 << 20; // a starter is 80 KB to 130 KB; whatever follows the first megabyte belongs to its bundle
        using var file = File.OpenHandle(path);
        var start = new byte[Math.Min(RandomAccess.GetLength(file), StarterBytes)];
        var bytes = start.AsSpan(0, RandomAccess.Read(file, start, 0));
        var mark = bytes.IndexOf(BundleMark);
        return mark >= sizeof(long) && bytes.Slice(mark - sizeof(long), sizeof(long)).IndexOfAnyExcept((byte)0) < 0;
    }
}

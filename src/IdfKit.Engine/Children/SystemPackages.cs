using System.Reflection;

namespace IdfKit.Engine.Children;

/// <summary>Which package of a system brings a library that EnergyPlus needs (<c>libraries.txt</c> beside this file).</summary>
internal static class SystemPackages
{
    private static readonly Dictionary<string, string[]> Packages = Read();

    /// <summary>What to type here to get a library: one sentence without its full stop.</summary>
    public static string AdviceFor(string library) =>
        AdviceFor(library, OperatingSystem.IsMacOS() ? "macos" : Distribution(ReadIfThere("/etc/os-release")));

    /// <param name="library">"libX11.so.6".</param>
    /// <param name="system">"debian", "fedora", "alpine", "macos"; anything else is not known.</param>
    internal static string AdviceFor(string library, string system)
    {
        if (system == "alpine")
            return "the official EnergyPlus needs glibc, which Alpine does not have: use a system or container with glibc, such as Debian";
        if (system == "macos" || !Packages.TryGetValue(library, out var names))
            return $"install EnergyPlus again, or {(system == "macos" ? "the library" : $"the package that holds {library}")}";
        return system switch
        {
            "debian" => $"install it: apt-get install {names[0]}",
            "fedora" => $"install it: dnf install {names[1]}",
            _ => $"install it: {names[0]} on Debian and Ubuntu, {names[1]} on Fedora",
        };
    }

    /// <summary>The family that os-release(5) tells of in ID and ID_LIKE.</summary>
    internal static string Distribution(string osRelease)
    {
        var words = osRelease.Split('\n')
            .Where(line => line.StartsWith("ID=", StringComparison.Ordinal) || line.StartsWith("ID_LIKE=", StringComparison.Ordinal))
            .SelectMany(line => line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim().Trim('"').Split(' ')).ToList();
        return words.Exists(word => word is "debian" or "ubuntu") ? "debian"
            : words.Exists(word => word is "fedora" or "rhel" or "centos" or "amzn") ? "fedora"
            : words.Contains("alpine") ? "alpine" : "";
    }

    private static Dictionary<string, string[]> Read()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("libraries.txt")!);
        var packages = new Dictionary<string, string[]>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#')) continue;
            if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var library, .. var names]) packages[library] = names;
        }
        return packages;
    }

    private static string ReadIfThere(string path)
    {
        try { return File.ReadAllText(path); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return ""; } // a system that does not say
    }
}

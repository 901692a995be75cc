using System.Text;
using System.Text.Json;

namespace IdfKit.Engine.Installations;

/// <summary>Reads what a folder says of the EnergyPlus in it. Runs nothing: the program itself takes 0.16 s to tell its version.</summary>
internal static class InstallationReader
{
    /// <summary>The installation in a folder, or that a program belongs to; null when there is none.</summary>
    /// <exception cref="EnergyPlusException">Broken: there is a program, but nothing tells its version.</exception>
    public static EnergyPlusInstallation? Read(string folderOrProgram)
    {
        var folder = Path.GetFullPath(folderOrProgram);
        if (File.Exists(folder)) folder = Path.GetDirectoryName(LinkTarget(new FileInfo(folder)))!;
        if (!Directory.Exists(folder)) return null;
        folder = Path.TrimEndingDirectorySeparator(LinkTarget(new DirectoryInfo(folder)));
        if (!File.Exists(Path.Combine(folder, InstallationFiles.Program))) return null;

        var replay = Path.Combine(folder, InstallationFiles.ReplayMark);
        if (File.Exists(replay)) return ReadReplay(folder, replay);
        var (version, build) = ReadIdd(Path.Combine(folder, InstallationFiles.Idd));
        if ((version ?? VersionInName(folder)) is not { } known)
            throw new EnergyPlusException(EnergyPlusErrorKind.Broken,
                $"The EnergyPlus in {folder} does not tell its version: {InstallationFiles.Idd} is missing "
                    + "there or does not begin with !IDD_Version; install it again.");
        return new(folder, known, build, isReplay: false);
    }

    /// <summary>
    /// The installation in a folder; where there is none, those in its subfolders, the newest first. Empty when there
    /// is none.
    /// </summary>
    /// <exception cref="EnergyPlusException">Broken: there is a program, but nothing tells its version.</exception>
    public static IReadOnlyList<EnergyPlusInstallation> ReadAll(string folderOrProgram)
    {
        if (Read(folderOrProgram) is { } one) return [one];
        if (!Directory.Exists(folderOrProgram)) return [];
        var inside = Directory.EnumerateDirectories(folderOrProgram).Select(Read).OfType<EnergyPlusInstallation>();
        return [.. inside.OrderByDescending(found => found.Version).ThenBy(found => found.Directory, StringComparer.Ordinal)];
    }

    /// <summary>The first lines are <c>!IDD_Version 25.2.0</c> and <c>!IDD_BUILD cf7368216c</c> (since 8.x).</summary>
    private static (EnergyPlusVersion? Version, string? Build) ReadIdd(string path)
    {
        if (!File.Exists(path)) return default;
        Span<byte> start = stackalloc byte[256];
        using var file = File.OpenHandle(path);
        var text = Encoding.Latin1.GetString(start[..RandomAccess.Read(file, start, 0)]);
        EnergyPlusVersion? version = null;
        string? build = null;
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries))
        {
            if (After(line, "!IDD_Version") is { } number && EnergyPlusVersion.TryParse(number, out var parsed)) version = parsed;
            if (After(line, "!IDD_BUILD") is { Length: > 0 } commit) build = commit;
        }
        return (version, build);
    }

    private static EnergyPlusInstallation ReadReplay(string folder, string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var version = EnergyPlusVersion.Parse(json.RootElement.GetProperty("version").GetString() ?? "");
            var build = json.RootElement.TryGetProperty("build", out var value) ? value.GetString() : null;
            return new(folder, version, build, isReplay: true);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new EnergyPlusException(EnergyPlusErrorKind.Broken,
                $"{path} does not describe recorded runs ({{\"version\": \"25.2.0\", \"build\": …}}): {e.Message}",
                e);
        }
    }

    /// <summary>"EnergyPlus-25-2-0", "EnergyPlusV25-2-0".</summary>
    private static EnergyPlusVersion? VersionInName(string folder)
    {
        var name = Path.GetFileName(folder);
        var number = name[(name.AsSpan().IndexOfAnyInRange('0', '9') is >= 0 and var at ? at : name.Length)..];
        return EnergyPlusVersion.TryParse(number, out var version) ? version : null;
    }

    private static string? After(string line, string mark) =>
        line.StartsWith(mark, StringComparison.OrdinalIgnoreCase) ? line[mark.Length..].Trim() : null;

    private static string LinkTarget(FileSystemInfo entry) => entry.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? entry.FullName;
}

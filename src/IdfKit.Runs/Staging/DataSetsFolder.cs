namespace IdfKit.Runs.Staging;

/// <summary>
/// The folder <c>DataSets</c> of an installation. EnergyPlus 25.2 itself looks for <c>DataSets/x.csv</c> beside its program, in
/// this spelling only; models of Windows write it in any, and with the path of their own installation before it.
/// </summary>
internal static class DataSetsFolder
{
    /// <summary>Its path in an installation; null when that has none.</summary>
    public static string? Of(string installation)
    {
        var folder = Path.Combine(installation, "DataSets");
        return Directory.Exists(folder) ? folder : null;
    }

    /// <summary>A file in it, in any spelling; null when it is not there.</summary>
    public static string? Find(string? folder, string? path)
    {
        if (folder is null || path is null) return null;
        foreach (var segment in path.Split('/'))
        {
            if (!Directory.Exists(folder)) return null;
            var entries = new DirectoryInfo(folder).EnumerateFileSystemInfos();
            var alike = entries.Where(entry => FileNames.AreAlike(entry.Name, segment)).Take(2).ToList();
            if (alike is not [var only]) return null;
            folder = only.FullName;
        }
        return File.Exists(folder) ? folder : null;
    }
}

namespace IdfKit.Engine.Parts;

/// <summary>
/// Joins what run periods have left to the files of one run. Files of set-up, sizing and geometry are those of the first; tables of
/// figures that add up are not made of rounded ones and are left out.
/// </summary>
/// <param name="folders">The parts' folders, in their order; what lies in them may be anything.</param>
/// <param name="prefix">EnergyPlus's <c>--output-prefix</c>.</param>
/// <param name="suffix">EnergyPlus's <c>--output-suffix</c>.</param>
internal sealed class PartFiles(IReadOnlyList<string> folders, string prefix, char suffix)
{
    private static readonly string[] Joined = ["eso", "mtr", "err", "end", "eio", "sql"];

    /// <param name="output">A folder of ours; nothing is in it that has one of their names.</param>
    /// <param name="elapsed">What the whole run has taken.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Files that one run would have left and the join does not, and reports that its database lacks.</returns>
    /// <exception cref="PartsUnlikeException">They are not alike, or a file is cut off.</exception>
    public IReadOnlyList<string> Join(string output, TimeSpan elapsed, CancellationToken cancellationToken)
    {
        using var parts = new PartFolders(folders, prefix, suffix, "edd");
        foreach (var extension in new[] { "eso", "mtr" })
            parts.Make(output, extension, (files, into, name) => JoinedSeries.Write(files, into, name, cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
        byte[] end = [];
        parts.Make(output, "err", (files, into, name) => end = JoinedErrors.Write(files, into, elapsed, name));
        parts.Make(output, "eio", JoinedPeriods.Write);
        parts.Make(output, "end", (_, into, _) => into.Write(end));
        var reports = JoinDatabases(parts, output, cancellationToken);
        return [.. parts.TakeFirst(output, Joined), .. reports];
    }

    private IReadOnlyList<string> JoinDatabases(PartFolders parts, string output, CancellationToken cancellationToken)
    {
        var copies = parts.TakeAll("sql", Path.GetDirectoryName(folders[0])!);
        if (copies.Count == 0) return [];
        var name = parts.NameOf("sql");
        var reports = JoinedDatabase.Join(copies, name, cancellationToken);
        File.Move(copies[0], Path.Combine(output, name));
        foreach (var copy in copies.Skip(1)) File.Delete(copy);
        return reports;
    }
}

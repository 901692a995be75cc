namespace IdfKit.Engine.Parts;

/// <summary>What the join of parts has made.</summary>
/// <param name="WhyNot">Why their files cannot be joined, as the rest of a sentence; null when they are.</param>
/// <param name="NotProduced">Files that one run would have left and the join does not, and reports that its database lacks.</param>
internal sealed record JoinedParts(string? WhyNot, IReadOnlyList<string> NotProduced);

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
    /// <returns>What was made. Where something cannot be joined, or the disk is full, nothing is left in that folder.</returns>
    /// <exception cref="OperationCanceledException">Ended, and nothing is left there either.</exception>
    public JoinedParts Join(string output, TimeSpan elapsed, CancellationToken cancellationToken)
    {
        PartFolders? parts = null;
        JoinedParts? joined = null;
        try
        {
            parts = new(folders, prefix, suffix, "edd");
            return joined = new(null, JoinAll(parts, output, elapsed, cancellationToken));
        }
        catch (PartsUnlikeException unlike) { return new(unlike.Message, []); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return new(EngineSentences.NoRoomToJoin, []); }
        finally
        {
            if (joined is null) parts?.RemoveMade();
            parts?.Dispose();
        }
    }

    private IReadOnlyList<string> JoinAll(PartFolders parts, string output, TimeSpan elapsed, CancellationToken cancellationToken)
    {
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
        parts.Move(copies[0], Path.Combine(output, name));
        foreach (var copy in copies.Skip(1)) File.Delete(copy);
        return reports;
    }
}

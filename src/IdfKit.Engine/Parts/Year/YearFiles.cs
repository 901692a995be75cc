namespace IdfKit.Engine.Parts.Year;

/// <summary>
/// Joins what the segments of a year have left: series, messages, the period, and of the database all but the tables that sum. Those are
/// not made: a segment's own are plausible and wrong, since its year ends in its last month.
/// </summary>
/// <param name="plan">The year.</param>
/// <param name="folders">Of the segments, in their order.</param>
internal sealed class YearFiles(YearPlan plan, PartFolders folders)
{
    private static readonly string[] Made = ["eso", "mtr", "err", "end", "eio", "sql"];

    /// <summary>Where neighbours meet, how far they are apart.</summary>
    public IReadOnlyList<YearSelfCheck> Checks(IReadOnlyList<YearReports> reports)
    {
        var sums = YearReports.Sums(plan, reports);
        return [.. Enumerable.Range(0, reports.Count - 1)
            .Select(seam => YearSelfCheck.Of(plan, seam, reports[seam], reports[seam + 1], sums))];
    }

    /// <param name="output">An empty folder.</param>
    /// <param name="databases">Of the segments, without what does not count; null where one has none.</param>
    /// <param name="added">Tells what only segments report.</param>
    /// <param name="elapsed">What the whole run has taken.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What one process would have left, and this does not make: files, reports of the database, and series.</returns>
    /// <exception cref="PartsUnlikeException">The segments are not alike, or a file is cut off.</exception>
    public async Task<IReadOnlyList<string>> JoinAsync(
        string output, IReadOnlyList<string?> databases, AddedOutputs added, TimeSpan elapsed, CancellationToken cancellationToken)
    {
        List<string> copies = [.. databases.OfType<string>()];
        var haveAll = folders.IsOfAll(copies.Count, folders.NameOf("sql"));
        IReadOnlyCollection<string> series = [], reports = [];
        Action<CancellationToken>[] both =
        [
            stop => series = JoinTexts(output, added, elapsed, stop),
            stop => reports = haveAll ? JoinDatabases(output, copies, stop) : [],
        ];
        await Parallel.ForEachAsync(both, cancellationToken, (join, stop) =>
        {
            join(stop);
            return ValueTask.CompletedTask;
        }).ConfigureAwait(false);
        return [.. folders.TakeFirst(output, Made), .. reports, .. series];
    }

    /// <returns>The series that are left out.</returns>
    private SortedSet<string> JoinTexts(string output, AddedOutputs added, TimeSpan elapsed, CancellationToken cancellationToken)
    {
        var series = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var extension in new[] { "eso", "mtr" }) series.UnionWith(JoinSeries(output, extension, added, cancellationToken));
        byte[] end = [];
        Make(output, "err", (parts, into, name) => end = YearMessages.Write(parts, into, elapsed, name, added));
        folders.Make(output, "end", (_, into, _) => into.Write(end)); // the model may not ask for it
        Make(output, "eio", (parts, into, name) => YearPeriodLine.Write(plan.Period, parts[0], into, name));
        return series;
    }

    /// <returns>The series that are left out.</returns>
    private IReadOnlyCollection<string> JoinSeries(
        string output, string extension, AddedOutputs added, CancellationToken cancellationToken)
    {
        var year = new YearSeries(plan, added.Has);
        IReadOnlyCollection<string> leftOut = [];
        Make(output, extension, (parts, into, name) => leftOut = year.Write(parts, into, name, cancellationToken));
        // Of a model that asks for nothing EnergyPlus leaves no such file (25.2).
        if (year.Records == 0 && leftOut.Count == 0) File.Delete(Path.Combine(output, folders.NameOf(extension)));
        return leftOut;
    }

    /// <summary>Makes a file that every segment has.</summary>
    private void Make(string output, string extension, Action<IReadOnlyList<FileStream>, FileStream, string> write)
    {
        folders.Make(output, extension, write);
        if (!File.Exists(Path.Combine(output, folders.NameOf(extension))))
            throw new PartsUnlikeException(EngineSentences.Unreadable(folders.NameOf(extension)));
    }

    /// <returns>The reports that are left out.</returns>
    private IReadOnlyList<string> JoinDatabases(string output, List<string> copies, CancellationToken cancellationToken)
    {
        var name = folders.NameOf("sql");
        // What the segments' databases have free of days that have gone, the first of them fills with the days of the others.
        var reports = JoinedDatabase.Join(copies, name, cancellationToken);
        SegmentDatabase.MakeOneYear(copies[0], name, cancellationToken);
        File.Move(copies[0], Path.Combine(output, name));
        return reports;
    }
}

using System.Globalization;

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
    private const int MostSteps = 60; // of an hour

    /// <summary>What the segments have reported.</summary>
    /// <param name="stepsOfHour">What <see cref="StepsOfHour"/> says.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="PartsUnlikeException">A file is missing, cut off, too large, or lacks a day.</exception>
    public IReadOnlyList<YearReports> Reports(int? stepsOfHour, CancellationToken cancellationToken)
    {
        List<YearReports> all = [];
        for (var part = 0; part < folders.Count; part++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var variables = folders.Open(part, "eso");
            using var meters = folders.Open(part, "mtr");
            all.Add(YearReports.Read(plan.Segments[part], stepsOfHour ?? MostSteps, variables, meters, cancellationToken));
        }
        return all;
    }

    /// <summary>How many steps an hour has in EnergyPlus, which may not be what the model asks for; null where it does not say.</summary>
    public int? StepsOfHour()
    {
        using var file = folders.Open(0, "eio");
        var told = EioTables.Read(file).Find("Timesteps per Hour")?["#TimeSteps"];
        return int.TryParse(told, CultureInfo.InvariantCulture, out var steps) && steps > 0 ? steps : null;
    }

    /// <summary>Where neighbours meet, how far they are apart.</summary>
    public IReadOnlyList<YearSelfCheck> Checks(IReadOnlyList<YearReports> reports)
    {
        var sums = YearReports.Sums(plan, reports);
        return [.. Enumerable.Range(0, reports.Count - 1)
            .Select(seam => YearSelfCheck.Of(plan, seam, reports[seam], reports[seam + 1], sums))];
    }

    /// <param name="output">An empty folder.</param>
    /// <param name="scratch">Another one.</param>
    /// <param name="model">The model as it was before segments were made of it.</param>
    /// <param name="elapsed">What the whole run has taken.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What one process would have left, and this does not make: files, reports of the database, and series.</returns>
    /// <exception cref="PartsUnlikeException">The segments are not alike, or a file is cut off.</exception>
    public async Task<IReadOnlyList<string>> JoinAsync(
        string output, string scratch, Model model, TimeSpan elapsed, CancellationToken cancellationToken)
    {
        var series = new SortedSet<string>(StringComparer.Ordinal);
        var added = new AddedOutputs(model);
        foreach (var extension in new[] { "eso", "mtr" }) series.UnionWith(JoinSeries(output, extension, added, cancellationToken));
        byte[] end = [];
        Make(output, "err", (parts, into, name) => end = YearMessages.Write(parts, into, elapsed, name, added));
        folders.Make(output, "end", (_, into, _) => into.Write(end)); // the model may not ask for it
        Make(output, "eio", (parts, into, name) => YearPeriodLine.Write(plan.Period, parts[0], into, name));
        var reports = await JoinDatabasesAsync(output, scratch, added, cancellationToken).ConfigureAwait(false);
        return [.. folders.TakeFirst(output, Made), .. reports, .. series];
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

    private async Task<IReadOnlyList<string>> JoinDatabasesAsync(
        string output, string scratch, AddedOutputs added, CancellationToken cancellationToken)
    {
        var copies = folders.TakeAll("sql", scratch);
        if (copies.Count == 0) return [];
        var name = folders.NameOf("sql");
        await Parallel.ForAsync(0, copies.Count, cancellationToken, (part, token) =>
        {
            SegmentDatabase.Trim(copies[part], plan, plan.Segments[part], added, name, token);
            return ValueTask.CompletedTask;
        }).ConfigureAwait(false);
        // What the trimmed databases have free of days that have gone, the first of them fills with the days of the others.
        var reports = JoinedDatabase.Join(copies, name, cancellationToken);
        SegmentDatabase.MakeOneYear(copies[0], name, cancellationToken);
        File.Move(copies[0], Path.Combine(output, name));
        return reports;
    }
}

using System.Globalization;

using IdfKit.Engine.Results;

namespace IdfKit.Engine.Parts.Year;

/// <summary>
/// Reads what the segments of a year have left: that of each when it has ended, while others may still run, for its processor is free then.
/// </summary>
/// <param name="plan">The year.</param>
/// <param name="request">How they are run.</param>
/// <param name="model">The model as it was before segments were made of it.</param>
internal sealed class YearSegments(YearPlan plan, EngineRequest request, Model model)
{
    private const int MostSteps = 60; // of an hour

    private const long RoomOfOthers = 256L << 20; // on the disk, at least

    private readonly SegmentResults?[] _read = new SegmentResults?[plan.Segments.Count];
    private readonly PartsUnlikeException?[] _wrong = new PartsUnlikeException?[plan.Segments.Count];
    private readonly Lock _reading = new();

    /// <summary>The year.</summary>
    public YearPlan Plan => plan;

    /// <summary>Tells what only segments report.</summary>
    public AddedOutputs Added { get; } = new(model);

    /// <summary>Reads one that has completed, while others may still run. Whatever is wrong with it, <see cref="Read"/> tells.</summary>
    /// <param name="part">Which it is, counted from 0.</param>
    /// <param name="folder">Where its results are.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public void TryRead(int part, string folder, CancellationToken cancellationToken)
    {
        try
        {
            if (HasRoomForOthers(folder)) _read[part] = ReadOne(part, folder, cancellationToken);
        }
        catch (PartsUnlikeException wrong) { _wrong[part] = wrong; }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or OperationCanceledException) { return; }
    }

    /// <summary>Reads all that have not been read.</summary>
    /// <param name="folders">Where their results are, in their order.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="PartsUnlikeException">A file is missing, cut off, too large, or lacks a day.</exception>
    /// <exception cref="IOException">The disk has no room for a copy of a database.</exception>
    /// <exception cref="UnauthorizedAccessException">A database cannot be removed.</exception>
    public IReadOnlyList<SegmentResults> Read(IReadOnlyList<string> folders, CancellationToken cancellationToken)
    {
        if (_wrong.OfType<PartsUnlikeException>().FirstOrDefault() is { } wrong) throw wrong;
        return [.. folders.Select((folder, part) => _read[part] ??= ReadOne(part, folder, cancellationToken))];
    }

    /// <summary>How many steps an hour has, as an <c>.eio</c> tells; null where it does not.</summary>
    public static int? StepsOfHour(FileStream eio)
    {
        var told = EioTables.Read(eio).Find("Timesteps per Hour")?["#TimeSteps"];
        return int.TryParse(told, CultureInfo.InvariantCulture, out var steps) && steps > 0 ? steps : null;
    }

    /// <summary>Whether the disk has room for a copy, and for others to leave as much as this one: a part without room fails.</summary>
    private static bool HasRoomForOthers(string folder)
    {
        var left = new DirectoryInfo(folder).EnumerateFiles().Sum(file => file.Length);
        return PartRoom.Told(() => new DriveInfo(folder).AvailableFreeSpace, 0) / 2 > left + RoomOfOthers;
    }

    private SegmentResults ReadOne(int part, string folder, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var files = new PartFolders([folder], request.OutputPrefix, request.OutputSuffix);
        var segment = plan.Segments[part];
        var (steps, reports) = ReportsOf(segment, files, cancellationToken);
        var summary = SummarySources.Read(folder, request.OutputPrefix, request.OutputSuffix, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        var copy = Path.Combine(Path.GetDirectoryName(folder)!, "year.sql"); // beside what the segment may write
        var hasDatabase = files.Take(
            "sql", copy, name => SegmentDatabase.Trim(copy, plan, segment, Added, name, cancellationToken), cancellationToken);
        return new(steps, reports, summary, hasDatabase ? copy : null);
    }

    /// <summary>One at a time: what they are read from may be large.</summary>
    private (int? Steps, YearReports Reports) ReportsOf(YearSegment segment, PartFolders files, CancellationToken cancellationToken)
    {
        using var eio = files.Open(0, "eio");
        using var variables = files.Open(0, "eso");
        using var meters = files.Open(0, "mtr");
        lock (_reading)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var steps = StepsOfHour(eio);
            return (steps, YearReports.Read(segment, steps ?? MostSteps, variables, meters, cancellationToken));
        }
    }
}

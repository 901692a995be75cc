using System.Diagnostics;
using System.Globalization;

using IdfKit.Runs;

using Measuring;

namespace SegmentsBench;

/// <summary>What somebody waits for who types <c>idfkit run</c>, from start to end: whole and in parts.</summary>
/// <param name="program">The tool, compiled ahead of time as it is delivered.</param>
internal sealed class RunsOfTool(string program)
{
    public Figures Whole { get; } = new();

    public Figures Parts { get; } = new();

    /// <summary>As many whole years at once as there are parts: what one has of a processor when the others are busy, too.</summary>
    public Figures WholeBesideOthers { get; } = new();

    /// <summary>What it said in place of simulating the year in parts; null: nothing.</summary>
    public string? Fault { get; private set; }

    /// <summary>One run of each.</summary>
    public void Run(string model, string weather, string folder)
    {
        try
        {
            Whole.Add(Time(model, weather, "off", folder));
            var parts = Time(model, weather, "year", folder);
            var record = Directory.GetFiles(folder, RunRecordFile.Name, SearchOption.AllDirectories).Single();
            var told = RunRecordFile.FromJson(File.ReadAllBytes(record))!;
            if (told.Segments is not { } segments)
            {
                Fault = string.Join(' ', told.Notices);
                return;
            }
            Parts.Add(parts);
            var began = Stopwatch.GetTimestamp();
            Parallel.For(0, segments.Count, index => _ = Time(
                model, weather, "off", string.Create(CultureInfo.InvariantCulture, $"{folder}-{index}")));
            WholeBesideOthers.Add(Stopwatch.GetElapsedTime(began));
        }
        catch (InvalidOperationException e) { Fault = e.Message; }
        catch (AggregateException e) { Fault = e.InnerExceptions[0].Message; }
    }

    private TimeSpan Time(string model, string weather, string parallel, string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        return MeasuredProcess.Run(
            program, "run", model, "--weather", weather, "--parallel", parallel, "--output", folder, "--json").Elapsed;
    }
}

using IdfKit.Runs;

using Measuring;

namespace SegmentsBench;

/// <summary>What somebody waits for who types <c>idfkit run</c>, from start to end: whole and in parts.</summary>
/// <param name="program">The tool, compiled ahead of time as it is delivered.</param>
internal sealed class RunsOfTool(string program)
{
    public Figures Whole { get; } = new();

    public Figures Parts { get; } = new();

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
            if (RunRecordFile.FromJson(File.ReadAllBytes(record)) is { Segments: null } whole) Fault = string.Join(' ', whole.Notices);
            else Parts.Add(parts);
        }
        catch (InvalidOperationException e) { Fault = e.Message; }
    }

    private TimeSpan Time(string model, string weather, string parallel, string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        return MeasuredProcess.Run(
            program, "run", model, "--weather", weather, "--parallel", parallel, "--output", folder, "--json").Elapsed;
    }
}

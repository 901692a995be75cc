using System.Globalization;
using System.Text;

using Measuring;

using StudyBench;

using TestBed;

// Studies against what their rows take one by one with the plain program, shared evenly among the processors; and the tool, as a user
// starts it, on many rows. usage: bench-study [--rows N] [--rounds N] [--planned N] [--write docs/benchmarks.md]
var arguments = new Arguments(args);
var (rows, rounds, planned) = (arguments.Number("--rows", 200), arguments.Number("--rounds", 2), arguments.Number("--planned", 10_000));

var report = new StringBuilder();
report.AppendLine(CultureInfo.InvariantCulture,
    $"{rows} rows on {Environment.ProcessorCount} processors, results on local disk: by `StudyRunner` in a program; dropped into a "
        + $"folder that `idfkit dev` serves (its whole process, with the base model's own run); and by the Python peer with its own "
        + $"editing and batch. The ideal is {rows} × the plain `energyplus` ÷ {Environment.ProcessorCount}; the plain program runs "
        + $"before and after.").AppendLine();
report.AppendLine("| model | round | plain `energyplus`, ms | `StudyRunner`, s | ideal ÷ that | `idfkit dev`, s | ideal ÷ that | peer, s | "
    + "ideal ÷ that |").AppendLine("|---|---|---|---|---|---|---|---|---|");
(string Name, string Model, string Weather, string Column)[] studies =
[
    ("one-zone, a year", RealParts.Model("one-zone"), RealParts.Weather("Golden"), "Building//North Axis"),
    ("RefBldgWarehouse, design days", RealParts.Model("RefBldgWarehouse"), RealParts.Weather("Chicago"), "Building//North Axis"),
];
foreach (var (name, model, weather, column) in studies)
{
    for (var round = 1; round <= rounds; round++)
    {
        var share = await RunShare.MeasureAsync(model, weather, column, rows);
        report.AppendLine(CultureInfo.InvariantCulture,
            $"| {name} | {round} | {share.Plain.TotalMilliseconds:0} | {Shown(share.Study)} | {Shown(share.LocalCloud)} | "
                + $"{Shown(share.Peer)} |");

        string Shown(TimeSpan? took) => took is { } time
            ? string.Create(
                CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} | {share.Plain * rows / Environment.ProcessorCount / time:0.00}")
            : "– | –";
        Console.Error.WriteLine(report.ToString().TrimEnd().Split('\n')[^1]);
    }
}

using var many = await ManyRows.PrepareAsync(planned);
Dictionary<string, (Figures Time, long Peak)> tool = [];
for (var round = 0; round < rounds + 1; round++)
    foreach (var (what, work) in many.Commands)
    {
        var measured = MeasuredProcess.Run(Repository.PathOf("artifacts", "bench", "idfkit", "idfkit"), work);
        if (!tool.TryGetValue(what, out var before)) before = (new(), 0);
        before.Time.Add(measured.Elapsed);
        tool[what] = (before.Time, Math.Max(before.Peak, measured.PeakBytes));
        Console.Error.WriteLine($"{what}: {measured.Elapsed.TotalSeconds:0.0} s, {measured.PeakBytes / 1e6:0} MB");
    }
report.AppendLine().AppendLine(CultureInfo.InvariantCulture,
    $"A study of {planned:#,0} rows and four columns, of which {planned:#,0} have run; the whole process, medians of {rounds + 1} rounds.")
    .AppendLine();
report.AppendLine("| | seconds | peak memory, MB |").AppendLine("|---|---|---|");
foreach (var (what, (time, peak)) in tool)
    report.AppendLine(CultureInfo.InvariantCulture, $"| {what} | {time.Median / 1000:0.0} | {peak / 1e6:0} |");
if (await PageTimes.MeasureAsync(many.Page) is { } page)
{
    report.AppendLine().AppendLine(CultureInfo.InvariantCulture,
        $"The page of those rows, from disk in a headless Chromium, medians of some openings: "
            + $"{string.Join(", ", page.Select(one => $"{one.Key} {one.Value.Median:0} ms"))}.");
}
else
{
    Console.Error.WriteLine("There is no Chromium, so the page is not opened.");
}
Console.WriteLine(report);
arguments.Write("study", "bench/study/run.sh", report.ToString());

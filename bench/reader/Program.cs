using System.Diagnostics;
using System.Globalization;
using System.Text;
using IdfKit.Engine;
using Measuring;
using TestBed;

// How fast models are read: from memory, so that the disk is not measured, and with what a run asks of every model.
// usage: bench-reader [--rounds N] [--write docs/benchmarks.md]
var rounds = Array.IndexOf(args, "--rounds") is >= 0 and var at ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : 50;
var table = new StringBuilder("| model | MB | read | MB/s | with version, needs, files and risks | MB/s |\n|---|---|---|---|---|---|\n");
foreach (var path in RealParts.AllModels().OrderByDescending(path => new FileInfo(path).Length).Take(4))
{
    var bytes = File.ReadAllBytes(path);
    var (read, asked) = (new Figures(), new Figures());
    for (var round = -5; round < rounds; round++) // the first five are for the compiler
    {
        var plain = Timed(() => Read(bytes));
        var whole = Timed(() => Ask(Read(bytes)));
        if (round < 0) continue;
        read.Add(plain);
        asked.Add(whole);
    }
    var megabytes = bytes.Length / 1e6;
    table.Append(CultureInfo.InvariantCulture, $"| {Path.GetFileNameWithoutExtension(path)} | {megabytes:0.0} | {read.Median:0.00} ms | {megabytes / read.Median * 1000:0} | {asked.Median:0.00} ms | {megabytes / asked.Median * 1000:0} |\n");
}
Console.Write(table);
if (Array.IndexOf(args, "--write") is >= 0 and var page)
    BenchmarkPage.Write(args[page + 1], "reader", "bench/reader/run.sh", $"Models of `../shared/models`, from memory; medians of {rounds} rounds on {Environment.ProcessorCount} cores.\n\n{table}");

static TimeSpan Timed(Action action)
{
    var began = Stopwatch.GetTimestamp();
    action();
    return Stopwatch.GetElapsedTime(began);
}

static Model Read(byte[] bytes)
{
    using var stream = new MemoryStream(bytes);
    return Model.Read(stream);
}

static void Ask(Model model) => GC.KeepAlive((model.Version, model.Needs, model.ReferencedFiles, model.Risks, model.AsksForRunPeriod));

using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Results;

/// <summary>Takes the peer's and this library's times in turn, and says them side by side.</summary>
internal sealed class Measurement(Inputs inputs, PeerReader? peer, int rounds)
{
    private readonly StringBuilder _report = new();

    public string Report()
    {
        Line($"Medians of {rounds} interleaved rounds in one process each, milliseconds; "
            + $"{Environment.ProcessorCount} cores, load average {Load()}; files in the page cache.");
        Line("");
        Line("| | file | here | MB/s | peer | peer / here |");
        Line("|---|---|---|---|---|---|");
        Row("`.eso`, every value", "eso", inputs.Eso, "eso");
        Row("`.eso`, one hourly series", "series", inputs.Eso, "series");
        Row("`eplustbl.htm`, every table found, rows and columns counted", "htm", inputs.Htm, "htm");
        Row("`eplustbl.htm`, every cell as text", "htm-text", inputs.Htm, "htm");
        Row("`.sql`, one hourly series", "sql", inputs.Sql, "sql");
        Row("`.sql`, 69 hourly series at once", "sql-many", inputs.Sql, null);
        Row("`.sql`, 69 hourly series one by one", "sql-each", inputs.Sql, null);
        Row("model reader (OutPatientHealthCare)", "model", Inputs.Model, null);
        Memory();
        return _report.ToString();
    }

    private void Row(string what, string task, string path, string? peerTask)
    {
        var (here, there) = (new List<double>(), new List<double>());
        for (var round = -3; round < rounds; round++) // the first three warm up
        {
            var watch = Stopwatch.StartNew();
            Tasks.Once(task, path);
            if (round >= 0) here.Add(watch.Elapsed.TotalMilliseconds);
            if (round >= 0 && peer is not null && peerTask is not null) there.Add(peer.Run(peerTask, path));
        }
        var megabytes = new FileInfo(path).Length / 1e6;
        var (peerTime, ratio) = ("–", "–");
        if (there.Count > 0)
        {
            peerTime = Median(there).ToString("#,0", CultureInfo.InvariantCulture);
            ratio = (Median(there) / Median(here)).ToString("0.0", CultureInfo.InvariantCulture) + " ×";
        }
        var speed = megabytes * 1000 / Median(here);
        Line($"| {what} | {megabytes:0.0} MB | {Median(here):0.0} | {speed:#,0} | {peerTime} | {ratio} |");
        Console.Error.WriteLine(_report.ToString().TrimEnd().Split('\n')[^1]);
    }

    private void Memory()
    {
        var (whole, small) = (PeakOf(inputs.Eso, out var values), PeakOf(inputs.SmallEso, out _));
        var decoded = values * 8 / 1e6;
        Line("");
        Line("Memory of reading the whole `.eso` once, peak resident set of a process of its own: "
            + $"{whole:0} MB, of which {small:0} MB with an `.eso` of 50 kB. The rest, {whole - small:0} MB, "
            + $"is {(whole - small) / decoded:0.00} × the {decoded:0.0} MB of its {values:#,0} values.");
    }

    private static double PeakOf(string path, out long values)
    {
        var lines = Programs.Run(Environment.ProcessPath!, ["task", "eso", path, "1"], out _).Trim().Split('\n');
        values = long.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture);
        return double.Parse(lines[^1].Split(' ')[1], CultureInfo.InvariantCulture) * 1024 / 1e6;
    }

    /// <summary>
    /// What else the machine does: above the number of cores, both sides are slower, and what runs on two cores is more
    /// so.
    /// </summary>
    private static string Load() => OperatingSystem.IsLinux() ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private static double Median(List<double> times)
    {
        times.Sort();
        return (times[(times.Count - 1) / 2] + times[times.Count / 2]) / 2;
    }

    private void Line(string text) => _report.Append(text).Append('\n');
}

using System.Globalization;
using System.Text;

using IdfKit.Engine;

using Measuring;

using TestBed;

namespace Results;

/// <summary>
/// What <c>report.html</c> and <c>timeseries.*.parquet</c> cost beside the run that they are made of, each measurement a process of its
/// own as it is the first time in a function.
/// </summary>
internal sealed class MadeFiles(string client, int rounds)
{
    private readonly StringBuilder _report = new();

    public async Task<string> ReportAsync()
    {
        _report.AppendLine(CultureInfo.InvariantCulture,
            $"A run of a year by EnergyPlus, and what is made of it afterwards in a fresh process compiled ahead of time, as in the "
                + $"function; medians of {rounds} interleaved rounds, of OutPatientHealthCare one; {Environment.ProcessorCount} cores.");
        _report.AppendLine();
        _report.AppendLine("| | processor time | of the run | peak memory | made |");
        _report.AppendLine("|---|---|---|---|---|");
        await MeasureAsync("RefBldgSmallOffice", "Chicago", rounds);
        await MeasureAsync("ASHRAE901_OutPatientHealthCare", "Golden", 1); // a year of it takes minutes
        return _report.ToString();
    }

    private async Task MeasureAsync(string name, string weather, int rounds)
    {
        using var folder = new TemporaryFolder();
        var (model, epw) = (RealParts.Model(name), RealParts.Weather(weather));
        var asked = await WithMetersAsync(model, folder["meters.idf"]);
        var (plain, metered) = (new Figures(), new Figures());
        string[] kinds = ["summary", "series", "report", "both"];
        var made = kinds.Select(_ => (Processor: new Figures(), Peak: new Figures(), Bytes: 0L)).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            plain.Add(await RunAsync(model, epw, folder[$"plain{round}"]));
            metered.Add(await RunAsync(asked, epw, folder[$"metered{round}"]));
            for (var kind = 0; kind < kinds.Length; kind++)
            {
                var copy = folder["in.idf"]; // the reader may write it anew
                File.Copy(model, copy, overwrite: true);
                var lines = Programs.Run(client, [kinds[kind], copy, epw, folder[$"metered{round}"], "1"], out var exit)
                    .Trim().Split('\n');
                if (exit != 0) throw new InvalidOperationException($"{client} ended with {exit}.");
                made[kind].Processor.Add(TimeSpan.FromMilliseconds(Field(lines[0], 1)));
                made[kind].Peak.Add(TimeSpan.FromMilliseconds(Field(lines[1], 0) / 1e6));
                made[kind].Bytes = (long)Field(lines[0], 2);
            }
            Console.Error.WriteLine($"{name} {round + 1}/{rounds}");
        }
        var basis = made[0];
        Row($"{name}, EnergyPlus", plain.Median, 1, "–", "–");
        Row("… with the report meters", metered.Median - plain.Median, plain.Median, "–", "–");
        Row("… `summary.json` and the record, as before", basis.Processor.Median, plain.Median, Megabytes(basis.Peak.Median), "–");
        for (var kind = 1; kind < kinds.Length; kind++)
        {
            var what = kinds[kind] switch { "series" => "Parquet", "report" => "`report.html`", _ => "both" };
            Row($"… and {what} on top", made[kind].Processor.Median - basis.Processor.Median, plain.Median,
                "+ " + Megabytes(made[kind].Peak.Median - basis.Peak.Median), $"{(made[kind].Bytes - basis.Bytes) / 1000:#,0} KB");
        }
    }

    private void Row(string what, double milliseconds, double of, string peak, string bytes)
    {
        var share = of == 1 ? "–" : (milliseconds / of).ToString("0.0 %", CultureInfo.InvariantCulture);
        _report.AppendLine(CultureInfo.InvariantCulture, $"| {what} | {Figures.Text(milliseconds)} ms | {share} | {peak} | {bytes} |");
    }

    private static string Megabytes(double value) => value.ToString("0", CultureInfo.InvariantCulture) + " MB";

    private static double Field(string line, int field) => double.Parse(line.Split(' ')[field], CultureInfo.InvariantCulture);

    private static async Task<TimeSpan> RunAsync(string model, string weather, string into)
    {
        await using var runner = new EnergyPlusRunner(EnergyPlusInstallation.Find(RealParts.EnergyPlus()));
        var run = await runner.RunAsync(
            new() { ModelPath = model, WeatherPath = weather, OutputDirectory = into, Annual = true, ExpandObjects = false },
            progress: null, CancellationToken.None);
        return run.Outcome is RunOutcome.Completed
            ? run.CpuTime
            : throw new InvalidOperationException($"EnergyPlus ended with {run.ExitCode}: {run.OutputTail}");
    }

    /// <summary>The staged copy of the function, which asks for what the page shows.</summary>
    private static async Task<string> WithMetersAsync(string model, string path)
    {
        File.Copy(model, path);
        Model read;
        await using (var stream = File.OpenRead(path)) read = Model.Read(stream);
        var installation = EnergyPlusInstallation.Find(RealParts.EnergyPlus());
        var prepared = await ModelPreparation.PrepareAsync(read, path, installation, new() { ReportMeters = true, Annual = true });
        return prepared.Refusal is null ? path : throw new InvalidOperationException(prepared.Refusal.Message);
    }
}

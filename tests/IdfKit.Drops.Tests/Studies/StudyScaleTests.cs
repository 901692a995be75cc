using System.Diagnostics;
using System.Text;

using TestBed;

namespace IdfKit.Drops.Tests.Studies;

/// <summary>A study of ten thousand rows.</summary>
public sealed class StudyScaleTests(ITestOutputHelper output)
{
    private const int Rows = 10_000;

    [Fact]
    public async Task Plan_of_ten_thousand_rows_takes_seconds_and_has_tickets_of_twenty()
    {
        await using var bed = new StudyBed();
        const string Schema = "Energy+.schema.epJSON";
        var installation = bed.Pipeline.EnergyPlus.Installation.Directory;
        File.CreateSymbolicLink(Path.Combine(installation, Schema), Path.Combine(RealParts.EnergyPlus(), Schema));
        await bed.Files.UploadAsync(Repository.PathOf("examples", "one-zone.idf"), "inputs/p/office.idf");
        await bed.Files.UploadAsync(RealParts.Weather("Golden"), "inputs/p/office.epw");
        var csv = new StringBuilder("name,Building//North Axis,Material/*/Conductivity,Material/Insulation/Thickness\n");
        foreach (var row in Enumerable.Range(0, Rows).Select(StudyBed.Number)) csv.Append(row + ",0.5,1." + row + ",0.1\n");
        var study = await bed.PutAsync(StudyBed.Csv, csv.ToString());

        var watch = Stopwatch.StartNew();
        var plan = await bed.PlanAsync(study);
        output.WriteLine($"planned in {watch.Elapsed.TotalSeconds:0.0} s");
        Assert.Equal(("planned", Rows, Rows), ((string)plan["status"]!, (int)plan["total"]!, (int)plan["to_run"]!));
        Assert.Equal((100, 100), ((int)plan["concurrency"]!, (int)plan["workers"]!));
        var tickets = await bed.TicketsAsync(plan);
        Assert.InRange(tickets.Count, Rows / 20, Rows / 18);
        Assert.All(tickets, ticket => Assert.True(ticket.ToJsonString().Length < 8_000));

        watch.Restart();
        var collected = await bed.CollectAsync(plan);
        output.WriteLine($"collected in {watch.Elapsed.TotalSeconds:0.0} s");
        Assert.Equal(Rows, (int)collected["not_run"]!);
    }
}

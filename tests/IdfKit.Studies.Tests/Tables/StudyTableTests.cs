using System.Text;

namespace IdfKit.Studies.Tests.Tables;

/// <summary>The table of a study, out of records as runs leave them.</summary>
public sealed class StudyTableTests : IDisposable
{
    private readonly StudyBed _bed = new StudyBed().WithOneZone();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _bed.Dispose();

    [Fact]
    public async Task Columns_are_those_of_the_study_and_then_figures()
    {
        Record("b", "completed", "\"summary\": {\"site_energy_gj\": 12.50, \"hours_simulated\": 8760, \"warnings\": 3, \"severe\": 0}");
        Record("a", "failed", "\"reason\": \"fatal\", \"message\": \"EnergyPlus stopped.\"");
        Record("gone", "completed", "\"summary\": {\"site_energy_gj\": 1}");
        var csv = await CsvAsync("name,Building//North Axis,@@x@@,tags.room\nb,-45,\"a, \"\"b\"\"\\\",=1\na,1e1,2,\nc,,3,\n");
        string[] lines =
        [
            "name,Building//North Axis,@@x@@,tags.room,status,reason,message,site_energy_gj,",
            "b,-45,\"a, \"\"b\"\"\\\",'=1,completed,,,12.5,",
            "a,1e1,2,,failed,fatal,EnergyPlus stopped.,,",
            "c,,3,,not_run,,,,",
        ];
        Assert.All(lines.Zip(csv.Split("\r\n")), line => Assert.StartsWith(line.First, line.Second, StringComparison.Ordinal));
        Assert.Equal(5, csv.Split("\r\n").Length);
        Assert.DoesNotContain("gone", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Table_ends_with_what_a_run_took_and_where_it_is()
    {
        Record("b", "completed", "\"summary\": {\"hours_simulated\": 8760, \"warnings\": 3, \"severe\": 0}");
        var lines = (await CsvAsync("name,Building//North Axis,@@x@@\nb,1,1\n")).Split("\r\n");
        Assert.EndsWith(",warnings,severe,hours_simulated,seconds,run_folder", lines[0], StringComparison.Ordinal);
        Assert.EndsWith(",3,0,8760,1.5,runs/b", lines[1], StringComparison.Ordinal);
    }

    private void Record(string name, string status, string more)
    {
        Directory.CreateDirectory(_bed["out", "runs", name]);
        File.WriteAllText(
            _bed["out", "runs", name, "run.json"],
            $$"""{"schema": "idfkit.run/1", "run_id": "1", "status": "{{status}}", "timings_ms": {"total": 1500}, {{more}}}""");
    }

    private async Task<string> CsvAsync(string study)
    {
        File.AppendAllText(_bed["office.idf"], "! @@x@@\n");
        var table = await StudyTable.CollectAsync(_bed.With("office.study.csv", study).Read(), _bed["out"], cancellationToken: Token);
        using var csv = new MemoryStream();
        await table.WriteCsvAsync(csv, Token);
        return Encoding.UTF8.GetString(csv.ToArray());
    }
}

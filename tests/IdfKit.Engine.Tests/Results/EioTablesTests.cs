using System.Text;

namespace IdfKit.Engine.Tests.Results;

/// <summary>What a run tells of itself.</summary>
public sealed class EioTablesTests(RealRuns runs)
{
    private const string Eio = """
        Program Version,EnergyPlus, Version 25.2.0-cf7368216c, YMD=2026.11.26 00:43
        ! <Version>, Version ID
         Version, 25.2
        ! <Zone Information>,Zone Name,North Axis {deg},Floor Area {m2}
         Zone Information,CORE_ZN,0.0,149.66
         Zone Information,ATTIC, 0.0
        ! no header
        ! <Environment>,Environment Name,Environment Type, Start Date, End Date, Start DayOfWeek, Duration {#days}
        Environment,RUN, ONE,WeatherFileRunPeriod,01/01/2020,01/31/2020,Wednesday,31,Use RunPeriod
        Unannounced,1,2

        """;

    [Fact]
    public void Tables_have_their_columns_and_rows()
    {
        var eio = EioTables.Read(EsoText.Stream(Eio));

        Assert.Equal(
            ["Program Version", "Version", "Zone Information", "Environment", "Unannounced"], eio.Tables.Select(table => table.Name));
        var zones = eio.Find("zone information")!;
        Assert.Equal(["Zone Name", "North Axis {deg}", "Floor Area {m2}"], zones.Columns);
        Assert.Equal(("149.66", "149.66"), (zones["floor area"], zones["Floor Area {m2}"]));
        Assert.Null(zones[1, "Floor Area"]);
        Assert.Null(zones["Volume"]);
        Assert.Equal("25.2", eio.Find("Version")!["Version ID"]);
        Assert.Empty(eio.Find("Unannounced")!.Columns);
        Assert.Equal([new("RUN, ONE", "2020-01-01", "2020-01-31", 744)], eio.Periods);
        Assert.Null(eio.Find("Nothing"));
    }

    [Fact]
    public void Any_text_is_read()
    {
        Assert.Empty(EioTables.Read(Stream.Null).Tables);
        for (var length = 0; length < Eio.Length; length++) Assert.NotNull(EioTables.Read(EsoText.Stream(Eio[..length])).Tables);
        var random = new Random(7);
        var bytes = new byte[100_000];
        random.NextBytes(bytes);
        Assert.NotNull(EioTables.Read(new MemoryStream(bytes)).Tables);
        var many = new StringBuilder();
        for (var i = 0; i < 200_000; i++) many.Append('T').Append(i).Append(",1\n");
        Assert.Equal(10_000, EioTables.Read(EsoText.Stream(many.ToString())).Tables.Count);
    }

    [Fact]
    public void Real_run_tells_its_zones_and_its_period()
    {
        using var file = File.OpenRead(Path.Combine(runs.Of("RefBldgSmallOffice", "Chicago"), "eplusout.eio"));
        var eio = EioTables.Read(file);

        Assert.Contains(eio.Find("Zone Information")!.Rows, row => row[0] == "CORE_ZN");
        Assert.All(eio.Find("Zone Information")!.Rows, row => Assert.Equal(eio.Find("Zone Information")!.Columns.Count, row.Count));
    }
}

using IdfKit.Runs;
using IdfKit.Studies;
using IdfKit.Studies.Page;

namespace RunBed.Studies;

/// <summary>Studies of which nothing was ever run, as different as a page of them can look.</summary>
internal static class MadeUpStudies
{
    private const double JoulesOfKwh = 0.0036; // GJ
    private const double Area = 232.26;

    private static readonly double[] Turns = [0, 45, 90, 135, 180], Thicknesses = [0.05, 0.1, 0.15, 0.2, 0.3], Panes = [0.8, 1.1, 1.6, 2.8];

    /// <summary>A hundred variants, every value of three choices with every other one; four did not complete.</summary>
    public static PageFacts Sweep { get; } = MakeSweep();

    /// <summary>Ten thousand variants of a sample: six choices, some of few values and some of any.</summary>
    public static PageFacts TenThousand { get; } = MakeSample(10_000);

    /// <summary>As many rows as a study may have.</summary>
    public static PageFacts HundredThousand { get; } = MakeSample(100_000);

    /// <summary>Choices that are words, cells that say nothing, a base among them.</summary>
    public static PageFacts Words { get; } = MakeWords();

    public static PageFacts AllFailed { get; } = Of(
        Record(12, ("Building//North Axis", StudyColumnKind.Field)) with
        {
            Message = "12 of 12 rows have ended.",
            Failures = [new("fatal", "The model names a construction that it does not have.", 12, ["row-0", "row-1", "row-2"])],
        },
        new MadeUpTable(12).Text("name", row => $"row-{row}").Set("Building//North Axis", row => row * 30).Text("status", _ => "failed")
            .Text("reason", _ => "fatal").Text("message", _ => "The model names a construction that it does not have.").End(_ => "failed"));

    public static PageFacts NothingRun { get; } = Of(
        Record(6, ("Building//North Axis", StudyColumnKind.Field)) with
        {
            Status = StudyStatus.Running, FinishedAt = null, Message = "6 rows are to be run.",
            Estimate = new(6, 30, null, null, "A row takes about 5 s, as the base did."),
        },
        new MadeUpTable(6).Text("name", row => $"row-{row}").Set("Building//North Axis", row => row * 30).Text("status", _ => "not_run")
            .Text("reason", _ => null).Text("message", _ => null).End(_ => "not_run"));

    public static PageFacts OneRow { get; } = Of(
        Record(1, ("Building//North Axis", StudyColumnKind.Field)),
        new MadeUpTable(1).Text("name", _ => "only").Set("Building//North Axis", _ => 30).Text("status", _ => "completed")
            .Text("reason", _ => null).Text("message", _ => null).Figure("site_eui_kwh_m2", _ => 120).End(_ => "completed"));

    /// <summary>Rows of names alone.</summary>
    public static PageFacts NoColumns { get; } = Of(
        Record(3),
        new MadeUpTable(3).Text("name", row => $"row-{row}").Text("status", _ => "completed").Text("reason", _ => null)
            .Text("message", _ => null));

    public static PageFacts Refused { get; } = new(
        Record(0) with
        {
            Status = StudyStatus.Refused, FinishedAt = null, Rows = 0,
            Message = "Row 3, column 'Building//North Axis': 'no' is no number. And 1 more.",
            Faults = ["Row 3, column 'Building//North Axis': 'no' is no number.", "Row 4: <script> is the name of row 2, too."],
        },
        null);

    /// <summary>As many columns as a study may have, and figures.</summary>
    public static PageFacts Wide { get; } = MakeWide(40, 480);

    /// <summary>More cells than a page has room for.</summary>
    public static PageFacts WideAndLong { get; } = MakeWide(10_000, 480);

    /// <summary>Names and texts as attackers and programs give them.</summary>
    public static PageFacts Hostile { get; } = MakeHostile();

    private static PageFacts MakeSweep()
    {
        int[] failed = [17, 42, 71, 88];
        string StatusOf(int row) => failed.Contains(row) ? row == 88 ? "crashed" : "failed" : "completed";
        double Turn(int row) => Turns[row / 20];
        double Thickness(int row) => Thicknesses[row / 4 % 5];
        double Pane(int row) => Panes[row % 4];
        double Heating(int row) => 6 + (1.9 / (Thickness(row) + 0.02)) + (Pane(row) * 9) - (Turn(row) / 30) + (row % 3 * 0.7);
        double Cooling(int row) => 24 + (Pane(row) * 5) + (Thickness(row) * 14) + (Math.Abs(Turn(row) - 90) / 9) - (row % 5 * 0.6);
        double IfDone(int row, double value) => StatusOf(row) == "completed" ? value : double.NaN;
        var table = new MadeUpTable(100)
            .Text("name", row => $"az{Turn(row):000}-ins{Thickness(row) * 100:00}-u{Pane(row) * 10:00}")
            .Set("Building//North Axis", Turn).Set("Material/Insulation/Thickness", Thickness)
            .Set("WindowMaterial:SimpleGlazingSystem/*/U-Factor", Pane)
            .Text("status", StatusOf).Text("reason", row => failed.Contains(row) ? "fatal" : null)
            .Text("message", row => failed.Contains(row) ? "EnergyPlus stopped." : null)
            .Figure("site_energy_gj", row => IfDone(row, (Heating(row) + Cooling(row) + 48) * Area * JoulesOfKwh))
            .Figure("site_eui_kwh_m2", row => IfDone(row, Heating(row) + Cooling(row) + 48))
            .Figure("total_area_m2", row => IfDone(row, Area))
            .Figure("unmet_hours_occupied_cooling", row => IfDone(row, Math.Floor(Math.Max(0, Cooling(row) - 40) * 9)))
            .Figure("end_uses_gj_heating_natural_gas", row => IfDone(row, Heating(row) * Area * JoulesOfKwh))
            .Figure("end_uses_gj_cooling_electricity", row => IfDone(row, Cooling(row) * Area * JoulesOfKwh))
            .Figure("end_uses_gj_interior_lighting_electricity", row => IfDone(row, 48 * Area * JoulesOfKwh))
            .Figure("peaks_electricity_watts", row => IfDone(row, 4000 + (Cooling(row) * 61)))
            .End(StatusOf);
        var record = Record(
            100, ("Building//North Axis", StudyColumnKind.Field), ("Material/Insulation/Thickness", StudyColumnKind.Field),
            ("WindowMaterial:SimpleGlazingSystem/*/U-Factor", StudyColumnKind.Field));
        string NameOf(int row) => table.Cell(row, 0).Text!;
        StudyFailure[] failures =
        [
            new("fatal", "The model names the construction TRIPLE GLAZING, which it does not have; correct the name, or add it.", 3,
                [NameOf(17), NameOf(42), NameOf(71)]),
            new(null, "EnergyPlus crashed while it read the lights; the last thing that it said is the likely cause.", 1, [NameOf(88)]),
        ];
        return Of(record with { Message = "100 of 100 rows have ended.", Failures = failures }, table) with
        {
            Engines = ["25.2.0"], Weather = ["USA_CO_Golden-NREL.724666_TMY3.epw"],
        };
    }

    private static PageFacts MakeSample(int rows)
    {
        var random = new Random(17);
        var shares = Enumerable.Range(0, 8).Select(_ => Enumerable.Range(0, rows).Select(_ => random.NextDouble()).ToArray()).ToArray();
        string StatusOf(int row) => row % 90 == 7 ? row % 180 == 7 ? "failed" : "crashed" : "completed";
        double Turn(int row) => Math.Floor(shares[0][row] * 8) * 45;
        double Thickness(int row) => Thicknesses[(int)(shares[1][row] * 5)];
        double Pane(int row) => Panes[(int)(shares[2][row] * 4)];
        double Glass(int row) => 20 + (Math.Floor(shares[3][row] * 6) * 10);
        double Light(int row) => 4 + (Math.Floor(shares[4][row] * 5) * 2);
        double Air(int row) => Math.Round(0.1 + (shares[5][row] * 0.9), 3);
        double Heating(int row) => 6 + (1.2 / (Thickness(row) + 0.02)) + (Pane(row) * Glass(row) / 9) + (Air(row) * 22) - (Light(row) * 0.8)
            + (shares[6][row] * 6);
        double Cooling(int row) => 14 + (Glass(row) / 6) + (Light(row) * 1.4) + (Math.Sin(Turn(row) / 57) * 3) + (shares[7][row] * 5);
        double IfDone(int row, double value) => StatusOf(row) == "completed" ? value : double.NaN;
        var table = new MadeUpTable(rows)
            .Text("name", row => $"az{Turn(row)}-ins{Thickness(row) * 100}-u{Pane(row)}-{row}")
            .Set("Building//North Axis", Turn).Set("Material/Insulation/Thickness", Thickness)
            .Set("WindowMaterial:SimpleGlazingSystem/*/U-Factor", Pane).Set("@@wwr@@", Glass)
            .Set("Lights/*/Watts per Floor Area", Light).Set("ZoneInfiltration:DesignFlowRate/*/Air Changes per Hour", Air)
            .Text("status", StatusOf).Text("reason", _ => null).Text("message", _ => null)
            .Figure("site_eui_kwh_m2", row => IfDone(row, Heating(row) + Cooling(row) + (Light(row) * 2.6) + 12))
            .Figure("total_area_m2", row => IfDone(row, Area))
            .Figure("unmet_hours_occupied_heating", row => IfDone(row, Math.Floor(Math.Max(0, Heating(row) - 20) * 5)))
            .Figure("end_uses_gj_heating_natural_gas", row => IfDone(row, Heating(row) * Area * JoulesOfKwh))
            .Figure("end_uses_gj_cooling_electricity", row => IfDone(row, Cooling(row) * Area * JoulesOfKwh))
            .Figure("peaks_electricity_watts", row => IfDone(row, 4000 + (Cooling(row) * 61) + (shares[6][row] * 2000)))
            .End(StatusOf);
        var failed = Enumerable.Range(0, rows).Where(row => StatusOf(row) != "completed").ToArray();
        var record = Record(
            rows, [.. table.Columns.Skip(1).Take(6).Select(column => (column.Name, StudyColumnKind.Field))]);
        return Of(
            record with
            {
                Message = $"{rows} of {rows} rows have ended.",
                Failures =
                [
                    new("fatal", "The model names an object that it does not have.", failed.Length,
                        [.. failed.Take(3).Select(row => table.Cell(row, 0).Text!)]),
                ],
            },
            table);
    }

    private static PageFacts MakeWords()
    {
        string?[] glazing = ["Double", "Triple", "Single, old", null], weather = ["chicago.epw", "golden.epw", "miami.epw"];
        double At(int row) => row == 0 ? double.NaN : row % 5 == 3 ? double.NaN : row % 5 * 2;
        var table = new MadeUpTable(48)
            .Text("name", row => row == 0 ? "base" : $"variant {row}")
            .Set("@@glazing@@", row => row == 0 ? null : glazing[row % 4]).Set("weather", row => row == 0 ? null : weather[row % 3])
            .Set("Lights/*/Watts per Floor Area", At)
            .Set("label", row => $"what row {row} is for")
            .Text("status", row => row % 11 == 5 ? "timed_out" : "completed").Text("reason", _ => null).Text("message", _ => null)
            .Figure("site_eui_kwh_m2", row => row % 11 == 5 ? double.NaN : 90 + (row % 4 * 7) + (row % 3 * 20) + (row % 5 * 3))
            .Figure("unmet_hours_occupied_heating", row => row % 11 == 5 || row % 6 == 0 ? double.NaN : row * 1.5)
            .End(row => row % 11 == 5 ? "timed_out" : "completed");
        return Of(
            Record(
                48, ("@@glazing@@", StudyColumnKind.Tag), ("weather", StudyColumnKind.Weather),
                ("Lights/*/Watts per Floor Area", StudyColumnKind.Field), ("label", StudyColumnKind.Option)),
            table);
    }

    private static PageFacts MakeWide(int rows, int columns)
    {
        var table = new MadeUpTable(rows).Text("name", row => $"row-{row}");
        foreach (var at in Enumerable.Range(0, columns)) table.Set($"Zone/ZONE {at}/Multiplier", row => (row * (at + 3)) % 17);
        table.Text("status", _ => "completed").Text("reason", _ => null).Text("message", _ => null)
            .Figure("site_eui_kwh_m2", row => 80 + (row * 7 % 31)).Figure("site_energy_kwh", row => 1000 + (row * 7 % 31))
            .End(_ => "completed");
        return Of(Record(rows, [.. table.Columns.Skip(1).Take(columns).Select(column => (column.Name, StudyColumnKind.Field))]), table);
    }

    private static PageFacts MakeHostile()
    {
        string[] texts =
        [
            "</script><script>alert(1)</script>", "<!--", "<!--<script>", "]]>", "a\u2028b\u2029c", new('W', 200), "\"'&", "\ud800",
            "שלום ‮evil‬", "会議室 🏠",
            "<img src=https://idfkit.invalid/a.png onerror=alert(1)>", "a javascript:alert(1)", "__proto__", "constructor", "{0}", "%41",
        ];
        var table = new MadeUpTable(texts.Length * 2)
            .Text("name", row => texts[row % texts.Length] + (row < texts.Length ? "" : "2"))
            .Set("<b>@@x@@</b>", row => texts[row % 7]).Set("Material/</script>/" + new string('T', 180), row => row % 5)
            .Set("__proto__", row => row % 3)
            .Text("status", row => row % 9 == 4 ? "<script>" : "completed").Text("reason", row => texts[row % 3])
            .Text("message", row => texts[row % 5])
            .Figure("site_eui_kwh_m2", row => row % 9 == 4 ? double.NaN : 100 + row).Figure("constructor", row => row * 1e300)
            .Figure("negative_zero", row => row % 2 == 0 ? -0.0 : -1e-300).End(_ => "completed");
        var record = Record(
            table.RowCount, [.. table.Columns.Skip(1).Take(3).Select(column => (column.Name, StudyColumnKind.Field))]);
        return Of(
            record with
            {
                Input = new("models", "inputs/</title><script>alert(1)</script>.study.csv"),
                Message = "</p></main><script>alert(2)</script>",
                Failures = [new("<b>", "</li><script>alert(3)</script>", 5, [texts[0], texts[5], "nobody"])],
            },
            table) with
        {
            Engines = ["</script>"], Weather = ["<svg onload=alert(1)>"],
        };
    }

    private static PageFacts Of(StudyRecord record, MadeUpTable table) => new(record, table);

    private static StudyRecord Record(int rows, params IReadOnlyList<(string Column, StudyColumnKind Kind)> parameters) => new()
    {
        Status = StudyStatus.Collected,
        Input = new RunInput("models", "inputs/office.study.csv"),
        Bases = [new RunInput("models", "inputs/office.idf")],
        Parameters = [.. parameters.Select(parameter => new StudyParameter(parameter.Column, parameter.Kind, 1))],
        Rows = rows,
        FinishedAt = new DateTimeOffset(2026, 11, 26, 12, 0, 0, TimeSpan.Zero),
        Plan = new string('0', 64),
    };
}

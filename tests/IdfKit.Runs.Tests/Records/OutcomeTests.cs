using IdfKit.Engine;

namespace IdfKit.Runs.Tests.Records;

/// <summary>What the record says of runs of the real EnergyPlus whose model switches files off, or is wrong.</summary>
public sealed class OutcomeTests
{
    private const string FilesOff = "\nOutputControl:Files,";

    /// <summary>
    /// The field list of versions before 24.2: a field for space sizing was put into its middle, so that Yes for .end stands for
    /// another file now.
    /// </summary>
    private const string OldFieldOrder = FilesOff + "Yes,Yes,Yes,No,No,No,No,No,No,No,No,No,No,No,No,Yes,No;\n";

    private const string EndOff = FilesOff + "No,Yes,Yes,Yes,Yes,Yes,No,Yes,Yes,Yes,Yes,Yes,Yes,Yes,Yes,Yes,No,Yes;\n";

    private static string AllOff { get; } = FilesOff + string.Join(',', Enumerable.Repeat("No", 33)) + ";\n";

    [Fact]
    public async Task Run_without_an_end_file_is_completed_and_has_its_figures()
    {
        using var run = await RealEnding.OfAsync(RealEnding.Model() + EndOff);

        Assert.False(File.Exists(run["eplusout.end"]));
        Assert.Equal((RunStatus.Completed, null, 0), (run.Record.Status, run.Record.Reason, run.Record.ExitCode));
        Assert.True(run.Summary.SiteEnergyGj > 0);
    }

    [Theory, InlineData("old"), InlineData("all")]
    public async Task Run_that_switches_off_files_by_an_old_field_list_or_all_is_completed_and_names_what_keeps_figures_away(string which)
    {
        using var run = await RealEnding.OfAsync(RealEnding.Model() + (which == "old" ? OldFieldOrder : AllOff));

        Assert.False(File.Exists(run["eplusout.end"]));
        Assert.Equal(RunStatus.Completed, run.Record.Status);
        Assert.Contains("OutputControl:Files", run.Record.Message, StringComparison.Ordinal);
        Assert.Equal(run.Summary.WhyEmpty, run.Record.Message);
    }

    [Theory, InlineData(""), InlineData("end"), InlineData("all")]
    public async Task Fatal_run_is_failed_and_names_the_object_and_its_line_whatever_files_are_off(string off)
    {
        var model = RealEnding.Model(("Construction, Window,     Double glazing;", "Construction, Window,     Triple glazing;"));
        using var run = await RealEnding.OfAsync(model + off switch { "end" => EndOff, "all" => AllOff, _ => "" });

        Assert.Equal((RunStatus.Failed, RunReason.Fatal, 1), (run.Record.Status, run.Record.Reason, run.Record.ExitCode));
        var line = model[..model.IndexOf("Construction, Window", StringComparison.Ordinal)].Count(character => character == '\n') + 1;
        Assert.Equal(
            $"Construction \"Window\" names the material \"Triple glazing\" (line {line}), which is not in the model. "
            + "EnergyPlus stopped with a fatal error; correct this and drop the model again.",
            run.Record.Message);
    }

    [Fact]
    public async Task Crash_after_a_severe_error_quotes_it()
    {
        var model = RealEnding.Model(("Lights, Office lights, Office, Working hours", "Lights, Office lights, Office, Opening hours"));
        using var run = await RealEnding.OfAsync(model, ofFunction: false);

        // EnergyPlus 25.2 crashes by itself on a misspelt schedule.
        Assert.Equal((RunStatus.Crashed, RunReason.Signal, 11), (run.Record.Status, run.Record.Reason, run.Record.Signal));
        Assert.Matches(@"^Lights ""Office lights"" names the schedule ""Opening hours"" \(line \d+\), which is not in the model\. "
            + @"EnergyPlus then crashed \(signal 11\); correct this and run the model again\.$", run.Record.Message);
    }

    [Theory]
    [InlineData(
        "8, 0, 0, 8, 0, 3",
        "  0, 0, 0,  0, 6, 0,  8, 6, 0,  8, 0, 0;",
        "  0, 0, 0,  0, 6, 0,  8, 6, 0,  8, 0;",
        "BuildingSurface:Detailed \"Floor\" (line ",
        ") ends too early: its fourth vertex has no Z; the file may be cut off. ")]
    [InlineData(
        "type",
        "Material, Brick,       MediumRough, 0.10,",
        "Material, Brick,       MediumRough, thick,",
        "Material \"Brick\" (line ",
        ") has the thickness \"thick\", which must be a number. ")]
    [InlineData(
        "enum",
        "Material, Brick,       MediumRough,",
        "Material, Brick,       Bumpy,",
        "Material \"Brick\" (line ",
        ") has the roughness \"Bumpy\", which EnergyPlus does not know. ")]
    [InlineData(
        "bound",
        "Material, Brick,       MediumRough, 0.10,",
        "Material, Brick,       MediumRough, -1,",
        "Material \"Brick\" (line ",
        ") has the thickness -1, which must be greater than 0. ")]
    [InlineData("class", "Zone, Office;", "Zoone, Office;", "\"Zoone\" (line ", ") is no class of objects that EnergyPlus knows. ")]
    [InlineData(
        "zone",
        "ElectricEquipment, Office equipment, Office,",
        "ElectricEquipment, Office equipment, Attic,",
        "ElectricEquipment \"Office equipment\" names the zone \"Attic\" (line ",
        "), which is not in the model. ")]
    [InlineData(
        "surface",
        "Zone, Office;",
        "Zone, Room;",
        "BuildingSurface:Detailed \"South wall\" names the zone \"Office\" (line ",
        "), which is not in the model. ")]
    public async Task Severe_error_is_told_in_plain_words(string what, string old, string now, string begins, string ends)
    {
        using var run = await RealEnding.OfAsync(RealEnding.Model((old, now)));

        Assert.True(run.Record.Status is RunStatus.Failed, what);
        Assert.StartsWith(begins, run.Record.Message, StringComparison.Ordinal);
        Assert.Contains(ends + "EnergyPlus stopped with a fatal error", run.Record.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Severe_error_of_an_epJSON_model_has_the_line_of_its_object()
    {
        const string Model = """
            {
              "Version": { "Version 1": { "version_identifier": "25.2" } },
              "Building": { "House": {} },
              "GlobalGeometryRules": {
                "Rules": { "starting_vertex_position": "UpperLeftCorner", "vertex_entry_direction": "Clockwise",
                "coordinate_system": "World" }
              },
              "Material": {
                "Brick": { "roughness": "Smooth", "conductivity": 1, "density": 1000, "specific_heat": 900 }
              }
            }
            """;
        using var run = await RealEnding.OfAsync(Model, name: "house.epJSON");

        Assert.StartsWith(
            "Material \"Brick\" (line 9) lacks its thickness, which it must have. ",
            run.Record.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_stopped_at_its_limit_names_the_job_file_that_can_raise_it()
    {
        var model = RealEnding.Model(("  1, 7, ,", "  12, 31, ,"), ("Timestep, 4;", "Timestep, 60;"));
        using var run = await RealEnding.OfAsync(model, timeout: TimeSpan.FromSeconds(1.5));

        Assert.Equal((RunStatus.TimedOut, RunReason.Timeout), (run.Record.Status, run.Record.Reason));
        Assert.Equal(
            "EnergyPlus was stopped after the 1.5 s that the job allows; to give it longer, raise timeout_seconds in office.job.json.",
            run.Record.Message);
        Assert.Null(run.Summary.HoursSimulated);
        Assert.Empty(run.Summary.Periods);
    }
}

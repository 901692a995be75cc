using TestBed;

namespace IdfKit.Engine.Tests.Preparation;

/// <summary>The meters that a page of results is drawn from, asked of the real EnergyPlus.</summary>
public sealed class ReportMetersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Systems => [.. TemplateHouse.Systems.Keys];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Systems))]
    public async Task Each_end_use_of_a_system_has_its_meter_and_no_warning(string system) =>
        await AsksForAllAsync(Write("in.idf", TemplateHouse.Model(system)));

    [Fact]
    public async Task Each_end_use_of_real_models_has_its_meter_and_no_warning()
    {
        foreach (var model in RealParts.AllModels()) await AsksForAllAsync(model);
    }

    [Fact]
    public async Task What_the_model_reports_itself_is_not_asked_for_again()
    {
        var (_, asked) = await AsksForAllAsync(Write("in.idf", TemplateHouse.Model("furnace") + """
            Output:Meter, heating:*, Monthly;
            Output:Meter:MeterFileOnly, InteriorLights:Electricity[J], monthly;
            Output:Meter, Cooling:Electricity;
            Output:Meter:MeterFileOnly, Electricity:*, Hourly;

            """));

        Assert.DoesNotContain(asked.Meters, meter => meter.StartsWith("Heating:", StringComparison.Ordinal));
        Assert.DoesNotContain("InteriorLights:Electricity,Monthly", asked.Meters);
        Assert.Contains("Cooling:Electricity,Monthly", asked.Meters); // its own is hourly
        Assert.DoesNotContain("Electricity:Facility,Hourly", asked.Meters);
    }

    [Fact]
    public async Task What_a_job_asks_for_is_not_asked_for_again()
    {
        var (_, asked) = await AsksForAllAsync(
            Write("in.idf", TemplateHouse.Model("furnace")),
            new() { Meters = [new("Fans:Electricity", Frequency: "Monthly"), new("Electricity:Facility", Frequency: "Hourly")] });

        Assert.DoesNotContain("Fans:Electricity,Monthly", asked.Meters);
        Assert.DoesNotContain("Electricity:Facility,Hourly", asked.Meters);
        Assert.Contains("Cooling:Electricity,Monthly", asked.Meters);
    }

    [Fact] // hand-made: EnergyPlus does not read components that no loop and no zone leads to, and they have no meters then
    public async Task Components_that_nothing_uses_are_not_asked_for()
    {
        var (_, asked) = await AsksForAllAsync(Write("in.idf", TemplateHouse.Model("ideal loads") + """
            Fan:ConstantVolume, Left fan, , 0.7, 100, 1, 0.9, 1, Left in, Left out;
            Coil:Heating:Electric, Left coil, , 1, 1000, Coil in, Coil out;

            """));

        Assert.DoesNotContain(asked.Meters, meter => meter.StartsWith("Fans:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_file_of_meters_there_is_no_warning_either() => await AsksForAllAsync(
        Write(
            "in.idf",
            TemplateHouse.Model("furnace") + "OutputControl:Files, No, No, Yes, Yes, Yes, Yes, Yes, Yes, Yes, Yes, Yes, Yes, No;\n"));

    [Fact]
    public async Task A_model_that_simulates_no_run_period_is_left_alone()
    {
        var text = TemplateHouse.Model("ideal loads");
        var asked = await MeteredRun.PrepareAsync(
            Write("in.idf", text.Replace("Yes;                     !- Run Simulation for Weather", "No; !- Run", StringComparison.Ordinal)),
            new() { ReportMeters = true }, Token);

        Assert.Equal([], asked.Meters);
    }

    [Theory]
    [InlineData(8, 9, "InteriorEquipment:Gas", "Heating:DistrictHeating")]
    [InlineData(9, 4, "InteriorEquipment:NaturalGas", "Heating:DistrictHeating")]
    [InlineData(25, 2, "InteriorEquipment:NaturalGas", "Heating:DistrictHeatingWater")]
    public void Meters_are_named_as_the_version_names_them(int major, int minor, string gas, string heat)
    {
        var model = Model.Read(new MemoryStream(System.Text.Encoding.UTF8.GetBytes("""
            GasEquipment, Stove;
            ZoneHVAC:EquipmentConnections, Hall, Hall list;
            ZoneHVAC:EquipmentList, Hall list, SequentialLoad, ZoneHVAC:IdealLoadsAirSystem, Ideal;
            ZoneHVAC:IdealLoadsAirSystem, Ideal;
            """)));

        var meters = IdfKit.Engine.Preparation.ReportMeters.Missing(model, new(major, minor), []).Select(item => item.Idf);

        Assert.Equal([gas, heat, "Cooling:DistrictCooling"], meters.Select(meter => meter.Split(',')[1]));
    }

    /// <summary>Runs the design days of a model with and without the meters, and compares.</summary>
    private static async Task<(MeteredRun Plain, MeteredRun Asked)> AsksForAllAsync(string model, PreparationOptions? options = null)
    {
        options ??= new();
        var plain = await MeteredRun.RunAsync(model, options, Token);
        var asked = await MeteredRun.RunAsync(model, options with { ReportMeters = true }, Token);

        Assert.Equal(RunOutcome.Completed, asked.Outcome);
        Assert.Equal(plain.Errors, asked.Errors);
        Assert.Equal(plain.Eso, asked.Eso);
        Assert.Equal([], plain.Meters);
        Assert.Equal([], asked.EndUses.Except(asked.Reported));
        return (plain, asked);
    }

    private string Write(string name, string text)
    {
        File.WriteAllText(_folder[name], text);
        return _folder[name];
    }
}

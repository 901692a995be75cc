using RunBed;
using TestBed;

namespace IdfKit.Engine.Tests.Models;

/// <summary>What a model simulates and whether that takes weather, beside the real EnergyPlus.</summary>
public sealed class SimulationPlanTests
{
    private const string WeatherType = "SizingPeriod:WeatherFileConditionType,Cold type,WinterExtreme,WinterDesignDay,No,No;\n";

    public static TheoryData<string, bool> Models { get; } = new()
    {
        { Control("No,No,No,No,Yes") + SmallModel.RunPeriod, true },
        { Control("No,No,No,no,YES") + SmallModel.RunPeriod, true },
        { Control("No,No,No,Yes,No") + SmallModel.RunPeriod + SmallModel.DesignDay, false },
        { Control("No,No,No,Yes,Yes") + SmallModel.DesignDay, false },
        { Control(",,,,") + SmallModel.RunPeriod + SmallModel.DesignDay, true },
        { SmallModel.RunPeriod + SmallModel.DesignDay, true },
        { SmallModel.DesignDay, false },
        { Control("No,No,No,Yes,No") + SmallModel.WeatherDays, true },
        { Control("No,No,No,Yes,No") + SmallModel.WeatherDays + SmallModel.DesignDay, true },
        { Control("No,No,No,Yes,No") + WeatherType, true },
        { SmallModel.WeatherDays, true },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void NeedsWeather_is_as_EnergyPlus_behaves_without_any(string periods, bool expected)
    {
        using var folder = new TemporaryFolder();
        var text = SmallModel.Version + periods + SmallModel.Rest;
        File.WriteAllText(folder["model.idf"], text);

        Assert.Equal(expected, IdfText.Read(text).NeedsWeather);
        var (exitCode, errors) = SmallModel.Run(folder, folder["model.idf"]);
        Assert.Equal(expected, exitCode != 0);
        if (expected) Assert.Contains("no weather file", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Yes,No,No,No,No")]
    [InlineData("No,No,Yes,No,No")]
    public void NeedsWeather_of_sizing_with_days_of_the_weather_file(string control) =>
        Assert.True(IdfText.Read(Control(control) + SmallModel.WeatherDays).NeedsWeather);

    [Fact]
    public void NeedsWeather_of_days_that_nothing_uses_is_false() =>
        Assert.False(IdfText.Read(Control("No,No,No,No,Yes") + SmallModel.WeatherDays).NeedsWeather);

    [Fact]
    public void Plan_counts_periods_and_reads_the_control()
    {
        var plan = IdfText.Read(
            Control("Yes,No,No,No,Yes") + SmallModel.RunPeriod + SmallModel.RunPeriod.Replace("Week", "Other", StringComparison.Ordinal)
            + SmallModel.DesignDay + SmallModel.WeatherDays + WeatherType).Plan;

        Assert.Equal((2, 1, 2), (plan.RunPeriods, plan.DesignDays, plan.WeatherDesignDays));
        Assert.Equal((true, true, false, true), (plan.HasControl, plan.Sizes, plan.RunsSizingPeriods, plan.RunsWeatherPeriods));
        Assert.True(plan.SimulatesRunPeriods);
    }

    [Fact]
    public void Plan_of_epJSON_reads_the_same_fields()
    {
        var plan = IdfText.Read(
            """
            {"RunPeriod": {"a": {}}, "SizingPeriod:DesignDay": {"b": {}, "c": {}},
             "SimulationControl": {"1": {"do_plant_sizing_calculation": "Yes", "run_simulation_for_weather_file_run_periods": "No"}}}
            """).Plan;

        Assert.Equal((1, 2), (plan.RunPeriods, plan.DesignDays));
        Assert.Equal((true, true, false), (plan.Sizes, plan.RunsSizingPeriods, plan.RunsWeatherPeriods));
    }

    [Theory]
    [InlineData("No,No,No,Yes,No", true, true, true)]
    [InlineData("No,No,No,Yes,Yes", false, true, true)]
    [InlineData("Yes,No,No,No,No", true, true, false)]
    [InlineData("No,No,No,No,Yes", false, true, false)]
    [InlineData("No,No,No,Yes,Yes", false, false, false)]
    public void Plan_without_a_run_period_has_design_days_or_nothing(
        string control, bool hasRunPeriod, bool hasDesignDay, bool simulatesDesignDays)
    {
        var text = Control(control) + (hasRunPeriod ? SmallModel.RunPeriod : "") + (hasDesignDay ? SmallModel.DesignDay : "");

        var plan = IdfText.Read(text).Plan;

        Assert.Equal((false, simulatesDesignDays), (plan.SimulatesRunPeriods, plan.SimulatesDesignDays));
    }

    /// <summary>EnergyPlus's -D and -a go before SimulationControl; -a makes no run period where the model has none.</summary>
    [Fact]
    public void Plan_under_a_job_is_as_EnergyPlus_does_it()
    {
        using var folder = new TemporaryFolder();
        var weather = RealParts.Weather("Chicago");
        string Model(string periods)
        {
            File.WriteAllText(folder["m.idf"], SmallModel.Version + periods + SmallModel.Rest);
            return folder["m.idf"];
        }
        IEnumerable<string> Simulated() =>
            File.ReadLines(folder["out", "eplusout.eio"]).Where(line => line.StartsWith("Environment,", StringComparison.Ordinal));

        var both = SmallModel.RunPeriod + SmallModel.DesignDay;
        var plan = IdfText.Read(both).Plan;
        Assert.Equal(0, SmallModel.Run(folder, Model(both), "-D").ExitCode);
        Assert.Contains("DesignDay", Assert.Single(Simulated()), StringComparison.Ordinal);
        Assert.True(plan.ForDesignDays() is { NeedsWeather: false, SimulatesDesignDays: true, SimulatesRunPeriods: false });

        Assert.Equal(1, SmallModel.Run(folder, Model(SmallModel.WeatherDays), "-D").ExitCode);
        Assert.True(IdfText.Read(SmallModel.WeatherDays).Plan.ForDesignDays().NeedsWeather);

        var off = Control("No,No,No,Yes,No") + both;
        Assert.Equal(0, SmallModel.Run(folder, Model(off), "-a", "-w", weather).ExitCode);
        Assert.Contains("WeatherFileRunPeriod", Assert.Single(Simulated()), StringComparison.Ordinal);
        Assert.True(IdfText.Read(off).Plan.ForWholeYear() is { NeedsWeather: true, SimulatesDesignDays: false });

        Assert.Equal(0, SmallModel.Run(folder, Model(SmallModel.DesignDay), "-a", "-w", weather).ExitCode);
        Assert.Empty(Simulated());
        Assert.False(IdfText.Read(SmallModel.DesignDay).Plan.ForWholeYear().SimulatesRunPeriods);
    }

    [Fact]
    public void EnergyPlus_stops_where_everything_is_off()
    {
        using var folder = new TemporaryFolder();
        var text = SmallModel.Version + Control("No,No,No,No,No") + SmallModel.RunPeriod + SmallModel.Rest;
        File.WriteAllText(folder["m.idf"], text);

        Assert.True(IdfText.Read(text).Plan is { RunsSizingPeriods: false, RunsWeatherPeriods: false, Sizes: false });
        Assert.Contains("All elements of SimulationControl", SmallModel.Run(folder, folder["m.idf"]).Errors, StringComparison.Ordinal);
    }

    private static string Control(string fields) => $"SimulationControl,{fields};\n";
}

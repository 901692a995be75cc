using System.Text;

using IdfKit.Engine.Parts;

using RunBed;

namespace IdfKit.Engine.Tests.Parts;

public sealed class PeriodPlannerTests
{
    private const string Two = "Version,25.2;\nRunPeriod,First,1,1,,1,31,; ! one\nRunPeriod,\n  Second,7,1,,\n  7,31,;\nZone,Z";
    private const string Json = """
        {"RunPeriod": {"b": {"begin_month": 1}, "a": {"begin_month": 7.50}}, "Zone": {"Büro \"1\"": {}}, "SimulationControl": {"s": {}}}
        """;

    private static readonly EngineRequest Request = new() { ModelPath = "in.idf", OutputDirectory = "out", WeatherPath = "in.epw" };

    [Fact]
    public void Each_part_has_its_run_period_alone_on_its_own_line_and_only_the_first_simulates_design_days()
    {
        var parts = Plan(Two).Parts;
        Assert.Equal(["First", "Second"], parts.Select(part => part.Name));
        Assert.Equal("Version,25.2;\nRunPeriod,First,1,1,,1,31,; ! one\n\n\n\nZone,Z", Text(parts[0]));
        Assert.Equal(
            "Version,25.2;\n ! one\nRunPeriod,\n  Second,7,1,,\n  7,31,;\nZone,Z;\nSimulationControl,No,No,No,No,Yes;\n", Text(parts[1]));
    }

    [Theory]
    [InlineData("SimulationControl,Yes,No,No,Yes,Yes,No,1;", "SimulationControl,Yes,No,No,No,Yes,No,1;")]
    [InlineData("SimulationControl, Yes ;", "SimulationControl,Yes,,,No;")]
    [InlineData("SimulationControl;", "SimulationControl,,,,No;")]
    [InlineData("SimulationControl,Yes,No,No,No,Yes;", "SimulationControl,Yes,No,No,No,Yes;")]
    public void Sizing_stays_as_it_is_where_design_days_are_switched_off(string control, string expected) =>
        Assert.Contains(expected, Text(Plan(control + Two).Parts[1]), StringComparison.Ordinal);

    [Fact]
    public void Parts_of_epJSON_keep_all_else_and_follow_the_names()
    {
        var parts = Plan(Json).Parts;
        Assert.Equal(["a", "b"], parts.Select(part => part.Name));
        Assert.Equal("""{"RunPeriod":{"a":{"begin_month":7.50}},"Zone":{"Büro \"1\"":{}},"SimulationControl":{"s":{}}}""", Text(parts[0]));
        Assert.EndsWith("""{"s":{"run_simulation_for_sizing_periods":"No"}}}""", Text(parts[1]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("EnergyManagementSystem:GlobalVariable,x;", "EnergyManagementSystem:GlobalVariable")]
    [InlineData("PythonPlugin:Instance,x;", "PythonPlugin:Instance")]
    [InlineData("RunPeriod:CustomRange,x;", "RunPeriod:CustomRange")]
    [InlineData("Output:JSON,TimeSeries;", "Output:JSON, which writes one file")]
    [InlineData("Output:EnergyManagementSystem,Verbose,Verbose,Verbose;", "Output:EnergyManagementSystem, which writes one file")]
    [InlineData("SimulationControl,Yes,Yes,Yes,No,Yes,YES,1;", "HVAC sizing simulation")]
    [InlineData("EnergyManagementSystem:Program,P,IF CurrentEnvironment == 3,SET L = 1,ENDIF;", "which reads CurrentEnvironment: each")]
    [InlineData("EnergyManagementSystem:Program,P,IF Month == 1,SET N = 0,ENDIF,SET N = N + 1;", "Program, which may carry over")]
    [InlineData("EnergyManagementSystem:Subroutine,P,SET L = Year,SET L = @RandomUniform 0 1;", "which reads @RandomUniform")]
    [InlineData("RunPeriod,first,1,1,,1,2,;", "names")]
    [InlineData("RunPeriod,,1,1,,1,2,;", "names")]
    public void A_model_whose_run_periods_may_hang_together_stays_whole_and_the_reason_names_why(string more, string named)
    {
        var plan = Plan(more + Two);
        Assert.Empty(plan.Parts);
        Assert.Contains(named, plan.WhyNot, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dictionary_of_what_programs_may_reach_is_of_the_set_up_and_keeps_no_model_whole() =>
        Assert.Equal(2, Plan("Output:EnergyManagementSystem,Verbose,Verbose,ErrorsOnly;" + Two).Parts.Count);

    [Fact]
    public void A_program_that_reads_its_year_keeps_no_model_whole_since_each_run_period_has_its_own() =>
        Assert.Equal(2, Plan("EnergyManagementSystem:Program,P,SET L = Year + CalendarYear;" + Two).Parts.Count);

    [Fact]
    public void A_program_that_sets_an_actuator_at_times_keeps_no_model_whole_since_EnergyPlus_forgets_it_between_run_periods() =>
        Assert.Equal(2, Plan("EnergyManagementSystem:Actuator,A,S,Schedule:Constant,Schedule Value;"
            + "EnergyManagementSystem:Program,P,IF Month == 1,SET A = 0,ENDIF;" + Two).Parts.Count);

    [Fact]
    public void More_run_periods_than_anybody_waits_for_are_simulated_by_one_process()
    {
        var many = string.Concat(Enumerable.Range(0, 65).Select(index => $"RunPeriod,P{index},1,1,,1,2,;"));
        Assert.Contains("65 of them", Plan(many).WhyNot, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_epJSON_whose_order_is_not_known_keep_it_whole() => Assert.Contains(
        "order", Plan("""{"RunPeriod": {"P 9": {}, "P 10": {}}, "Version": {"v": {}}}""").WhyNot, StringComparison.Ordinal);

    [Fact]
    public void What_is_made_of_all_run_periods_keeps_it_whole()
    {
        EngineRequest[] all = [Request with { Annual = true }, Request with { ReadVars = true }, Request with { ExtraArguments = ["-v"] },
            Request with { ExpandObjects = true }];
        foreach (var request in all) Assert.NotNull(Plan(Two, request).WhyNot);
    }

    [Fact]
    public void One_run_period_is_nothing_to_tell()
    {
        var plan = Plan("RunPeriod,First,1,1,,1,31,;");
        Assert.Empty(plan.Parts);
        Assert.Null(plan.WhyNot);
        Assert.Null(Plan(Two, Request with { DesignDay = true }).WhyNot);
        Assert.Null(Plan(Two, Request with { WeatherPath = null }).WhyNot);
        Assert.Null(Plan("SimulationControl,No,No,No,Yes,No;" + Two).WhyNot);
    }

    [Theory, InlineData(1, 8_000, 8_000, "processor"), InlineData(2, 700, 8_000, "memory"), InlineData(2, 8_000, 300, "disk")]
    public void A_machine_without_room_keeps_it_whole(int processors, long megabytes, long disk, string named) => Assert.Contains(
        named, Plan(Two, Request, OneEngine.RoomOf(processors, megabytes * 1_000_000, disk * 1_000_000)).WhyNot, StringComparison.Ordinal);

    private static PartPlan Plan(string model, EngineRequest? request = null, PartRoom? room = null)
    {
        using var text = new MemoryStream(Encoding.UTF8.GetBytes(model));
        return PeriodPlanner.Plan(Model.Read(text), request ?? Request, room ?? PeriodsBed.Enough);
    }

    private static string Text(RunPart part) => Encoding.UTF8.GetString(part.Text.Span);
}

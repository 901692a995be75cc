using System.Text;

using IdfKit.Engine.Parts.Year;

namespace IdfKit.Engine.Tests.Parts.Year;

public sealed class YearRefusalsTests
{
    private const string Year = "Version,25.2;\nRunPeriod,Year,1,1,,12,31,,Monday;\n";
    private const string Actuator = "EnergyManagementSystem:Actuator,Lamp,Dim,Schedule:Constant,Schedule Value;";

    [Theory]
    [InlineData("Foundation:Kiva,K;", "Foundation:Kiva")]
    [InlineData("Material:RoofVegetation,G;", "Material:RoofVegetation")]
    [InlineData("EnergyManagementSystem:GlobalVariable,x;", "EnergyManagementSystem:GlobalVariable")]
    [InlineData("ElectricLoadCenter:Storage:Simple,B;", "ElectricLoadCenter:Storage:Simple")]
    [InlineData("HeatBalanceAlgorithm,CombinedHeatAndMoistureFiniteElement;", "moisture")]
    [InlineData("HVACTemplate:Zone:IdealLoadsAirSystem,Z;", "ExpandObjects")]
    [InlineData("OutputControl:Files,,No;", ".mtr")]
    [InlineData("SizingPeriod:WeatherFileDays,W,1,1,1,7;", "sizing")]
    [InlineData("SimulationControl,Yes,Yes,Yes,No,Yes,Yes,1;", "sizing")]
    [InlineData("RunPeriod,More,1,1,,1,2,;", "several run periods")]
    [InlineData("Output:Meter:Cumulative:MeterFileOnly,Electricity:Facility,Hourly;", "Output:Meter:Cumulative")]
    [InlineData("AirTerminal:SingleDuct:VAV:Reheat,V,S,D,I,1,Scheduled;", "AirTerminal:SingleDuct:VAV:Reheat: with a scheduled minimum")]
    [InlineData("AirTerminal:SingleDuct:VAV:NoReheat,V,S,N,I,1,Constant,0.3,,,,Turndown;", "with a scheduled minimum")]
    [InlineData("AirTerminal:SingleDuct:VAV:Reheat,V,S,D,I,1,Constant,0.3,,,C,C,1,0,N,0.001,Normal,,,35,,Turndown;", "scheduled minimum")]
    [InlineData("AirTerminal:SingleDuct:VAV:HeatAndCool:NoReheat,V,S,N,I,1,0.3,Turndown;", "with a scheduled minimum")]
    [InlineData("AirTerminal:SingleDuct:VAV:HeatAndCool:Reheat,V,S,D,I,1,0.3,N,C,C,1,0,0,0.001,35,Turndown;", "scheduled minimum")]
    [InlineData("AirTerminal:SingleDuct:VAV:Reheat:VariableSpeedFan,V,S,1,1,0.3,I,O,H,F,C,C,1,0,0.001,Turndown;", "scheduled minimum")]
    [InlineData("ZoneContaminantSourceAndSink:Generic:DecaySource,D;", "ZoneContaminantSourceAndSink:Generic:DecaySource")]
    [InlineData("Output:EnvironmentalImpactFactors,Daily;", "Output:EnvironmentalImpactFactors, of which parts")]
    [InlineData("EnergyManagementSystem:ProgramCallingManager,M,BeginNewEnvironment,P;", "it runs programs once when a run begins")]
    [InlineData("EnergyManagementSystem:ProgramCallingManager,M, afternewenvironmentwarmupiscomplete ,P;", "once when a run begins")]
    [InlineData("Coil:Cooling:DX:SingleSpeed:ThermalStorage,C;", "ThermalStorage")]
    [InlineData("Output:Meter,Electricity:Facility,Monthly", "no semicolon")]
    [InlineData("Generator:FuelCell:ElectricalStorage,S;", "a store may be full")]
    [InlineData("AirflowNetwork:OccupantVentilationControl,V,5,10;", "numbers at random")]
    [InlineData("ZoneEarthtube:Parameters,E;", "ZoneEarthtube:Parameters: the ground")]
    [InlineData("HeatBalanceAlgorithm,MoisturePenetrationDepthConductionTransferFunction;", "HeatBalanceAlgorithm: moisture")]
    [InlineData(
        "SurfaceProperty:HeatTransferAlgorithm:SurfaceList,L,MoisturePenetrationDepthConductionTransferFunction,Wall;", "List: moisture")]
    [InlineData("Daylighting:Controls,D,Z,SplitFlux,,Stepped,0.3,0.2,3,0.9;", "Daylighting:Controls: it draws numbers at random")]
    [InlineData("SolarCollector:FlatPlate:Water,C;", "a store may be full")]
    [InlineData("SolarCollector:FlatPlate:PhotovoltaicThermal,C;", "a store may be full")]
    [InlineData("SolarCollector:IntegralCollectorStorage,C;", "a store may be full")]
    [InlineData("AvailabilityManager:OptimumStart,O,A,F,ControlZone,Z,,6,AdaptiveTemperatureGradient;", "OptimumStart: when it starts")]
    [InlineData("PlantLoop,P,Water,,O,N,100,5,0.0002,0,20;", "PlantLoop: its water")] // 2.8 K of zone air in November, none in July
    [InlineData("PlantLoop,P,Water,,O,N,100,5,autosize,0,2.5;", "PlantLoop: its water")]
    [InlineData("CondenserLoop,P,Water,,O,N,100,5,0.001,0,0.61;", "CondenserLoop: its water")]
    [InlineData("SurfaceProperty:OtherSideCoefficients,S,0,,0,1,0,0,0,,No,24,0.999;", "OtherSideCoefficients: it follows")]
    [InlineData(
        "ZoneHVAC:LowTemperatureRadiant:ConstantFlow:Design,D,I,0.01,0.02,0.3,RunningMeanOutdoorDryBulbTemperature,0.81;",
        "Design: it follows")]
    [InlineData("Output:Diagnostics,DisplayExtraWarnings,reportduringwarmup;", "ReportDuringWarmup")]
    public void A_model_that_remembers_is_refused_by_name(string more, string named) =>
        Assert.Contains(named, YearRefusals.WhyNot(Read(Year + more)), StringComparison.Ordinal);

    [Theory]
    [InlineData("SET Hours = Hours + 1", true)]
    [InlineData("IF Hours > 1200, SET Level = 0, ENDIF, SET Hours = 5", true)]
    [InlineData("SET Hours = Zone_T * 2, SET Level = Hours + Hours", false)]
    [InlineData("set level = 1, IF LEVEL > Zone_T, Set Level = 0, ENDIF", false)]
    [InlineData("IF DayOfYear == 1, SET N = 0, ENDIF, SET N = N + 1", true)]
    [InlineData("IF WarmupFlag == 1, SET N = 0, ELSE, SET N = N + 1, ENDIF", true)]
    [InlineData("SET Level = Lamp * 0.9", true)]
    [InlineData("SET Lamp = 1, SET Level = Lamp * 0.9", false)]
    [InlineData("WHILE Zone_T > 1, SET N = 0, ENDWHILE, SET Level = N", true)]
    [InlineData("IF Zone_T > 1, SET N = 0, SET Level = N, ELSEIF Zone_T > 0, SET N = 1, SET Level = N, ENDIF", false)]
    [InlineData("SET N = 0, IF Zone_T > 1, SET N = N + 1, ENDIF, SET Level = N", false)]
    [InlineData("IF OAT < -5, SET Lamp = 18, ENDIF", true)]
    [InlineData("IF OAT < -5, SET Lamp = 18, ELSE, SET Lamp = Null, ENDIF", false)]
    [InlineData("SET Lamp = 0, IF OAT < -5, SET Lamp = 18, ENDIF", false)]
    [InlineData("IF OAT < -5, SET Lamp = 18, ENDIF, SET Lamp = 0", false)]
    [InlineData("IF OAT < -5, SET Lamp = 18, ELSEIF OAT < 0, SET Lamp = 9, ENDIF", true)]
    [InlineData("IF OAT < -5, SET Lamp = 18, ELSEIF OAT < 0, SET Lamp = 9, ELSE, SET lamp = 0, ENDIF", false)]
    [InlineData("IF OAT < -5, SET Lamp = 18, ELSEIF OAT < 0, SET N = 9, ELSE, SET Lamp = 0, ENDIF", true)]
    [InlineData("IF OAT < -5, RETURN, ENDIF, SET Lamp = 18", true)]
    [InlineData("IF OAT < -5, SET Lamp = 0, RETURN, ENDIF, SET Lamp = 18", false)]
    [InlineData("IF OAT < -5, RETURN, ELSE, SET Lamp = 0, ENDIF", true)]
    [InlineData("IF OAT < -5, IF OAT > -9, SET Lamp = 1, ENDIF, ELSE, SET Lamp = 0, ENDIF", true)]
    [InlineData("IF OAT < -5, IF OAT > -9, SET Lamp = 1, ELSE, SET Lamp = 2, ENDIF, ELSE, SET Lamp = 0, ENDIF, SET N = Lamp", false)]
    [InlineData("SET I = 0, WHILE I < OAT, SET Lamp = I, SET I = I + 1, ENDWHILE", true)]
    [InlineData("IF OAT < -5, RUN Dimming, ENDIF; EnergyManagementSystem:Subroutine,Dimming,SET Lamp = 1", true)]
    [InlineData("RUN Dimming; EnergyManagementSystem:Subroutine,Dimming,SET Lamp = 1", false)]
    [InlineData(
        "IF OAT < -5, RUN One, ENDIF; EnergyManagementSystem:Subroutine,One,RUN Two; EnergyManagementSystem:Subroutine,Two,SET Lamp = 1",
        true)]
    [InlineData("ENDIF, ELSE, ENDWHILE, RETURN, IF", false)]
    public void A_program_that_reads_a_variable_before_it_sets_it_remembers(string lines, bool remembers) => Assert.Equal(
        remembers, YearRefusals.WhyNot(Read($"{Year}{Actuator}EnergyManagementSystem:Program,P,{lines};")) is { } why
            && why.Contains("EnergyManagementSystem:Program:", StringComparison.Ordinal));

    [Theory] // of the 90.1 retail: EnergyPlus gives a sensor its value before each call
    [InlineData("OAT_F", false)]
    [InlineData("OAT_K", true)]
    public void A_sensor_that_a_program_converts_is_nothing_remembered(string sensor, bool remembers) => Assert.Equal(
        remembers, YearRefusals.WhyNot(Read(Year + Actuator
            + $"EnergyManagementSystem:Sensor,{sensor},Environment,Site Outdoor Air Drybulb Temperature;"
            + "EnergyManagementSystem:Program,P,SET oat_f = (OAT_F*1.8)+32,IF OAT_F > 45,SET Lamp = 0,ELSE,SET Lamp = 1,ENDIF;"))
            is not null);

    [Fact]
    public void Programs_of_many_thousand_lines_are_not_followed()
    {
        var lines = string.Concat(Enumerable.Range(0, 300_000).Select(index => $",SET V{index} = 1,IF V{index} > 0"));
        var model = Read($"{Year}EnergyManagementSystem:Program,P{lines};");
        Assert.Contains("may remember", YearRefusals.WhyNot(model), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("EnergyManagementSystem:Sensor,Was,Dim,Schedule Value;", true)]
    [InlineData("EnergyManagementSystem:Sensor,Was,Working hours,Schedule Value;", false)]
    [InlineData("EnergyManagementSystem:Sensor,Lit, dim ,Lights Electricity Rate;", true)]
    [InlineData("EnergyManagementSystem:Sensor,Out,Environment,Site Outdoor Air Drybulb Temperature;", false)]
    [InlineData("EnergyManagementSystem:Sensor,Out,,Site Outdoor Air Drybulb Temperature;EnergyManagementSystem:Actuator,A,;", false)]
    [InlineData("EnergyManagementSystem:Sensor,Was,EMS,Told;EnergyManagementSystem:OutputVariable,Told,x,Averaged,ZoneTimestep;", true)]
    public void A_sensor_of_what_is_actuated_remembers(string more, bool remembers) => Assert.Equal(
        remembers, YearRefusals.WhyNot(Read(
            Year + Actuator + more)) is { } why
            && why.Contains("EnergyManagementSystem:Sensor:", StringComparison.Ordinal));

    [Theory] // H falls by a tenth each step: the sensor has the zone's name, what is actuated the schedule's
    [InlineData("Zone Thermostat Heating Setpoint Temperature", "SET Lamp = S - 0.1", true)]
    [InlineData("Zone Thermostat Heating Setpoint Temperature", "SET Other = S - 0.1", false)]
    [InlineData("Zone Thermostat Heating Setpoint Temperature", "SET Lamp = 0.1", false)]
    [InlineData("Zone Mean Air Temperature", "SET Lamp = S - 0.1", false)]
    public void A_setpoint_that_may_follow_an_actuated_schedule_remembers(string variable, string line, bool remembers) => Assert.Equal(
        remembers, YearRefusals.WhyNot(Read(
            $"{Year}{Actuator}EnergyManagementSystem:Sensor,S,Zone 1,{variable};EnergyManagementSystem:Program,P,{line};")) is { } why
            && why.Contains("EnergyManagementSystem:Sensor:", StringComparison.Ordinal));

    [Theory] // what it has set it sees by way of the zone: 16 °C from the first hour below -10 °C on
    [InlineData("Office,Zone Ventilation Standard Density Volume Flow Rate", true)]
    [InlineData("Office,Zone Mean Air Temperature", false)]
    [InlineData("Environment,Site Outdoor Air Drybulb Temperature", false)]
    [InlineData("Binary Occupancy,Schedule Value", false)]
    public void A_sensor_of_the_building_in_a_program_that_sets_a_schedule_remembers(string sensor, bool remembers)
    {
        const string Lights = "EnergyManagementSystem:Sensor,L,Office,Zone Lights Electricity Rate;" // of another program: 90.1
            + "EnergyManagementSystem:Program,Q,SET Other = L;";
        var program = $"EnergyManagementSystem:Sensor,S,{sensor};"
            + "EnergyManagementSystem:Program,P,IF S > 0,SET Lamp = 1,ELSE,SET Lamp = 0,ENDIF;";
        Assert.Equal(
            remembers ? "the model has EnergyManagementSystem:Sensor: a program may remember anything from one day to the next" : null,
            YearRefusals.WhyNot(Read(Year + Actuator + Lights + program)));
    }

    [Theory]
    [InlineData("IF CalendarYear > 2010, SET Level = 1, ENDIF", "CalendarYear")]
    [InlineData("IF (currentenvironment==3), SET Level = 1, ENDIF", "currentenvironment")]
    [InlineData("SET Level = @RandomUniform 0 1", "@RandomUniform")]
    [InlineData("SET Level = ActualTime", "ActualTime")]
    [InlineData("SET Level = DayOfYear + YearBuilt", null)]
    public void A_program_that_reads_what_parts_have_otherwise_is_refused(string lines, string? word) => Assert.Equal(
        word is null ? null : $"the model has EnergyManagementSystem:Program, which reads {word}: parts of a year have another one",
        YearRefusals.WhyNot(Read($"{Year}EnergyManagementSystem:Program,Year,{lines};")));

    [Fact]
    public void A_variable_of_the_comparison_that_is_reported_by_a_schedule_is_refused() => Assert.Contains(
        "by a schedule", YearRefusals.WhyNot(Read(Year + "Output:Variable,*,Zone Mean Air Temperature [C],Hourly,Working hours;")),
        StringComparison.Ordinal);

    [Fact]
    public void The_class_list_reads_epJSON_too() => Assert.Contains("Kiva", YearRefusals.WhyNot(Read(
        """{"RunPeriod": {"y": {"begin_month": 1}}, "Foundation:Kiva": {"k": {}}}""")), StringComparison.Ordinal);

    [Theory]
    [InlineData("ZoneEarthtube,Z,S,1,;")]
    [InlineData("HeatBalanceAlgorithm,ConductionFiniteDifference;")]
    [InlineData("Daylighting:Controls,D,Z,SplitFlux,,Stepped,0.3,0.2,3,1.0;")]
    [InlineData("Daylighting:Controls,D,Z,SplitFlux,,Stepped,0.3,0.2,3;")]
    [InlineData("Daylighting:Controls,D,Z,SplitFlux,,Continuous,0.3,0.2,3,0.9;")]
    [InlineData("SolarCollector:UnglazedTranspired,C;")]
    [InlineData("AvailabilityManager:OptimumStart,O,A,F,ControlZone,Z,,6,AdaptiveASHRAE;")]
    [InlineData("PlantLoop,P,Water,,O,N,100,5,0.002,0,1.2;")]
    [InlineData("PlantLoop,P,Water,,O,N,100,5,autosize,0,autocalculate;")]
    [InlineData("SurfaceProperty:OtherSideCoefficients,S,0,,0,1,0,0,0,,No,24,0.9;")]
    [InlineData("ZoneHVAC:LowTemperatureRadiant:ConstantFlow:Design,D,I,0.01,0.02,0.3,RunningMeanOutdoorDryBulbTemperature,0.8;")]
    [InlineData("ZoneHVAC:LowTemperatureRadiant:ConstantFlow:Design,D,I,0.01,0.02,0.3,MeanAirTemperature,0.95;")]
    [InlineData("Output:Diagnostics,DisplayExtraWarnings;")]
    public void What_does_not_remember_is_not_refused(string more) => Assert.Null(YearRefusals.WhyNot(Read(Year + more)));

    [Fact]
    public void A_plain_year_is_not_refused_and_one_of_design_days_is()
    {
        const string Impact = "Output:EnvironmentalImpactFactors,Monthly;"; // the reference buildings have it
        const string Manager = "EnergyManagementSystem:ProgramCallingManager,M,BeginTimestepBeforePredictor,P;";
        const string Terminal = "AirTerminal:SingleDuct:VAV:Reheat,V,S,D,I,1,Constant,0.3,,,C,C,1,0,N,0.001,Normal,,,35,Yes, ;";
        Assert.Null(YearRefusals.WhyNot(Read(Year + "WaterHeater:Mixed,W;" + Impact + Terminal + Manager)));
        Assert.Contains("weather", YearRefusals.WhyNot(Read("Version,25.2;")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RunPeriod,Y,1,1,2016,12,31,2016,;", DayOfWeek.Friday, 20)]
    [InlineData("RunPeriod,Y,7,1,2015,6,30,2016,;ShadowCalculation,PolygonClipping,Periodic,7;", DayOfWeek.Wednesday, 7)]
    [InlineData("RunPeriod,Y,1,2,,1,1,,;ShadowCalculation,PolygonClipping,Timestep,30;", DayOfWeek.Monday, 1)]
    public void A_year_is_read_with_its_weekday_and_its_shading_period(string model, DayOfWeek weekday, int shading)
    {
        var (year, whyNot) = YearModel.Of(Read(model));
        Assert.Null(whyNot);
        Assert.Equal((365, weekday, shading), (year!.Period.Days, year.Period.Weekday, year.ShadingDays));
    }

    [Theory]
    [InlineData("RunPeriod,Y,1,1,2015,12,31,2016,;")]
    [InlineData("RunPeriod,Y,1,1,,12,31,2016,;")]
    [InlineData("RunPeriod,Y,2,29,,12,31,,;")]
    [InlineData("RunPeriod,Y,1,1,2017,12,31,,Monday;")]
    [InlineData("RunPeriod,Y,1,1,,12,31,,3;")]
    [InlineData("RunPeriod,Y,x,1,,12,31,,;")]
    [InlineData("RunPeriod,Y,1,1,,12,31,,;ShadowCalculation,PolygonClipping,Periodic,0;")]
    public void A_year_that_is_not_clear_is_not_divided(string model) => Assert.NotNull(YearModel.Of(Read(model)).WhyNot);

    private static Model Read(string text)
    {
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return Model.Read(bytes);
    }
}

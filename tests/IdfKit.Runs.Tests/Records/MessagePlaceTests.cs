using System.Text;

using IdfKit.Engine;
using IdfKit.Engine.Results;
using IdfKit.Runs.Records;

namespace IdfKit.Runs.Tests.Records;

/// <summary>Which object of the dropped model a message is about, and where it stands.</summary>
public sealed class MessagePlaceTests
{
    private const string Idf = """
        Version,25.2;
        Site:Location,Chicago,41.98,-87.92,-6,201;
        Zone,Hall;
        Pump:ConstantSpeed,Service pump;
        Coil:Cooling:DX:SingleSpeed,Main coil;
        Output:Meter,
          Gas:Facility,Hourly;
        """;

    [Theory]
    [InlineData("Output:Meter: invalid Key Name=\"GAS:FACILITY\" - not found.", "Output:Meter \"Gas:Facility\"", 6)]
    [InlineData("Calculated design heating load for zone=HALL is zero.", "Zone \"Hall\"", 3)]
    [InlineData(
        "Check input. Pump nominal power or motor efficiency is set to 0, for pump=SERVICE PUMP", "Pump:ConstantSpeed \"Service pump\"", 4)]
    [InlineData(
        "CalcDoe2DXCoil: Coil:Cooling:DX:SingleSpeed \"MAIN COIL\" - Full load outlet air dry-bulb temperature < 2C.",
        "Coil:Cooling:DX:SingleSpeed \"Main coil\"",
        5)]
    [InlineData("Duplicate name found for object of type \"Zone\" named \"hall\". Overwriting existing object.", "Zone \"Hall\"", 3)]
    [InlineData("<root>[Zone][Hall] - Missing required property 'x'.", "Zone \"Hall\"", 3)]
    [InlineData("Something about Zone=\"HALL\", that nobody explains", "Zone \"Hall\"", 3)]
    public void Object_is_shown_as_the_model_writes_it_with_its_line(string message, string subject, int line)
    {
        var group = Place(message);

        Assert.Equal((subject, line), (group.Subject, group.Line));
    }

    [Theory]
    [InlineData("Temperature out of range [-100. to 200.] (PsyPsatFnTemp)\nRoutine=PsyTwbFnTdbWPb, Environment=RUN", null)]
    [InlineData("Something about Zone=\"CELLAR\", that nobody explains", "Zone \"CELLAR\"")]
    [InlineData("Fan:ConstantVolume=\"OF A TEMPLATE\", is large", "Fan:ConstantVolume \"OF A TEMPLATE\"")]
    public void Object_that_the_model_does_not_have_has_no_line(string message, string? subject)
    {
        var group = Place(message);

        Assert.Equal((subject, null), (group.Subject, group.Line));
    }

    [Fact]
    public void Place_of_the_weather_is_the_model_s_location()
    {
        var group = Place(
            "Weather file location will be used rather than entered (IDF) Location object.\n..Location object=CHICAGO\n"
            + "..Weather File Location=Denver TMY3 WMO#=1");

        Assert.Equal(("Site:Location \"Chicago\"", 2, false), (group.Subject, group.Line, group.Harmless));
    }

    [Fact]
    public void Without_a_model_the_object_is_as_the_message_names_it()
    {
        var group = new ModelPlaces(null).Placed(Read("Calculated design heating load for zone=HALL is zero."));

        Assert.Equal(("Zone \"HALL\"", null), (group.Subject, group.Line));
    }

    [Fact]
    public async Task Real_run_says_what_its_messages_mean_and_where_they_come_from()
    {
        var model = RealEnding.Model() + "\nOutput:Meter,Steam:Facility,Hourly;\n";
        using var run = await RealEnding.OfAsync(model);
        var group = run.Record.MessageGroups.Single(group => group.Text.StartsWith("Output:Meter:", StringComparison.Ordinal));
        var line = model[..model.IndexOf("Output:Meter,Steam", StringComparison.Ordinal)].Count(character => character == '\n') + 1;

        Assert.Equal(("Output:Meter \"Steam:Facility\"", line, true), (group.Subject, group.Line, group.Harmless));
        Assert.Contains("eplusout.mdd", group.Meaning, StringComparison.Ordinal);
        Assert.Contains($"\"line\": {line},", run.Json, StringComparison.Ordinal);
    }

    private static MessageGroup Place(string message) =>
        new ModelPlaces(Model.Read(new MemoryStream(Encoding.UTF8.GetBytes(Idf)))).Placed(Read(message));

    private static GroupedMessage Read(string message)
    {
        var lines = string.Join("\n   **   ~~~   ** ", message.Split('\n'));
        return ErrDigest.Read(new MemoryStream(Encoding.UTF8.GetBytes($"   ** Warning ** {lines}\n"))).Groups.Single();
    }
}

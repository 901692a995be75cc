using System.Text;

using IdfKit.Engine.Parts.Year;
using IdfKit.Engine.Results;

using TestBed;

namespace IdfKit.Engine.Tests.Parts.Year;

/// <summary>What of a segment's outputs is the model's own.</summary>
public sealed class AddedOutputsTests
{
    private const string Coal = "   ** Warning ** Output:Meter:MeterFileOnly: invalid Key Name=\"HEATING:COAL\" - not found.";
    private const string Steam = "   ** Warning ** Output:Meter:MeterFileOnly: invalid Key Name=\"HEATING:STEAM\" - not found.";

    private static readonly EnergyPlusVersion Version = new(25, 2);

    [Theory]
    [InlineData("Output:Variable,*,Zone Mean Air Temperature,Hourly;", true)]
    [InlineData("Output:Variable,*, zone mean air temperature [C] ,;", true)]
    [InlineData("Output:Variable,,Zone Mean Air Temperature[C],hourly;", true)]
    [InlineData("Output:Variable,Office,Zone Mean Air Temperature [C],Hourly;", null)]
    [InlineData("Output:Variable,Off.*,Zone Mean Air Temperature [C],Hourly;", null)]
    [InlineData("Output:Variable,*,Zone Mean Air Temperature [C],Daily;", false)]
    [InlineData("Output:Variable,Shop,Zone Mean Air Temperature [C],Hourly;", false)]
    public void A_variable_that_the_model_asks_for_is_its_own_also_with_a_unit(string more, bool? isOfAll)
    {
        var model = Read(more);
        var air = new ResultVariable(1, "OFFICE", "Zone Mean Air Temperature", "C", ResultFrequency.Hourly);
        Assert.Equal(isOfAll is false, new AddedOutputs(model).Has(air));
        Assert.Equal(isOfAll is not true, YearOutputs.Missing(model, Version).Any(
            added => added.Idf.Contains("Zone Mean Air Temperature", StringComparison.Ordinal)));
    }

    [Theory] // a key is a pattern of the whole name
    [InlineData("Office 1.1", "OFFICE 1.1", true)]
    [InlineData("Office 1.1", "OFFICE 1.2", false)]
    [InlineData("Office (1)", "OFFICE (1)", true)]
    [InlineData("Office (1)", "OFFICE (2)", false)]
    [InlineData("Office 1..", "OFFICE 1.2", true)]
    [InlineData("Office", "OFFICE 1.2", false)]
    [InlineData("Office [1", "OFFICE 1.2", true)] // none that can be read
    public void A_series_is_the_model_s_own_where_a_key_matches_its_whole_name(string asked, string key, bool isOwn) => Assert.Equal(
        isOwn, !new AddedOutputs(Read($"Output:Variable,{asked},Zone Mean Air Temperature,Hourly;")).Has(
            new ResultVariable(1, key, "Zone Mean Air Temperature", "C", ResultFrequency.Hourly)));

    [Theory]
    [InlineData("Hybrid Ventilation Control HVAC System Operation Elapsed Time", ResultFrequency.Hourly, true)]
    [InlineData("Hybrid Ventilation Control Natural Ventilation Elapsed Time", ResultFrequency.Daily, true)]
    [InlineData("Hybrid Ventilation Control Status", ResultFrequency.Hourly, false)]
    [InlineData("Zone Mean Air Temperature", ResultFrequency.Hourly, false)]
    [InlineData("Zone Mean Air Temperature", ResultFrequency.Annual, true)]
    public void What_counts_from_before_the_days_that_count_is_left_out(string name, ResultFrequency frequency, bool isOut) =>
        Assert.Equal(isOut, AddedOutputs.IsOfAll(new ResultVariable(1, "K", name, "min", frequency)));

    [Theory]
    [InlineData("", 0)]
    [InlineData("Output:Meter:MeterFileOnly,Heating:Coal[J],Monthly;", 1)]
    [InlineData("Output:Meter:MeterFileOnly,Heating:Coal,Monthly;Output:Meter:MeterFileOnly,heating:coal,RunPeriod;", 2)]
    [InlineData("Output:Meter:MeterFileOnly,Heating:Coal [J],Monthly;", 0)] // EnergyPlus looks for one with a blank, and says so
    public void Of_messages_as_many_stay_as_the_model_has_objects_in_each_part_anew(string more, int stay)
    {
        var added = new AddedOutputs(Read(more));
        for (var part = 0; part < 2; part++)
        {
            var isOurs = added.Messages();
            Assert.Equal(stay, Enumerable.Range(0, 4).Count(_ => !isOurs(Coal)));
            Assert.True(isOurs(Steam));
            Assert.True(isOurs(Steam.Replace("Key Name", "key_name", StringComparison.Ordinal))); // of epJSON
            Assert.False(isOurs(Coal.Replace("COAL", "COAL ", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void Messages_of_a_segment_that_did_not_complete_are_those_of_the_model()
    {
        using var folder = new TemporaryFolder();
        const string Cut = "   ** Warning ** cut o";
        File.WriteAllText(folder["segment.err"], $"{Steam}\n{Coal}\n{Coal}\n{Cut}");
        using (var segment = File.OpenRead(folder["segment.err"]))
        using (var into = File.Create(folder["run.err"]))
            YearMessages.CopyOne(segment, into, new(Read("Output:Meter:MeterFileOnly,Heating:Coal,Monthly;")));
        Assert.Equal($"{Coal}\n{Cut}\n", File.ReadAllText(folder["run.err"]));
    }

    private static Model Read(string more)
    {
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes("Version,25.2;\n" + more));
        return Model.Read(bytes);
    }
}

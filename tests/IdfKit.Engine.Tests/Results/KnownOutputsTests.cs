using IdfKit.Engine.Results;

namespace IdfKit.Engine.Tests.Results;

public sealed class KnownOutputsTests
{
    [Theory]
    [InlineData("eplusout.eso")]
    [InlineData("eplusout.delightdfdmp")]
    [InlineData("eplusout_perflog.csv")]
    [InlineData("eplusout_detailed_HVAC.msgpack")]
    [InlineData("eplustbl.htm")]
    [InlineData("eplusTable.htm")]
    [InlineData("eplus-table.htm")]
    [InlineData("eplus.sql")]
    [InlineData("eplusssz.csv")]
    [InlineData("eplusspsz.tab")]
    [InlineData("eplusADS.out")]
    [InlineData("eplusscreen.csv")]
    [InlineData("eplusshading.csv")]
    [InlineData("eplusmap.csv")]
    [InlineData("eplusmtr.csv")]
    [InlineData("eplussqlite.err")]
    [InlineData("eplus_ghedesigner_input.json")]
    [InlineData("eplus_ghedesigner_outputs/BoreFieldData.csv")]
    [InlineData("sqlite.err")]
    [InlineData("readvars.audit")]
    [InlineData("expandedidf.err")]
    public void Name_of_energyplus_is_known(string name) => Assert.True(KnownOutputs.IsOne(name, "eplus"));

    [Theory]
    [InlineData("run.json")]
    [InlineData("x.fifo")]
    [InlineData("m/run.json")]
    [InlineData("eplus_ghedesigner_outputs/m/run.json")]
    [InlineData("eplusout.eso.exe")]
    [InlineData("eplusout.")]
    [InlineData("eplusevil.csv")]
    [InlineData("eplusout eso.csv")]
    [InlineData("eplusout\u0001.eso")]
    [InlineData("Eplusout.eso")]
    [InlineData("out.eso")]
    [InlineData("eplusout.abcdefghijklmnopq")]
    public void Other_name_is_not(string name) => Assert.False(KnownOutputs.IsOne(name, "eplus"));

    [Fact]
    public void Prefix_of_the_run_counts()
    {
        Assert.True(KnownOutputs.IsOne("myout.eso", "my"));
        Assert.False(KnownOutputs.IsOne("eplusout.eso", "my"));
    }
}

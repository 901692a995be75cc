using IdfKit.Engine.Parts;
using IdfKit.Engine.Parts.Year;

using TestBed;

namespace IdfKit.Engine.Tests.Parts.Year;

/// <summary>What the files of a year's parts tell, besides what is joined of them.</summary>
public sealed class YearFilesTests
{
    [Theory] // finite differences take 20, whatever the model asks for
    [InlineData(" Timesteps per Hour, 20, 3\n", 20)]
    [InlineData("", null)]
    public void Steps_of_an_hour_are_those_that_a_part_tells(string line, int? steps)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(
            folder["eplusout.eio"],
            "Program Version,EnergyPlus, Version 25.2.0\n! <Timesteps per Hour>, #TimeSteps, Minutes per TimeStep {minutes}\n" + line);
        using var folders = new PartFolders([folder.Path], "eplus", 'L');
        Assert.Equal(steps, new YearFiles(null!, folders).StepsOfHour());
    }
}

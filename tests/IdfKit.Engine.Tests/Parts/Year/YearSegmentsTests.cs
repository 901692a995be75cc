using IdfKit.Engine.Models;
using IdfKit.Engine.Parts;
using IdfKit.Engine.Parts.Year;

using TestBed;

namespace IdfKit.Engine.Tests.Parts.Year;

/// <summary>What a year's parts tell, besides what is joined of them.</summary>
public sealed class YearSegmentsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory] // finite differences take 20, whatever the model asks for
    [InlineData(" Timesteps per Hour, 20, 3\n", 20)]
    [InlineData("", null)]
    public void Steps_of_an_hour_are_those_that_a_part_tells(string line, int? steps)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(
            folder["eplusout.eio"],
            "Program Version,EnergyPlus, Version 25.2.0\n! <Timesteps per Hour>, #TimeSteps, Minutes per TimeStep {minutes}\n" + line);
        using var eio = File.OpenRead(folder["eplusout.eio"]);
        Assert.Equal(steps, YearSegments.StepsOfHour(eio));
    }

    [Fact]
    public void What_is_wrong_with_a_part_is_told_when_all_have_ended()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["in.idf"], "Version,25.2;");
        var model = StagedText.Read(folder["in.idf"], "in.idf").Model;
        var plan = YearPlanner.Plan(YearPeriod.Of(new(1, 1), new(12, 31), DayOfWeek.Sunday), shadingDays: 20, parts: 2);
        var segments = new YearSegments(plan, new() { ModelPath = folder["in.idf"], OutputDirectory = folder["out"] }, model);
        segments.TryRead(0, folder["gone"], Token);
        segments.TryRead(1, folder.Path, new(canceled: true));
        var wrong = Assert.Throws<PartsUnlikeException>(() => segments.Read([folder.Path, folder.Path], Token));
        Assert.Equal(EngineSentences.Unreadable("eplusout.eio"), wrong.Message);
        Assert.Throws<OperationCanceledException>(() => segments.Read([folder.Path, folder.Path], new(canceled: true)));

        segments.TryRead(1, folder.Path, Token);
        var remembered = Assert.Throws<PartsUnlikeException>(() => segments.Read([folder["gone"], folder["gone"]], Token));
        Assert.Equal(wrong.Message, remembered.Message); // it is not looked for again
    }

    [Fact]
    public void A_file_of_a_part_that_cannot_be_changed_remains_and_its_copy_goes()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["out"]);
        File.WriteAllText(folder["out", "eplusout.sql"], "whole");
        using var part = new PartFolders([folder["out"]], "eplus", 'L');
        Assert.False(part.Take("eso", folder["copy"], name => Assert.Fail(name), Token));
        Assert.Throws<IOException>(() => part.Take("sql", folder["copy"], _ => throw new IOException("No space left on device"), Token));
        Assert.Throws<OperationCanceledException>(() => part.Take("sql", folder["copy"], name => Assert.Fail(name), new(canceled: true)));
        Assert.Equal((true, false), (File.Exists(folder["out", "eplusout.sql"]), File.Exists(folder["copy"])));
        Assert.True(part.Take("sql", folder["copy"], name => File.AppendAllText(folder["copy"], " " + name), Token));
        Assert.Equal((false, "whole eplusout.sql"), (File.Exists(folder["out", "eplusout.sql"]), File.ReadAllText(folder["copy"])));
    }
}

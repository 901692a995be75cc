using IdfKit.Runs;

namespace IdfKit.Drops.Tests.TakenOver;

/// <summary>Things among the results that are no plain files, or cannot be opened, removed or listed: attacks 9 and 11 to 15.</summary>
public sealed class OddFileTests
{
    public static MatrixTheoryData<string, string> Links => new(
        ["summary.json", "eplusout.end", "eplusout.err", "eplustbl.htm", "eplusout.sql", "eplusout.eio", "eplusout.eso"],
        ["SECRET", "/dev/zero", "eplusout.loop", "/"]);

    [Fact]
    public async Task Confined_engine_makes_no_link_and_its_record_says_why_it_ended()
    {
        await using var bed = new HostileBed(confine: true);

        var record = await bed.RunAsync("m", $"link summary.json {bed.Secret}");

        Assert.Equal(RunStatus.Crashed, record.Status);
        Assert.Contains("symlink", record.Message, StringComparison.Ordinal);
        await bed.AssertNextRunsAsync();
    }

    [Theory, MemberData(nameof(Links))]
    public async Task Link_is_neither_followed_nor_written_through(string name, string target)
    {
        await using var bed = new HostileBed(confine: false);

        var record = await bed.RunAsync(
            "m", $"link {name} {target.Replace("SECRET", bed.Secret, StringComparison.Ordinal)}", "link eplusout.loop eplusout.loop");

        Assert.DoesNotContain("eplusout.loop", record.Files.Select(file => file.Path));
        await bed.AssertNextRunsAsync();
    }

    [Theory]
    [InlineData("summary.json"), InlineData("eplusout.end"), InlineData("eplusout.err"), InlineData("eplustbl.htm")]
    [InlineData("eplusout.sql"), InlineData("eplusout.eso"), InlineData("x.fifo")]
    public async Task Fifo_holds_nobody_up(string name)
    {
        await using var bed = new HostileBed(confine: false);

        var record = await bed.RunAsync("m", "fifo " + name);

        Assert.DoesNotContain(name, record.Files.Select(file => file.Path).Except(["summary.json"]));
        await bed.AssertNextRunsAsync();
    }

    [Theory]
    [InlineData("socket-file eplusout.csv"), InlineData("odd-name"), InlineData("nest 3000"), InlineData("many 20000")]
    [InlineData("closed-folder eplusout.csv"), InlineData("close-results"), InlineData("hard-link eplusout.csv eplusout.audit")]
    [InlineData("write eplusout.csv/a/b x"), InlineData("write summary.json/x x"), InlineData("write eplusout.end/x x")]
    [InlineData("write eplusout.err/x x")]
    public async Task Odd_thing_among_the_results_spoils_no_record(string attack)
    {
        await using var bed = new HostileBed(confine: false);

        var record = await bed.RunAsync("m", attack);

        Assert.InRange(record.Files.Count, 1, 1000);
        await bed.AssertNextRunsAsync();
    }
}

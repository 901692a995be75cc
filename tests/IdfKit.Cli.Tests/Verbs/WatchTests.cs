using System.Text.Json.Nodes;

using IdfKit.Runs;

using TestBed;

namespace IdfKit.Cli.Tests.Verbs;

/// <summary><c>idfkit watch</c>: from what waits to the end.</summary>
public sealed class WatchTests(RgwServer rgw, MotoServer moto)
{
    public static TheoryData<string> Places => VerbPlace.All;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Places))]
    public async Task Each_change_is_a_line_and_it_ends_when_nothing_is_open(string kind)
    {
        await using var place = await VerbPlace.OpenAsync(kind, rgw, moto);
        foreach (var name in (string[])["a", "b", "büro 2"])
            await place.Files.WriteTextAsync($"inputs/{name}.idf", Recorded.Model);
        await place.Files.WriteTextAsync("inputs/a.epw", "LOCATION");
        await using var tool = place.Start("watch", place.Name, "--every", "1");
        await tool.SaysAsync("3 waiting");
        await Recorded.BeginAsync(place.Files, "inputs/a.idf");
        await tool.SaysAsync("running      a.idf");
        await Recorded.EndAsync(place.Files, "inputs/a.idf", RunStatus.Completed, eui: 12);
        await tool.SaysAsync("completed    a.idf  2.0 s  12.0 kWh/m²");
        await Recorded.EndAsync(place.Files, "inputs/b.idf", RunStatus.Rejected, "no_weather", "b has none.");
        await tool.SaysAsync("rejected     b.idf  2.0 s  b has none.");
        await Recorded.EndAsync(place.Files, "inputs/büro 2.idf", RunStatus.Completed);
        Assert.Equal(1, await tool.ExitAsync());
        Assert.Contains("3 runs: 2 completed, 1 rejected.", tool.Output, StringComparison.Ordinal);
        Assert.Contains("1 run (no_weather), b: b has none.", tool.Output, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Places))]
    public async Task Model_that_is_put_again_waits_again_and_an_interrupted_run_is_not_waited_for(string kind)
    {
        await using var place = await VerbPlace.OpenAsync(kind, rgw, moto);
        await place.Files.WriteTextAsync("inputs/a.idf", Recorded.Model);
        await Recorded.EndAsync(place.Files, "inputs/a.idf", RunStatus.Completed);
        await Recorded.BeginAsync(place.Files, "inputs/dead.idf", null, DateTimeOffset.UnixEpoch);
        Assert.Equal(1, (await place.IdfKitAsync("watch", place.Name)).ExitCode);
        await Task.Delay(1100, Token); // S3 tells times in seconds
        await place.Files.WriteTextAsync("inputs/a.idf", Recorded.Model);
        await using var tool = place.Start("watch", place.Name, "--every", "1");
        await tool.SaysAsync("1 waiting, 1 interrupted");
        await Recorded.EndAsync(place.Files, "inputs/a.idf", RunStatus.Completed);
        Assert.Equal(1, await tool.ExitAsync());
        Assert.Contains("2 runs: 1 completed, 1 interrupted.", tool.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Stopped_it_says_what_is_open_and_how_to_look_again(string signal)
    {
        await using var place = await VerbPlace.OpenAsync(VerbPlace.Folder, rgw, moto);
        await place.Files.WriteTextAsync("inputs/a.idf", Recorded.Model);
        await using var tool = place.Start("watch", place.Name);
        await tool.SaysAsync("1 waiting");
        await tool.SaysAsync("nobody serves");
        await tool.SignalAsync(signal);
        Assert.Equal(1, await tool.ExitAsync());
        Assert.Contains("stopped watching; 0 run and 1 waits, and go on without it.", tool.Output, StringComparison.Ordinal);
        Assert.Contains($"idfkit watch {place.Name}", tool.Output, StringComparison.Ordinal);
    }

    [Fact] // said that there was nothing
    public async Task Folder_that_is_removed_meanwhile_is_not_taken_for_an_empty_one()
    {
        await using var place = await VerbPlace.OpenAsync(VerbPlace.Folder, rgw, moto);
        await place.Files.WriteTextAsync("inputs/a.idf", Recorded.Model);
        await using var tool = place.Start("watch", place.Name, "--every", "1");
        await tool.SaysAsync("1 waiting");
        Directory.Move(place.Path, place.Path + ".moved");
        var exitCode = await tool.ExitAsync();
        Directory.Move(place.Path + ".moved", place.Path);
        Assert.Equal(1, exitCode);
        Assert.EndsWith($"the folder '{place.Name}' is no longer there: it was removed or renamed while it was looked at.",
            tool.Errors.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_is_a_line_for_each_change()
    {
        await using var place = await VerbPlace.OpenAsync(VerbPlace.Folder, rgw, moto);
        await place.Files.WriteTextAsync("inputs/a.idf", Recorded.Model);
        await using var tool = place.Start("watch", place.Name, "--every", "1", "--json");
        await tool.SaysAsync("waiting");
        await Recorded.EndAsync(place.Files, "inputs/a.idf", RunStatus.Completed);
        Assert.Equal(0, await tool.ExitAsync());
        var lines = tool.Printed.Trim().Split('\n').Select(line => JsonNode.Parse(line)!).ToList();
        Assert.All(lines, line => Assert.Equal("idfkit.watch/1", (string?)line["schema"]));
        Assert.Equal((1, 0), ((int?)lines[0]["open"], (int?)lines[^1]["open"]));
        Assert.Equal("completed", (string?)lines[^1]["changes"]![0]!["status"]);
    }

    [Fact]
    public async Task Place_with_nothing_is_said()
    {
        await using var place = await VerbPlace.OpenAsync(VerbPlace.Folder, rgw, moto);
        var (exitCode, output) = await place.IdfKitAsync("watch", place.Name);
        Assert.Equal(1, exitCode);
        Assert.Contains("nothing was put there", output, StringComparison.Ordinal);
    }
}

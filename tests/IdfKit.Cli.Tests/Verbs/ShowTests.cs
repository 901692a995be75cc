using System.Text.Json.Nodes;

using IdfKit.Runs;

using TestBed;

namespace IdfKit.Cli.Tests.Verbs;

/// <summary><c>idfkit show</c>: one run, many runs, and how a place may be named.</summary>
public sealed class ShowTests(RgwServer rgw, MotoServer moto)
{
    public static TheoryData<string> Places => VerbPlace.All;

    [Theory, MemberData(nameof(Places))]
    public async Task Place_with_many_runs_is_a_table_with_causes_and_totals(string kind)
    {
        await using var place = await VerbPlace.OpenAsync(kind, rgw, moto);
        await Recorded.EndAsync(place.Files, "inputs/p/ok.idf", RunStatus.Completed, eui: 100);
        foreach (var name in (string[])["a", "b", "c", "d"])
            await Recorded.EndAsync(place.Files, $"inputs/p/{name}.idf", RunStatus.Rejected, "no_weather", $"'{name}.idf' has no weather.");
        await Recorded.EndAsync(place.Files, "inputs/q/büro 1.idf", RunStatus.Failed, "fatal", "The first severe error.");

        var (exitCode, output) = await place.IdfKitAsync("show", place.Name);
        Assert.True(exitCode == 1, output);
        Assert.Matches(@"(?m)^p/ok +completed +100\.0 ", output);
        Assert.Contains("4 runs (no_weather), such as p/a, p/b, p/c: 'a.idf' has no weather.", output, StringComparison.Ordinal);
        Assert.Contains("1 run (fatal), q/büro 1: The first severe error.", output, StringComparison.Ordinal);
        Assert.Contains("6 runs: 4 rejected, 1 completed, 1 failed.", output, StringComparison.Ordinal);

        foreach (var part in (string[])["p", "outputs/p", "inputs/p"])
        {
            (exitCode, output) = await place.IdfKitAsync("show", $"{place.Name.TrimEnd('/')}/{part}");
            if (kind == VerbPlace.Folder && part == "p")
                Assert.Matches($"there is no folder '.*/p'; .* is written {place.Path}/outputs/p\\.", output);
            else Assert.Contains("5 runs: 4 rejected, 1 completed.", output, StringComparison.Ordinal);
        }
        (_, output) = await place.IdfKitAsync("show", $"{place.Name.TrimEnd('/')}/outputs/p", "--limit", "2");
        Assert.Contains("and 3 more runs; --limit 0 shows all.", output, StringComparison.Ordinal);

        (exitCode, output) = await place.IdfKitAsync("show", $"{place.Name.TrimEnd('/')}/outputs/p/ok");
        Assert.True(exitCode == 0, output);
        Assert.Matches("Model +s3://models/inputs/p/ok.idf", output.Replace("│", " ", StringComparison.Ordinal));
        (exitCode, output) = await place.IdfKitAsync("show", place.Name, "--json");
        var json = JsonNode.Parse(output)!;
        Assert.Equal((1, "idfkit.show/1", 6), (exitCode, (string?)json["schema"], json["runs"]!.AsArray().Count));
        Assert.Equal(4, (int?)json["failures"]![0]!["count"]);
    }

    [Fact]
    public async Task Interrupted_run_is_told_as_one_and_shows_no_figures()
    {
        await using var place = await VerbPlace.OpenAsync(VerbPlace.Folder, rgw, moto);
        await Recorded.BeginAsync(place.Files, "inputs/a.idf", null, DateTimeOffset.UnixEpoch);
        var (exitCode, output) = await place.IdfKitAsync("show", place.Name + "/outputs/a");
        Assert.Equal(1, exitCode);
        Assert.Contains("interrupted: it began at", output, StringComparison.Ordinal);
        Assert.DoesNotContain("not reported", output, StringComparison.Ordinal);
        Assert.DoesNotContain("()", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forty_columns_are_kept_and_hostile_names_are_escaped()
    {
        await using var place = await VerbPlace.OpenAsync(VerbPlace.Folder, rgw, moto);
        place.Variables["COLUMNS"] = "40";
        await Recorded.EndAsync(place.Files, $"inputs/{new string('x', 120)}/ä.idf", RunStatus.Completed, eui: 1);
        await Recorded.EndAsync(place.Files, "inputs/b.idf", RunStatus.Failed, "x\u001b[31m", "red \u001b[31m\nnext\u202e");
        var (_, output) = await place.IdfKitAsync("show", place.Name);
        var table = output.Split("\n\n")[0].TrimEnd().Split('\n');
        Assert.All(table, line => Assert.InRange(line.TrimEnd('\r').Length, 0, 40));
        Assert.DoesNotContain("\u001b", output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u202e", output, StringComparison.Ordinal);
    }
}

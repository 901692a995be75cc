using System.Text.Json.Nodes;

using IdfKit.Runs;

using TestBed;

namespace IdfKit.Cli.Tests.Verbs;

/// <summary><c>idfkit compare</c>: two runs, and two folders of them.</summary>
public sealed class CompareTests(RgwServer rgw, MotoServer moto)
{
    public static TheoryData<string> Places => VerbPlace.All;

    [Theory, MemberData(nameof(Places))]
    public async Task Two_runs_are_told_by_figures_settings_and_objects(string kind)
    {
        await using var place = await VerbPlace.OpenAsync(kind, rgw, moto);
        await place.Files.WriteTextAsync("inputs/a.idf",
            "Version,25.2;\nTimestep,4;\nMaterial,Brick,Rough,0.1,0.7,1900,800;\n"
                + "Material,Wool,Rough,0.1,0.04,40,800;\nZone,Z1;\nZone,Z2;\n");
        await place.Files.WriteTextAsync("inputs/b.idf",
            "Version,25.2;\nTimestep,6;\nZone,Z2;\nMaterial,WOOL,Rough,0.2,0.04,40,800.0;\nMaterial,Brick,Rough,0.1,0.7,1900,800;\n");
        await Recorded.EndAsync(place.Files, "inputs/a.idf", RunStatus.Completed, eui: 100);
        var b = await Recorded.EndAsync(place.Files, "inputs/b.idf", RunStatus.Completed, eui: 80);
        await Recorded.WriteAsync(place.Files, "outputs/b", b with
        {
            Options = new() { Annual = true }, Segments = new("year", 2, ["01-01 to 06-30", "07-01 to 12-31"], ["eplustbl.htm"], []),
        });
        var at = place.Name.TrimEnd('/') + "/outputs/";
        var (exitCode, output) = await place.IdfKitAsync("compare", at + "a", at + "b");
        Assert.True(exitCode == 0, output);
        Assert.Matches(@"(?m)^site_eui_kwh_m2 +100 +80 +-20 +-20\.0", output);
        Assert.Contains("annual: false -> true", output, StringComparison.Ordinal);
        Assert.Matches("(?m)^segments: .* -> 2 \\(year\\)", output);
        Assert.Contains("The models differ in 3 places:", output, StringComparison.Ordinal);
        Assert.Matches("""Material "Wool", .*: 0\.1 -> 0\.2""", output);
        Assert.Matches("Timestep.*: 4 -> 6", output);
        Assert.Contains("Zone \"Z1\": only in A", output, StringComparison.Ordinal);

        var (_, json) = await place.IdfKitAsync("compare", at + "a", at + "b", "--json");
        Assert.Equal(3, JsonNode.Parse(json)!["objects"]!.AsArray().Count);
    }

    [Theory, MemberData(nameof(Places))]
    public async Task Run_that_did_not_complete_is_named_with_its_cause_beside_what_there_is(string kind)
    {
        await using var place = await VerbPlace.OpenAsync(kind, rgw, moto);
        foreach (var name in (string[])["a", "b", "c"]) await place.Files.WriteTextAsync($"inputs/{name}.idf", Recorded.Model);
        await Recorded.EndAsync(place.Files, "inputs/a.idf", RunStatus.Completed, eui: 100);
        await Recorded.EndAsync(place.Files, "inputs/b.idf", RunStatus.Rejected, "no_weather", "b has none.");
        await Recorded.BeginAsync(place.Files, "inputs/c.idf");
        var at = place.Name.TrimEnd('/') + "/outputs/";
        var (exitCode, output) = await place.IdfKitAsync("compare", at + "a", at + "b");
        Assert.True(exitCode == 0, output);
        Assert.Contains("outputs/b did not complete: rejected (no_weather). b has none.", output, StringComparison.Ordinal);
        Assert.DoesNotContain("outputs/a did not", output, StringComparison.Ordinal);
        Assert.Matches("(?m)^site_eui_kwh_m2 +100 ", output);
        Assert.Contains("The objects of the models are the same.", output, StringComparison.Ordinal);

        var (_, json) = await place.IdfKitAsync("compare", at + "c", at + "b", "--json");
        var endings = JsonNode.Parse(json)!["endings"]!.AsArray().Select(ending => (string)ending!).ToList();
        Assert.Equal(2, endings.Count);
        Assert.Contains("outputs/c has not ended and has no figures yet: running since ", endings[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folders_say_why_their_runs_did_not_complete()
    {
        await using var place = await VerbPlace.OpenAsync(VerbPlace.Folder, rgw, moto);
        await Recorded.EndAsync(place.Files, "inputs/old/x.idf", RunStatus.Completed, eui: 100);
        await Recorded.EndAsync(place.Files, "inputs/new/x.idf", RunStatus.Failed, "fatal", "It has no floor.");
        var (exitCode, output) = await place.IdfKitAsync("compare", place.Name + "/outputs/old", place.Name + "/outputs/new");
        Assert.True(exitCode == 0, output);
        Assert.Contains("What did not complete in B:\n1 run (fatal), x: It has no floor.", output.ReplaceLineEndings("\n"),
            StringComparison.Ordinal);
        Assert.DoesNotContain("in A:", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Model_that_ends_with_a_comma_is_compared_as_it_ran()
    {
        await using var place = await VerbPlace.OpenAsync(VerbPlace.Folder, rgw, moto);
        await place.Files.WriteTextAsync("inputs/a.idf", "Version,25.2;\nZone,Z1;\n");
        await place.Files.WriteTextAsync("inputs/b.idf", "Version,25.2;\nZone,Z1;\nZone,Z2,\n");
        foreach (var name in (string[])["a", "b"]) await Recorded.EndAsync(place.Files, $"inputs/{name}.idf", RunStatus.Completed);
        var (exitCode, output) = await place.IdfKitAsync("compare", place.Name + "/outputs/a", place.Name + "/outputs/b");
        Assert.True(exitCode == 0, output);
        Assert.Contains("Zone \"Z2\": only in B", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folders_are_matched_by_name_those_first_that_differ_most()
    {
        await using var place = await VerbPlace.OpenAsync(VerbPlace.Folder, rgw, moto);
        foreach (var (name, one, other) in ((string, double, double)[])[("x", 100, 101), ("y", 100, 150)])
        {
            await Recorded.EndAsync(place.Files, $"inputs/old/{name}.idf", RunStatus.Completed, eui: one);
            await Recorded.EndAsync(place.Files, $"inputs/new/{name}.idf", RunStatus.Completed, eui: other);
        }
        await Recorded.EndAsync(place.Files, "inputs/old/gone.idf", RunStatus.Completed);
        var (exitCode, output) = await place.IdfKitAsync("compare", place.Name + "/outputs/old", place.Name + "/outputs/new");
        Assert.True(exitCode == 0, output);
        Assert.Matches(@"(?s)y +100 +150 +\+50\.0.*x +100 +101 +\+1\.0", output);
        Assert.Contains("2 runs in both. 1 only in A (gone).", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Model_that_has_changed_is_not_taken_for_the_one_that_ran()
    {
        await using var place = await VerbPlace.OpenAsync(VerbPlace.Folder, rgw, moto);
        foreach (var name in (string[])["a", "b"])
        {
            await place.Files.WriteTextAsync($"inputs/{name}.idf", Recorded.Model);
            await Recorded.EndAsync(place.Files, $"inputs/{name}.idf", RunStatus.Completed);
        }
        await place.Files.WriteTextAsync("inputs/b.idf", Recorded.Model + "Zone,Z;\n");
        var (_, output) = await place.IdfKitAsync("compare", place.Name + "/outputs/a", place.Name + "/outputs/b");
        Assert.Contains("inputs/b.idf is no longer what it was when it ran.", output, StringComparison.Ordinal);
        Assert.DoesNotContain("The models differ", output, StringComparison.Ordinal);
    }
}

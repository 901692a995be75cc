using System.IO.Compression;

using IdfKit.Drops.Studies;
using IdfKit.Runs;
using IdfKit.Studies;

using RunBed;

namespace IdfKit.Drops.Tests.Studies;

/// <summary>Bases that are no plain model beside the study: zips, studies by themselves, and those that come late.</summary>
public sealed class StudyBaseTests
{
    private const string NeedsWeather = "SimulationControl,No,No,No,No,Yes;\nRunPeriod,Year,1,1,,12,31,,Sunday;\n";

    [Fact]
    public async Task Zip_is_the_base_of_a_study_with_the_files_that_came_in_it()
    {
        await using var bed = new StudyBed();
        var model = bed.Pipeline.EnergyPlus.CountedModel("@@do@@", "cp hours.csv $out/eplusout.csv")
            + "Schedule:File, s, , hours.csv, 1, 0;\n";
        await bed.Files.WriteBytesAsync(
            "inputs/p/office.zip", Zip(("models/office.idf", model), ("models/hours.csv", "1\n2\n"), ("hours.csv", "not these")));
        var record = await DropAsync(bed, StudyBed.Csv, "name,@@do@@\na,echo 1\nb,echo 2\n");
        Assert.True(record.Counts.GetValueOrDefault("completed") == 2, record.Message);
        Assert.Equal("inputs/p/office.zip", Assert.Single(record.Bases).Key);
        Assert.Equal("1\n2\n", await bed.Files.ReadTextAsync(StudyBed.Folder + "/runs/b/eplusout.csv"));
        Assert.Equal("inputs/p/office.zip", (await bed.RowAsync("a")).Input.Key);
    }

    [Fact]
    public async Task Model_beside_a_zip_of_its_name_is_the_base()
    {
        await using var bed = new StudyBed();
        await bed.PutBaseAsync();
        await bed.Files.WriteBytesAsync("inputs/p/office.zip", Zip(("x.idf", "Version,25.2;\nBuilding,Zip;\n")));
        var record = await DropAsync(bed, StudyBed.Csv, "name,@@do@@\na,echo 1\n");
        Assert.Equal("inputs/p/office.idf", Assert.Single(record.Bases).Key);
    }

    [Theory]
    [InlineData("a.txt")] // no model in it
    [InlineData("a.idf", "b.idf")]
    public async Task Zip_without_one_model_refuses_the_study_in_a_sentence(params string[] names)
    {
        await using var bed = new StudyBed();
        await bed.Files.WriteBytesAsync("inputs/p/office.zip", Zip([.. names.Select(name => (name, "Version,25.2;\n"))]));
        var record = await DropAsync(bed, StudyBed.Csv, "name,@@do@@\na,echo 1\n");
        Assert.Equal(StudyStatus.Refused, record.Status);
        Assert.Contains("office.zip", Assert.Single(record.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Zip_that_comes_after_the_study_starts_it()
    {
        await using var bed = new StudyBed();
        Assert.Equal(StudyStatus.Waiting, (await DropAsync(bed, StudyBed.Csv, "name,@@do@@\na,echo 1\n")).Status);
        await bed.Files.WriteBytesAsync("inputs/p/office.zip", Zip(("m.idf", bed.Pipeline.EnergyPlus.CountedModel("@@do@@"))));
        await bed.Pipeline.DeliverAsync(new("bucket", ObjectKey.FromText("inputs/p/office.zip")) { Sequencer = "FF" });
        Assert.Equal((StudyStatus.Collected, 1), ((await bed.RecordAsync()).Status, (await bed.RecordAsync()).Counts["completed"]));
    }

    [Theory]
    [InlineData("bases/tower.idf")]
    [InlineData("../q/Tower.idf")]
    public async Task Base_that_a_row_names_starts_the_study_when_it_arrives(string named)
    {
        await using var bed = new StudyBed();
        await bed.PutBaseAsync();
        Assert.Equal(
            StudyStatus.Waiting, (await DropAsync(bed, StudyBed.Csv, $"name,model,@@do@@\na,,echo 1\nb,{named},echo 2\n")).Status);
        var key = named[0] == '.' ? "inputs/q/Tower.idf" : "inputs/p/" + named;
        var results = await bed.Pipeline.DeliverAsync(await bed.Pipeline.PutAsync(key, bed.Pipeline.EnergyPlus.CountedModel("@@do@@")));
        var record = await bed.RecordAsync();
        Assert.True(record.Status == StudyStatus.Collected, record.Message);
        Assert.Equal((2, key), (record.Counts["completed"], (await bed.RowAsync("b")).Input.Key));
        Assert.Equal(4, results.Count); // the model, the study, its rows

        // Once it does not wait any more, the model starts itself alone, and the notes go.
        Assert.Single(await bed.Pipeline.DeliverAsync(await bed.Pipeline.PutAsync(key, ScriptedModel)));
        Assert.Empty(await bed.Files.GlobAsync("outputs/.waiting", "**").ToListAsync());
    }

    [Fact]
    public async Task Model_for_which_nothing_waits_costs_one_look()
    {
        await using var bed = new StudyBed();
        bed.Pipeline.Seen.Clear();
        await bed.Pipeline.DeliverAsync(await bed.Pipeline.PutAsync("inputs/p/alone.idf", ScriptedModel));
        Assert.Single(bed.Pipeline.Seen.Requests, request => request.Contains(".waiting", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Model_with_Parametric_objects_is_a_study_by_itself()
    {
        await using var bed = new StudyBed();
        var drop = await bed.Pipeline.PutAsync("inputs/p/office.idf", Parametric(bed));
        var results = await bed.Pipeline.DeliverAsync(drop);
        var model = await bed.Pipeline.RecordAsync("p/office");
        Assert.Equal((RunStatus.Rejected, RunReason.IsStudy), (model.Status, model.Reason));
        Assert.Contains("NAME.study", model.Message!, StringComparison.Ordinal);
        var record = await bed.RecordAsync();
        Assert.True(record.Counts.GetValueOrDefault("completed") == 3, record.Message);
        Assert.Equal((5, "inputs/p/office.idf"), (results.Count, record.Input.Key)); // the model, the study, its rows
        Assert.Equal(3, bed.Runs);
        Assert.StartsWith("name,$angle,status", await bed.Files.ReadTextAsync(StudyBed.Folder + "/results.csv"), StringComparison.Ordinal);

        // The same event once more runs nothing; other values run what has changed.
        await bed.Pipeline.DeliverAsync(drop);
        Assert.Equal(3, bed.Runs);
        await bed.Pipeline.DeliverAsync(await bed.Pipeline.PutAsync("inputs/p/office.idf", Parametric(bed).Replace("90", "95")));
        Assert.Equal((StudyStatus.Collected, 3), ((await bed.RecordAsync()).Status, (await bed.RecordAsync()).Counts["completed"]));
        Assert.Equal("duplicate", (string)(await bed.PlanAsync(null, "two", "inputs/p/office.idf"))["status"]!);
    }

    [Fact]
    public async Task Parametric_model_that_lacks_weather_waits_and_runs_when_that_arrives()
    {
        await using var bed = new StudyBed();
        await bed.Pipeline.DeliverAsync(await bed.Pipeline.PutAsync("inputs/p/office.idf", Parametric(bed) + NeedsWeather));
        Assert.Equal(StudyStatus.Waiting, (await bed.RecordAsync()).Status);
        await bed.Pipeline.DeliverAsync(await bed.Pipeline.PutAsync("inputs/p/office.epw", Weather.Text(20)));
        var record = await bed.RecordAsync();
        Assert.True(record.Counts.GetValueOrDefault("completed") == 3, record.Message);
    }

    [Fact]
    public async Task Parametric_logic_is_refused_in_a_sentence()
    {
        await using var bed = new StudyBed();
        await bed.Pipeline.DeliverAsync(
            await bed.Pipeline.PutAsync("inputs/p/office.idf", Parametric(bed) + "Parametric:Logic, Main, PARAMETER $x = 1;\n"));
        var record = await bed.RecordAsync();
        Assert.Equal(StudyStatus.Refused, record.Status);
        Assert.Contains("Parametric:Logic", Assert.Single(record.Faults), StringComparison.Ordinal);
        Assert.Equal(0, bed.Runs);
    }

    [Fact]
    public async Task Parametric_model_of_more_runs_than_the_function_makes_is_planned_with_what_to_do()
    {
        await using var bed = new StudyBed(settings => settings with { Studies = new() { MostRowsByItself = 2 } });
        await bed.Pipeline.DeliverAsync(await bed.Pipeline.PutAsync("inputs/p/office.idf", Parametric(bed)));
        var record = await bed.RecordAsync();
        Assert.Equal(StudyStatus.Planned, record.Status);
        Assert.Contains("idfkit study run", record.Message!, StringComparison.Ordinal);
        Assert.DoesNotContain("Studies=true", record.Message!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plan_of_a_model_that_is_no_study_writes_nothing()
    {
        await using var bed = new StudyBed();
        await bed.PutBaseAsync();
        bed.Pipeline.Seen.Clear();
        Assert.Equal("refused", (string)(await bed.PlanAsync(null, "one", "inputs/p/office.idf"))["status"]!);
        Assert.Empty(bed.Pipeline.Seen.Writes);
    }

    [Fact]
    public async Task Files_of_older_plans_go_when_no_execution_can_need_them()
    {
        await using var bed = new StudyBed();
        await bed.PutBaseAsync();
        await bed.RunAsync(await bed.PutStudyAsync("echo 1"));
        var first = await PlansAsync(bed);
        await bed.RunAsync(await bed.PutStudyAsync("echo 2"), "two");
        Assert.Equal(first.Count + 2, (await PlansAsync(bed)).Count); // an execution of the first may still read its list

        var settings = new RunSettings();
        var place = StudyPlace.Of(ResultsPlace.For("bucket", settings, bed.Pipeline), ObjectKey.FromText(StudyBed.Csv));
        var plan = (await bed.RecordAsync()).Plan!;
        await new OldPlans(place, new ShiftedTime(TimeSpan.FromDays(7.5))).RemoveAsync(plan, TestContext.Current.CancellationToken);
        Assert.Equal(first.Count + 2, (await PlansAsync(bed)).Count);
        await new OldPlans(place, new ShiftedTime(TimeSpan.FromDays(8.5))).RemoveAsync(plan, TestContext.Current.CancellationToken);
        var left = await PlansAsync(bed);
        Assert.Equal(3, left.Count);
        Assert.Equal(2, left.Count(path => path.Contains(plan, StringComparison.Ordinal)));
        Assert.Contains(StudyBed.Folder + "/.plan/runs.parquet", left);
        await bed.RunAsync(await bed.PutStudyAsync("echo 1"), "three");
        Assert.Equal(1, (await bed.RecordAsync()).Counts["completed"]);
    }

    private static string ScriptedModel { get; } = "Version,25.2;\nBuilding,Scripted;\n";

    private static string Parametric(StudyBed bed) => bed.Pipeline.EnergyPlus.CountedModel()
        .Replace("Building,Scripted;", "Building,Scripted,=$angle;", StringComparison.Ordinal)
        + "Parametric:SetValueForRun, $angle, 0, 45, 90;\n";

    private static Task<List<string>> PlansAsync(StudyBed bed) =>
        bed.Files.GlobAsync(StudyBed.Folder + "/.plan", "*").ToListAsync().AsTask();

    private static async Task<StudyRecord> DropAsync(StudyBed bed, string key, string content)
    {
        await bed.Pipeline.DeliverAsync(await bed.Pipeline.PutAsync(key, content));
        return await bed.RecordAsync();
    }

    private static byte[] Zip(params (string Name, string Text)[] files)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, text) in files)
            {
                using var entry = new StreamWriter(zip.CreateEntry(name).Open());
                entry.Write(text);
            }
        return bytes.ToArray();
    }

    private sealed class ShiftedTime(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}

using IdfKit.Cli.Dev;
using IdfKit.LocalCloud;
using IdfKit.Studies;

namespace IdfKit.Cli.Tests;

/// <summary>What of a study is under way, by the files that the function writes.</summary>
public sealed class StudyTrackerTests : IDisposable
{
    private const string Folder = "outputs/office.study/";

    private readonly TestBed.TemporaryFolder _folder = new();
    private readonly RunTracker _runs = new("outputs/");
    private readonly StudyTracker _studies;
    private int _written;

    public StudyTrackerTests() => _studies = new(_runs, "outputs/");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Rows_are_counted_from_the_plan_to_the_table()
    {
        Assert.Empty(_studies.Open);
        Study(StudyStatus.Planned, toRun: 5);
        Assert.Equal(new OpenStudy("inputs/office.study.csv", 5, 0), Assert.Single(_studies.Open));
        Row("a", "1", "running");
        Row("b", "2", "running");
        Assert.Equal(new OpenStudy("inputs/office.study.csv", 3, 2), Assert.Single(_studies.Open));
        Row("a", "1", "completed");
        Row("b", "2", "failed");
        Study(StudyStatus.Running, toRun: 5);
        Assert.Equal(new OpenStudy("inputs/office.study.csv", 3, 0), Assert.Single(_studies.Open));
        foreach (var row in (string[])["c", "d", "e"]) Row(row, row, "completed");
        Assert.Equal(new OpenStudy("inputs/office.study.csv", 0, 0), Assert.Single(_studies.Open));
        Study(StudyStatus.Collected, toRun: null);
        Assert.Empty(_studies.Open);
    }

    [Fact]
    public void Rows_that_were_over_before_the_plan_are_none_of_it_and_one_that_runs_again_is()
    {
        Row("a", "1", "completed");
        Row("b", "2", "failed");
        Study(StudyStatus.Planned, toRun: 2);
        Assert.Equal(2, Assert.Single(_studies.Open).NotBegun);
        Row("b", "3", "completed");
        Assert.Equal(1, Assert.Single(_studies.Open).NotBegun);
        Study(StudyStatus.Planned, toRun: 1);
        Assert.Equal(1, Assert.Single(_studies.Open).NotBegun);
    }

    [Fact]
    public void Other_files_and_other_runs_count_for_no_study()
    {
        Study(StudyStatus.Planned, toRun: 2);
        Study(StudyStatus.Planned, toRun: 7, "inputs/old.study/study.json");
        Study(StudyStatus.Planned, toRun: 7, Folder + "own-study.json");
        Row("x", "1", "completed", "outputs/");
        Row("x", "2", "running", "outputs/office.study2/runs/");
        Assert.Equal(new OpenStudy("inputs/office.study.csv", 2, 0), Assert.Single(_studies.Open));
        _studies.Written(new ObjectWrite(Folder + "study.json", _folder["gone.json"], 1, "", "ObjectCreated:Put", "0"));
        Assert.Equal(2, Assert.Single(_studies.Open).NotBegun);
    }

    private void Study(StudyStatus status, int? toRun, string key = Folder + "study.json")
    {
        var record = new StudyRecord
        {
            Status = status, Input = new("b", "inputs/office.study.csv"), ToRun = toRun,
        };
        _studies.Written(Write(key, StudyRecordFile.ToJson(record)));
    }

    private void Row(string name, string id, string status, string under = Folder + "runs/")
    {
        var record = $$"""{"run_id":"{{id}}","status":"{{status}}"}""";
        _runs.Written(Write($"{under}{name}/run.json", System.Text.Encoding.UTF8.GetBytes(record)));
    }

    private ObjectWrite Write(string key, byte[] content)
    {
        var path = _folder[$"{++_written}.json"];
        File.WriteAllBytes(path, content);
        return new(key, path, content.Length, "", "ObjectCreated:Put", "0");
    }
}

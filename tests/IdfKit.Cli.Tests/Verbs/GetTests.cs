using System.Text;
using System.Text.Json.Nodes;

using IdfKit.Runs;

using TestBed;

namespace IdfKit.Cli.Tests.Verbs;

/// <summary><c>idfkit get</c>: the files that records list, whole, once, and in their folder.</summary>
public sealed class GetTests(RgwServer rgw, MotoServer moto) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Places => VerbPlace.All;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Places))]
    public async Task Files_of_many_runs_are_fetched_and_a_second_call_fetches_what_is_missing(string kind)
    {
        await using var place = await VerbPlace.OpenAsync(kind, rgw, moto);
        await Recorded.EndAsync(place.Files, "inputs/p/a.idf", RunStatus.Completed);
        await Recorded.EndAsync(place.Files, "inputs/p/büro 1.idf", RunStatus.Failed, "fatal");
        await place.Files.WriteTextAsync("outputs/p/a/unlisted.txt", "x");
        await Recorded.BeginAsync(place.Files, "inputs/p/c.idf");
        var from = place.Name.TrimEnd('/') + "/outputs/p";
        var (exitCode, output) = await place.IdfKitAsync("get", from, "-o", _folder["out"]);
        Assert.True(exitCode == 1, output);
        Assert.Contains("outputs/p/c has not ended; it was left out.", output, StringComparison.Ordinal);
        Assert.Contains("2 files of 3 runs fetched", output, StringComparison.Ordinal);
        Assert.Equal(["a/report.html", "a/run.json", "büro 1/report.html", "büro 1/run.json"], Files("out"));

        await File.WriteAllTextAsync(_folder["out", "a", "report.html"], "half", Token);
        (_, output) = await place.IdfKitAsync("get", from, "-o", _folder["out"], "--overwrite", "--json");
        var json = JsonNode.Parse(output.Split('\n').First(line => line.StartsWith('{')))!;
        Assert.Equal((1, 1), ((int?)json["files_fetched"], (int?)json["files_left"]));
        Assert.Equal("<p>inputs/p/a.idf</p>", await File.ReadAllTextAsync(_folder["out", "a", "report.html"], Token));

        (exitCode, output) = await place.IdfKitAsync("get", from + "/a", "-o", _folder["one"], "--files", "*.html");
        Assert.True(exitCode == 0, output);
        Assert.Equal([".idfkit-get", "report.html"], Files("one"));
        Assert.Equal(1, (await Tool.RunAsync(null, "show", _folder["out"])).ExitCode);

        (exitCode, output) = await place.IdfKitAsync("get", from + "/a", "-o", _folder["none"], "--files", "*.htlm");
        Assert.True(exitCode == 0, output);
        Assert.Contains("no file of a run is called *.htlm", output, StringComparison.Ordinal);

        (exitCode, output) = await place.IdfKitAsync("get", from + "/a", "-o", _folder["record"], "--files", "run.json");
        Assert.True(exitCode == 0, output);
        Assert.DoesNotContain("no file", output, StringComparison.Ordinal);
        Assert.Equal(["run.json"], Files("record"));
    }

    [Fact]
    public async Task Files_of_somebody_are_named_and_left_and_those_of_an_earlier_run_are_replaced()
    {
        await using var place = await VerbPlace.OpenAsync(VerbPlace.Folder, rgw, moto);
        string[] get = ["get", place.Name + "/outputs/a", "-o", _folder["out"]];
        await Recorded.EndAsync(place.Files, "inputs/a.idf", RunStatus.Failed, "fatal");
        Assert.Equal(0, (await place.IdfKitAsync(get)).ExitCode);
        var record = await Recorded.EndAsync(place.Files, "inputs/a.idf", RunStatus.Completed);
        await NewReportAsync("second");
        var (exitCode, output) = await place.IdfKitAsync(get);
        Assert.True(exitCode == 0, output);
        Assert.Equal("second", await File.ReadAllTextAsync(_folder["out", "report.html"], Token));

        await File.WriteAllTextAsync(_folder["out", "report.html"], "my notes", Token);
        await NewReportAsync("third");
        (exitCode, output) = await place.IdfKitAsync(get);
        Assert.True(exitCode == 1, output);
        Assert.Contains($"{_folder["out", "report.html"]} is here with another content", output, StringComparison.Ordinal);
        Assert.Equal("my notes", await File.ReadAllTextAsync(_folder["out", "report.html"], Token));
        (exitCode, output) = await place.IdfKitAsync([.. get, "--overwrite"]);
        Assert.True(exitCode == 0, output);
        Assert.Equal("third", await File.ReadAllTextAsync(_folder["out", "report.html"], Token));

        async Task NewReportAsync(string text)
        {
            var content = Encoding.UTF8.GetBytes(text);
            await place.Files.WriteBytesAsync("outputs/a/report.html", content);
            var files = new[] { Recorded.FileOf("report.html", content) };
            await Recorded.WriteAsync(place.Files, "outputs/a", record with { Files = files });
        }
    }

    [Fact]
    public async Task Record_that_lists_files_outside_its_folder_reaches_nothing()
    {
        await using var place = await VerbPlace.OpenAsync(VerbPlace.Dev, rgw, moto);
        var record = await Recorded.EndAsync(place.Files, "inputs/a.idf", RunStatus.Completed);
        var evil = Encoding.UTF8.GetBytes("evil");
        await place.Files.WriteBytesAsync("outputs/evil", evil);
        string[] paths =
        [
            ".bashrc", "x/.ssh/evil", "../evil", "/etc/evil", "..\\evil", "C:evil", "x/../../evil", "a\u0001b", "", "link/evil", ".",
        ];
        await Recorded.WriteAsync(place.Files, "outputs/a", record with
        {
            Files = [.. record.Files, .. paths.Select(path => Recorded.FileOf(path, evil))],
        });
        Directory.CreateDirectory(_folder["elsewhere"]);
        Directory.CreateDirectory(_folder["out"]);
        Directory.CreateSymbolicLink(_folder["out", "link"], _folder["elsewhere"]);
        var (exitCode, output) = await place.IdfKitAsync("get", place.Name + "outputs/a", "-o", _folder["out"]);
        Assert.True(exitCode == 1, output);
        Assert.Equal(["report.html", "run.json"], Files("out"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder["elsewhere"]));
        Assert.Equal(["elsewhere", "out"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order());
        Assert.DoesNotContain("\u0001", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_that_a_call_for_some_has_fetched_are_replaced_when_the_model_has_run_again()
    {
        await using var place = await VerbPlace.OpenAsync(VerbPlace.Folder, rgw, moto);
        var first = await Recorded.EndAsync(place.Files, "inputs/a.idf", RunStatus.Completed);
        string[] get = ["get", place.Name + "/outputs/a", "--files", "report.html", "-o", _folder["out"]];
        Assert.Equal(0, (await place.IdfKitAsync(get)).ExitCode);
        var report = "<p>again</p>"u8.ToArray();
        await place.Files.WriteBytesAsync("outputs/a/report.html", report);
        await Recorded.WriteAsync(place.Files, "outputs/a", first with { Files = [Recorded.FileOf("report.html", report)] });
        var (exitCode, output) = await place.IdfKitAsync(get);
        Assert.True(exitCode == 0, output);
        Assert.Equal("<p>again</p>", await File.ReadAllTextAsync(_folder["out", "report.html"], Token));
    }

    [Theory]
    [InlineData(".ssh")]
    [InlineData("a/.config/b")]
    public async Task Run_in_a_hidden_folder_is_not_fetched(string run)
    {
        await using var place = await VerbPlace.OpenAsync(VerbPlace.Folder, rgw, moto);
        var key = "inputs/" + run + ".idf";
        await Recorded.EndAsync(place.Files, key, RunStatus.Completed);
        await Recorded.EndAsync(place.Files, "inputs/b.idf", RunStatus.Completed);
        Assert.Equal(1, (await place.IdfKitAsync("get", place.Name, "-o", _folder["out"])).ExitCode);
        Assert.Equal(["b/report.html", "b/run.json"], Files("out"));
    }

    [Fact]
    public async Task File_that_is_not_what_the_record_says_is_not_kept()
    {
        await using var place = await VerbPlace.OpenAsync(VerbPlace.Folder, rgw, moto);
        await Recorded.EndAsync(place.Files, "inputs/a.idf", RunStatus.Completed);
        await place.Files.WriteTextAsync("outputs/a/report.html", "<p>inputs/X.idf</p>");
        var (exitCode, output) = await place.IdfKitAsync("get", place.Name + "/outputs/a", "-o", _folder["out"]);
        Assert.Equal(1, exitCode);
        Assert.Contains("report.html is not what its record says; it was not kept.", output, StringComparison.Ordinal);
        Assert.Equal(["run.json"], Files("out"));
    }

    private List<string> Files(string folder) =>
    [
        .. Directory.EnumerateFiles(_folder[folder], "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(_folder[folder], file)).Order(StringComparer.Ordinal),
    ];
}

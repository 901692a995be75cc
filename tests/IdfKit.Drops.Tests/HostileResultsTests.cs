using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using RunBed;
using TestBed;

using IdfKit.Runs;
using IdfKit.Storage;

namespace IdfKit.Drops.Tests;

/// <summary>
/// What EnergyPlus leaves may be anything: each drop ends in time with a committed record that is right about every file, nothing of
/// another run or machine gets in, and the work folder is empty afterwards (attacks 6 to 16 on the function).
/// </summary>
public sealed class HostileResultsTests
{
    private const string Folder = "outputs/office/";

    public static TheoryData<string, string> Poisons => new()
    {
        { "pipe", "mkfifo $out/eplusout.eso $out/x.fifo" },
        { "end is a pipe", "rm -f $out/eplusout.end; mkfifo $out/eplusout.end; kill -9 $$" },
        { "err is a pipe", "rm -f $out/eplusout.err; mkfifo $out/eplusout.err" },
        { "sql is a pipe", "mkfifo $out/eplusout.sql" },
        { "link out", "ln -s /etc/passwd $out/eplusout.eso" },
        { "device", "ln -s /dev/zero $out/eplustbl.htm; ln -s /dev/zero $out/eplusout.eio" },
        { "table is no html", "cp /etc/passwd $out/eplustbl.htm" },
        { "err is a link", "rm -f $out/eplusout.err; ln -s /etc/passwd $out/eplusout.err" },
        { "second name", "ln /proc/self/exe $out/eplusout.eso 2>/dev/null || ln $out/eplusout.err $out/eplusout.mtr" },
        { "no text", "touch \"$out/$(printf 'eplusout\\377.eso')\" \"$out/$(printf 'a\\nb\\033[31m')\"" },
        { "backslash", "echo x > \"$out/m\\\\run.json\"" },
        { "no rights", "echo x > $out/eplusout.eso; mkdir $out/shut; echo y > $out/shut/in; chmod 000 $out/shut $out/eplusout.eso" },
        { "deep", "cd $out; p=$(printf 'd/%.0s' $(seq 200)); for i in $(seq 15); do mkdir -p $p; cd -P $p; done; cd /" },
        { "folder in a file's place", "mkdir $out/eplusout.eso $out/eplusout.eio $out/summary.json" },
        { "many", "cd $out; seq 1 20000 | sed 's/^/eplusout.a/' | xargs touch; cd /" },
        { "long name", "touch $out/eplusout.$(printf 'a%.0s' $(seq 1 200))" },
        { "severe", "yes '   ** Severe  ** <root>[][][][][][][][][][][][][][][][][][][][][][][][]x' | head -200000 >> $out/eplusout.err" },
        { "link onto itself", "ln -s eplusout.eso $out/eplusout.eso" },
        { "summary is a link", "ln -s /tmp/idfkit-never $out/summary.json" },
    };

    [Theory, MemberData(nameof(Poisons))]
    public async Task Drop_ends_with_a_record_that_is_right(string what, string commands)
    {
        Assert.NotEmpty(what);
        await using var bed = new PipelineBed();
        var model = ScriptedEnergyPlus.Model("echo good > $out/eplusout.rdd", commands);
        var drop = await bed.PutAsync("inputs/office.idf", model);
        var result = Assert.Single(await bed.DeliverAsync(drop).WaitAsync(TimeSpan.FromMinutes(2), ScriptedEnergyPlus.Token));
        Assert.Equal(RunResultKind.Committed, result.Kind);

        var record = await bed.RecordAsync("office");
        Assert.NotEqual(RunStatus.Running, record.Status);
        Assert.Contains("eplusout.rdd", record.Files.Select(file => file.Path));
        Assert.Contains(RunRecordFile.SummaryName, record.Files.Select(file => file.Path));
        Assert.True(RunRecordFile.ToJson(record).Length <= 256 * 1024);
        await ExpectExactlyTheFilesAsync(bed, record);
        Assert.False(File.Exists("/tmp/idfkit-never"));
    }

    [Theory]
    [InlineData("echo '{\"status\":\"completed\"}' > $out/run.json", "run.json")]
    [InlineData("echo x > $out/progress.json", "progress.json")]
    [InlineData("echo x > $out/report.html", "report.html")]
    [InlineData("echo x > $out/RUN.JSON", "RUN.JSON")]
    [InlineData("mkdir $out/m; echo x > $out/m/run.json", "m/run.json")]
    [InlineData("mkdir $out/m; echo x > $out/m/progress.json", "m/progress.json")]
    public async Task Names_of_ours_are_never_taken_even_when_all_is_asked_for(string commands, string name)
    {
        foreach (var glob in (string?[])[null, "**"])
        {
            await using var bed = new PipelineBed();
            if (glob is not null)
                await bed.Files.WriteTextAsync(
                    "inputs/office.job.json", $$"""{"outputs": ["{{glob}}"]}""", cancellationToken: ScriptedEnergyPlus.Token);
            await bed.DeliverAsync(await bed.PutAsync("inputs/office.idf", ScriptedEnergyPlus.Model(commands)));
            var record = await bed.RecordAsync("office");
            Assert.Equal(RunStatus.Completed, record.Status);
            Assert.NotEqual(default, record.FinishedAt);
            if (name != RunRecordFile.ReportName) Assert.DoesNotContain(name, record.Files.Select(file => file.Path));
            else Assert.Contains(record.RunId, await bed.Files.ReadTextAsync("outputs/office/report.html"), StringComparison.Ordinal);
            Assert.Contains(record.Notices, notice => notice.Contains(name[..1], StringComparison.Ordinal));
            await ExpectExactlyTheFilesAsync(bed, record);
        }
    }

    [Fact]
    public async Task Record_and_results_of_a_model_whose_folder_lies_in_ours_stay_as_they_are()
    {
        await using var bed = new PipelineBed();
        await bed.DeliverAsync(await bed.PutAsync("inputs/vic/m.idf", ScriptedEnergyPlus.Model("echo true > $out/eplusout.csv")));
        var before = await bed.Files.ReadTextAsync("outputs/vic/m/run.json", cancellationToken: ScriptedEnergyPlus.Token);

        await bed.Files.WriteTextAsync("inputs/vic.job.json", """{"outputs": ["**"]}""", cancellationToken: ScriptedEnergyPlus.Token);
        await bed.DeliverAsync(await bed.PutAsync("inputs/vic.idf", ScriptedEnergyPlus.Model(
            "mkdir $out/m $out/n; echo forged > $out/m/run.json; echo forged > $out/m/eplusout.csv; echo own > $out/n/own.csv")));

        Assert.Equal(before, await bed.Files.ReadTextAsync("outputs/vic/m/run.json", cancellationToken: ScriptedEnergyPlus.Token));
        Assert.Equal("true\n", await bed.Files.ReadTextAsync("outputs/vic/m/eplusout.csv", cancellationToken: ScriptedEnergyPlus.Token));
        var record = await bed.RecordAsync("vic");
        Assert.Contains("n/own.csv", record.Files.Select(file => file.Path));
        Assert.Contains(record.Notices, notice => notice.Contains("another model's results", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Folders_are_kept_only_where_they_are_asked_for()
    {
        await using var bed = new PipelineBed();
        var model = ScriptedEnergyPlus.Model("mkdir $out/m; echo x > $out/m/eplusout.csv");
        await bed.DeliverAsync(await bed.PutAsync("inputs/office.idf", model));
        var record = await bed.RecordAsync("office");
        Assert.DoesNotContain("m/eplusout.csv", record.Files.Select(file => file.Path));
        Assert.Contains(record.Notices, notice => notice.Contains("'m'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task File_made_too_long_for_the_deadline_in_the_last_moment_is_left_out_and_the_rest_is_kept()
    {
        await using var bed = new PipelineBed();
        var drop = await bed.PutAsync("inputs/office.idf", ScriptedEnergyPlus.Model("truncate -s 3000000000 $out/eplusout.mtr"));

        var result = Assert.Single(await bed.DeliverAsync(drop, timeLeft: TimeSpan.FromSeconds(30)));

        Assert.Equal((RunResultKind.Committed, RunStatus.Completed), (result.Kind, result.Record!.Status));
        Assert.Contains("eplusout.end", result.Record.Files.Select(file => file.Path));
        Assert.DoesNotContain("eplusout.mtr", result.Record.Files.Select(file => file.Path));
        Assert.Contains(result.Record.Notices, notice => notice.Contains("before its deadline", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Unknown_files_are_told_and_kept_when_they_are_asked_for()
    {
        await using var bed = new PipelineBed();
        var model = ScriptedEnergyPlus.Model("echo x > $out/plugin.csv; echo x > $out/other.csv");
        await bed.DeliverAsync(await bed.PutAsync("inputs/office.idf", model));
        var record = await bed.RecordAsync("office");
        Assert.DoesNotContain("plugin.csv", record.Files.Select(file => file.Path));
        Assert.Contains(record.Notices, notice => notice.Contains("2 files", StringComparison.Ordinal)
            && notice.Contains("outputs", StringComparison.Ordinal));

        await bed.Files.WriteTextAsync(
            "inputs/office.job.json", """{"outputs": ["plugin.csv"]}""", cancellationToken: ScriptedEnergyPlus.Token);
        await bed.DeliverAsync(await bed.PutAsync("inputs/office.idf", model));
        record = await bed.RecordAsync("office");
        Assert.Equal(["plugin.csv", "report.html", "summary.json"], record.Files.Select(file => file.Path));
        Assert.Empty(record.Notices);
    }

    [Fact]
    public async Task Of_too_many_files_energyplus_own_are_kept_and_the_rest_is_counted()
    {
        await using var bed = new PipelineBed();
        await bed.Files.WriteTextAsync("inputs/office.job.json", """{"outputs": ["**"]}""", cancellationToken: ScriptedEnergyPlus.Token);
        var names = $"seq 1 20000 | sed 's/^/{new string('n', 115)}/'"; // as long as they come
        await bed.DeliverAsync(await bed.PutAsync(
            "inputs/office.idf", ScriptedEnergyPlus.Model($"cd $out; {names} | xargs touch; cd /; echo x > $out/eplusout.rdd")));
        var record = await bed.RecordAsync("office");
        Assert.Equal(502, record.Files.Count); // and the summary and the page
        Assert.Contains("eplusout.rdd", record.Files.Select(file => file.Path));
        Assert.Contains(record.Notices, notice => notice.Contains("19,50", StringComparison.Ordinal));
        Assert.True(RunRecordFile.ToJson(record).Length <= 256 * 1024);
    }

    [Fact]
    public async Task Process_that_goes_on_altering_files_does_not_make_a_wrong_record()
    {
        await using var bed = new PipelineBed();
        const string Mark = "idfkit-altering-survivor";
        var model = ScriptedEnergyPlus.Model(
            "head -c 9000000 /dev/zero > $out/eplusout.eso; echo small > $out/eplusout.mtr",
            $"setsid sh -c ': {Mark}; for i in $(seq 1 400); do for f in eso mtr; do "
                + "head -c $((4000 + $i * 20000 % 9000000)) /dev/urandom > $0/eplusout.$f; "
                + "ln -sf /etc/passwd $0/eplusout.mdd; rm -f $0/eplusout.mdd; done; done' $out >/dev/null 2>&1 </dev/null &");
        for (var round = 0; round < 5; round++)
        {
            await bed.DeliverAsync(await bed.PutAsync("inputs/office.idf", model));
            await ExpectExactlyTheFilesAsync(bed, await bed.RecordAsync("office"));
        }
        var patience = Stopwatch.GetTimestamp();
        while (ScriptedEnergyPlus.Lives(Mark) && Stopwatch.GetElapsedTime(patience) < TimeSpan.FromSeconds(60))
            await Task.Delay(100, ScriptedEnergyPlus.Token);
    }

    [Fact]
    public async Task Remainder_of_a_crashed_run_that_cannot_be_listed_fails_nobody()
    {
        Needs.That(OperatingSystem.IsLinux(), Needs.Linux);
        using var work = new TemporaryFolder();
        await using var bed = new PipelineBed(settings => settings with { WorkDirectory = work.Path });
        const int NoProcess = 4_194_000; // beyond what the kernel gives
        Directory.CreateDirectory(work[$"idfkit-run-{NoProcess}-a", "out", "shut"]);
        Hostile.FileNamed(work[$"idfkit-run-{NoProcess}-a", "out"], 0xff, 0xfe);
        Hostile.Deep(work[$"idfkit-run-{NoProcess}-a", "out", "d"], 3_000);
        Hostile.WithoutRights(work[$"idfkit-run-{NoProcess}-a", "out", "shut"]);
        Directory.CreateSymbolicLink(work[$"idfkit-run-{NoProcess}-b"], work.Path);

        Assert.Empty(bed.Pipeline.RemoveAbandoned());
        Assert.Empty(Directory.EnumerateFileSystemEntries(work.Path));
        Assert.Single(await bed.DeliverAsync(await bed.PutAsync("inputs/office.idf", ScriptedEnergyPlus.Model())));
    }

    /// <summary>The bucket holds what the record lists, byte for byte by its checksums, and nothing else.</summary>
    private static async Task ExpectExactlyTheFilesAsync(PipelineBed bed, RunRecord record)
    {
        var token = ScriptedEnergyPlus.Token;
        var stored = await bed.Files.ListAsync(Folder.TrimEnd('/'), token).Select(entry => entry.Path[Folder.Length..]).ToListAsync(token);
        var listed = record.Files.Select(file => file.Path).Append("run.json");
        Assert.Equal(listed.Order(StringComparer.Ordinal), stored.Order(StringComparer.Ordinal));
        var secret = Encoding.UTF8.GetBytes("root:x:0:0");
        foreach (var file in record.Files)
        {
            var bytes = await bed.Files.ReadBytesAsync(Folder + file.Path, token);
            Assert.Equal(file.SizeBytes, bytes.Length);
            Assert.Equal(file.Sha256, Convert.ToHexStringLower(SHA256.HashData(bytes)));
            if (file.Path is not "eplustbl.htm") Assert.True(bytes.AsSpan().IndexOf(secret) < 0, $"{file.Path} is of this machine");
        }
    }
}

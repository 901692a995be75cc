using System.Diagnostics;
using TestBed;

using IdfKit.Engine;
using IdfKit.Runs.Staging;

namespace IdfKit.Runs.Tests.Staging;

/// <summary>The folder of a run goes with it, whatever was left in it, and no remainder is in another run's way.</summary>
public sealed class WorkspaceTests : IDisposable
{
    private const int NoProcess = 4_194_001; // beyond what the kernel gives

    private readonly TemporaryFolder _work = new();

    public WorkspaceTests() => Needs.That(OperatingSystem.IsLinux(), Needs.Linux);

    public void Dispose() => _work.Dispose();

    [Fact]
    public void Dispose_removes_what_no_path_can_name()
    {
        using (var workspace = Workspace.Create(_work.Path, "1"))
        {
            Hostile.Deep(Path.Combine(workspace.Outputs, "d"), 3_000);
            Hostile.FileNamed(workspace.Outputs, 0xff, 0xfe);
            Hostile.Pipe(Path.Combine(workspace.Outputs, "pipe"));
            Hostile.WithoutRights(workspace.Inputs);
            Hostile.WithoutRights(workspace.Outputs);
        }
        Assert.Empty(Directory.EnumerateFileSystemEntries(_work.Path));
    }

    [Fact]
    public void Dispose_of_a_folder_that_is_gone_or_a_link_says_nothing()
    {
        Directory.CreateDirectory(_work["others"]);
        var workspace = Workspace.Create(_work.Path, "1");
        Directory.Delete(workspace.Path, recursive: true);
        Directory.CreateSymbolicLink(workspace.Path, _work["others"]);
        workspace.Dispose();
        workspace.Dispose();
        Assert.Equal([_work["others"]], Directory.EnumerateFileSystemEntries(_work.Path));
    }

    [Fact]
    public void Remainders_of_dead_processes_go_and_those_of_living_ones_stay()
    {
        Directory.CreateDirectory(_work[$"idfkit-run-{NoProcess}-a", "in"]);
        Directory.CreateDirectory(_work[$"idfkit-prepare-{NoProcess}-a", "in"]);
        Hostile.FileNamed(_work.Path, [.. "idfkit-run-4194001-"u8, 0xff]);
        Directory.CreateDirectory(_work["idfkit-run-x-a"]);
        using var living = Workspace.Create(_work.Path, "1");
        Assert.Empty(Workspace.RemoveAbandoned(_work.Path));
        Assert.Equal(new[] { _work["idfkit-run-x-a"], living.Path }.Order(), Directory.EnumerateFileSystemEntries(_work.Path).Order());
    }

    [Fact]
    public async Task Remainder_that_cannot_be_removed_is_told_and_fails_nobody()
    {
        var folder = Directory.CreateDirectory(_work[$"idfkit-run-{NoProcess}-a"]).FullName;
        Needs.That(Environment.UserName == "root", Needs.RightToMount);
        using var mount = Process.Start("mount", ["-t", "tmpfs", "none", Directory.CreateDirectory(Path.Combine(folder, "held")).FullName]);
        await mount.WaitForExitAsync(TestContext.Current.CancellationToken);
        Needs.That(mount.ExitCode == 0, Needs.RightToMount);
        try { Assert.Equal([$"idfkit-run-{NoProcess}-a"], Workspace.RemoveAbandoned(_work.Path)); }
        finally
        {
            using var unmount = Process.Start("umount", [Path.Combine(folder, "held")]);
            await unmount.WaitForExitAsync(CancellationToken.None);
        }
        Assert.Empty(Workspace.RemoveAbandoned(_work.Path));
    }

    [Fact]
    public async Task What_is_made_of_results_is_written_out_of_the_childs_reach()
    {
        using var workspace = Workspace.Create(_work.Path, "1");
        File.WriteAllText(_work["others"], "another run's");
        File.CreateSymbolicLink(Path.Combine(workspace.Outputs, RunRecordFile.SummaryName), _work["others"]);
        File.CreateSymbolicLink(Path.Combine(workspace.Path, RunRecordFile.SummaryName), _work["others"]);
        var ended = TestContext.Current.CancellationToken;
        await workspace.MakeAsync(RunRecordFile.SummaryName, RunRecordFile.ToJson(new EnergySummary()), ended);
        Assert.Equal("another run's", await File.ReadAllTextAsync(_work["others"], ended));
        var made = Assert.Single(workspace.Made);
        Assert.Equal((RunRecordFile.SummaryName, new FileInfo(made.LocalPath).Length), (made.Path, made.SizeBytes));
        Assert.Contains("idfkit.summary/1", await File.ReadAllTextAsync(made.LocalPath, ended), StringComparison.Ordinal);
    }
}

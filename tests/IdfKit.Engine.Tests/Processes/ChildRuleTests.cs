using System.Diagnostics;
using System.Globalization;
using TestBed;

namespace IdfKit.Engine.Tests.Processes;

/// <summary>The child rules of the runner, each on a program that tries to break it. In both ways of starting it on Linux.</summary>
public sealed partial class ChildRuleTests
{
    private static readonly string[] Allowed = ["PATH", "LANG", "HOME", "TMPDIR"];
    private static readonly string[] OfTheWrapper = ["DOTNET_EnableDiagnostics", "DOTNET_ROOT", "PWD", "SHLVL", "_", "OLDPWD"];

    [Theory, InlineData(false), InlineData(true)]
    public async Task Run_hands_no_variable_of_the_caller_on(bool throughEngine)
    {
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "for the caller only");
        using var fake = new FakeRun("report report.txt", "end completed");

        await fake.RunAsync(throughEngine, cancellationToken: TestContext.Current.CancellationToken);

        var names = fake.Report("variable").Select(variable => variable.Split('=')[0]).Except(OfTheWrapper);
        Assert.Equal(Allowed.Order(), names.Order());
        Assert.Contains("HOME=" + fake.Output, fake.Report("variable"));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Run_leaves_only_the_childs_files_in_the_output(bool throughEngine)
    {
        using var fake = new FakeRun("end completed");

        await fake.RunAsync(throughEngine, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(["eplusout.end"], Directory.GetFileSystemEntries(fake.Output).Select(Path.GetFileName));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Run_gives_the_child_its_own_session_directory_and_an_empty_input(bool throughEngine)
    {
        using var fake = new FakeRun("report report.txt", "end completed");

        await fake.RunAsync(throughEngine, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(fake.Output, fake.Report("directory").Single());
        Assert.Equal("-1", fake.Report("input-byte").Single());
        Assert.Equal(fake.Report("id"), fake.Report("session"));
        Assert.Equal(fake.Report("id"), fake.Report("group"));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Run_lets_no_descriptor_of_the_caller_through(bool throughEngine)
    {
        using var fake = new FakeRun("report report.txt", "end completed");
        using var secret = File.OpenHandle(Path.Combine(AppContext.BaseDirectory, "IdfKit.Engine.Tests.dll"));
        var inheritable = Duplicate((int)secret.DangerousGetHandle()); // dup clears close-on-exec, as a careless native library does

        await fake.RunAsync(throughEngine, cancellationToken: TestContext.Current.CancellationToken);

        _ = Close(inheritable);
        Assert.DoesNotContain(fake.Report("descriptor"), line => line.Contains("IdfKit.Engine.Tests.dll", StringComparison.Ordinal));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Arguments_arrive_as_they_are(bool throughEngine)
    {
        string[] odd = ["--label", "a b", "$(id)", "*", "\"quoted\"", "ü"];
        using var fake = new FakeRun("report report.txt", "end completed");
        fake.Request =
            fake.Request with { Annual = true, ReadVars = true, OutputPrefix = "run 1", OutputSuffix = 'C', ExtraArguments = odd };

        await fake.RunAsync(throughEngine, cancellationToken: TestContext.Current.CancellationToken);

        string[] expected = ["-a", "-r", "-d", fake.Output, "-p", "run 1", "-s", "C", .. odd, fake.Model];
        Assert.Equal(expected, fake.Report("argument"));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Limits_are_set(bool throughEngine)
    {
        using var fake = new FakeRun("report report.txt", "end completed");
        var options = new EngineOptions { MaxFileSizeBytes = 1 << 30, MaxCpuTime = TimeSpan.FromSeconds(99.5) };

        await fake.RunAsync(throughEngine, options, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Contains(fake.Report("limit"), line => line.StartsWith("Max core file size", StringComparison.Ordinal)
            && line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[4] == "0");
        Assert.Contains(fake.Report("limit"), line => line.StartsWith("Max file size", StringComparison.Ordinal)
            && line.Contains("1073741824", StringComparison.Ordinal));
        Assert.Contains(fake.Report("limit"),
            line => line.StartsWith("Max cpu time", StringComparison.Ordinal) && line.Contains(" 100 ", StringComparison.Ordinal));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task File_past_the_limit_ends_the_run_and_keeps_what_fits(bool throughEngine)
    {
        using var fake = new FakeRun();
        fake.ReplaceProgram("sleep 0.5; exec head -c 4194304 /dev/zero > \"$2/eplusout.eso\""); // .NET ignores SIGXFSZ, EnergyPlus does not

        var run = await fake.RunAsync(
            throughEngine, new() { MaxFileSizeBytes = 1 << 20 }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal((RunOutcome.Crashed, 25), (run.Outcome, run.Signal));
        Assert.Equal(1 << 20, new FileInfo(fake["eplusout.eso"]).Length);
    }

    [Fact]
    public async Task Child_of_a_killed_caller_dies_with_it()
    {
        Needs.That(OperatingSystem.IsLinux(), Needs.Linux);
        var script = $"'{FakeRun.EngineHost}' exec -- /bin/sleep 900 & echo $!; wait";
        using var caller = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", script]) { RedirectStandardOutput = true })!;
        var child = int.Parse((await caller.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!,
            CultureInfo.InvariantCulture);
        while (!IsSleep(child)) await Task.Delay(5, TestContext.Current.CancellationToken);

        caller.Kill();

        while (FakeRun.Lives(child)) await Task.Delay(5, TestContext.Current.CancellationToken);
    }

    private static bool IsSleep(int id) => File.ReadAllText($"/proc/{id}/comm").Trim() == "sleep";

    [System.Runtime.InteropServices.LibraryImport("libc", EntryPoint = "dup")]
    private static partial int Duplicate(int descriptor);

    [System.Runtime.InteropServices.LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}

using IdfKit.Engine.Children;

namespace IdfKit.Engine.Tests.Processes;

/// <summary>How endings are told apart, and what is kept of the output.</summary>
public sealed class OutcomeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, InlineData(false), InlineData(true)]
    public async Task Exit_code_0_with_a_completed_end_file_is_completed(bool throughEngine)
    {
        using var fake = new FakeRun("print last words", "pause 1000", "end completed"); // so that its memory is looked at

        var run = await fake.RunAsync(throughEngine, cancellationToken: Token);

        Assert.Equal((RunOutcome.Completed, 0, null, false), (run.Outcome, run.ExitCode, run.Signal, run.Warm));
        Assert.EndsWith("last words\n", run.OutputTail, StringComparison.Ordinal);
        Assert.InRange(run.CpuTime, TimeSpan.FromTicks(1), TimeSpan.MaxValue);
        Assert.InRange(run.PeakMemoryBytes, 10 << 20, long.MaxValue);
        Assert.InRange(run.Elapsed, TimeSpan.FromTicks(1), TimeSpan.MaxValue);
    }

    [Fact]
    public async Task Exit_code_1_with_a_fatal_end_file_is_failed()
    {
        using var fake = new FakeRun("end fatal", "exit 1");

        var run = await fake.RunAsync(cancellationToken: Token);

        Assert.Equal((RunOutcome.Failed, 1), (run.Outcome, run.ExitCode));
    }

    [Theory, InlineData(0), InlineData(1)]
    public async Task Exit_without_an_end_file_is_crashed(int code)
    {
        using var fake = new FakeRun("exit " + code);

        var run = await fake.RunAsync(cancellationToken: Token);

        Assert.Equal((RunOutcome.Crashed, code), (run.Outcome, run.ExitCode));
    }

    [Fact]
    public async Task End_file_of_an_earlier_run_is_not_believed()
    {
        using var fake = new FakeRun("exit 0");
        Directory.CreateDirectory(fake.Output);
        File.WriteAllText(fake["eplusout.end"], "EnergyPlus Completed Successfully-- 0 Warning; 0 Severe Errors\n");

        var run = await fake.RunAsync(cancellationToken: Token);

        Assert.Equal(RunOutcome.Crashed, run.Outcome);
    }

    [Theory, InlineData(11, false), InlineData(6, true), InlineData(9, true)]
    public async Task Death_by_a_signal_is_crashed_and_names_it(int signal, bool throughEngine)
    {
        using var fake = new FakeRun("die " + signal);

        var run = await fake.RunAsync(throughEngine, cancellationToken: Token);

        Assert.Equal((RunOutcome.Crashed, null, signal), (run.Outcome, run.ExitCode, run.Signal));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Flood_on_both_outputs_is_drained_and_its_end_kept(bool throughEngine)
    {
        using var fake = new FakeRun("flood 8192", "print last words", "end completed");

        var run = await fake.RunAsync(throughEngine, cancellationToken: Token);

        Assert.Equal(RunOutcome.Completed, run.Outcome);
        Assert.EndsWith("last words\n", run.OutputTail, StringComparison.Ordinal);
        Assert.InRange(run.OutputTail.Length, 4096, 8192);
    }

    [Fact]
    public async Task Output_that_is_not_UTF8_does_no_harm()
    {
        using var fake = new FakeRun("print-bytes 5A6FFC6E650A", "end completed"); // "Zoüne" in Latin-1

        var run = await fake.RunAsync(progress: new Recorder(), cancellationToken: Token);

        Assert.Equal(RunOutcome.Completed, run.Outcome);
        Assert.Equal("Zo\uFFFDne\n", run.OutputTail);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task End_file_in_Latin1_is_read(bool throughEngine)
    {
        var text = System.Text.Encoding.Latin1.GetBytes("EnergyPlus Completed Successfully-- Geb\u00e4ude 0 Warning; 0 Severe Errors\n");
        using var fake = new FakeRun("write-bytes eplusout.end " + Convert.ToHexString(text));

        var run = await fake.RunAsync(throughEngine, cancellationToken: Token);

        Assert.Equal(RunOutcome.Completed, run.Outcome);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Full_disk_is_crashed_and_keeps_what_was_written_and_said(bool throughEngine)
    {
        using var fake = new FakeRun("write eplusout.err", "fill-disk eplusout.eso", "end completed");
        Directory.CreateDirectory(fake.Output);
        File.CreateSymbolicLink(fake["eplusout.eso"], "/dev/full"); // every write to it meets a full disk: full(4)

        var run = await fake.RunAsync(throughEngine, cancellationToken: Token);

        Assert.Equal((RunOutcome.Crashed, 6), (run.Outcome, run.Signal));
        Assert.Contains("No space left on device", run.OutputTail, StringComparison.Ordinal);
        Assert.True(new FileInfo(fake["eplusout.err"]).Length > 0);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Program_that_lacks_a_library_is_broken_and_says_which(bool throughEngine)
    {
        using var fake = new FakeRun();
        fake.ReplaceProgram("echo \"$0: error while loading shared libraries: libX11.so.6: "
            + "cannot open shared object file: No such file or directory\" >&2; exit 127");

        var broken = await Assert.ThrowsAsync<EnergyPlusException>(() => fake.RunAsync(throughEngine, cancellationToken: Token));

        Assert.Equal(EnergyPlusErrorKind.Broken, broken.Kind);
        Assert.Contains("libX11.so.6", broken.Message, StringComparison.Ordinal);
        Assert.Contains(fake.Installation.Directory, broken.Message, StringComparison.Ordinal);
    }

    [Theory] // of a disk that is full, where EnergyPlus says that it has completed
    [InlineData('L', "eplusout.end", "", "sqlite.err", "")]
    [InlineData('L', "eplusout.end", "whole", "sqlite.err", "database or disk is full")]
    [InlineData('C', "eplus.end", "whole", "eplusSqlite.err", "database or disk is full")]
    [InlineData('D', "eplus.end", "whole", "eplus-sqlite.err", "database or disk is full")]
    public async Task Files_that_are_cut_off_have_not_completed(char suffix, string endName, string end, string log, string said)
    {
        using var fake = new FakeRun();
        fake.ReplaceProgram($$"""
            out=.; while [ $# -gt 1 ]; do case $1 in -d) out=$2; shift 2 ;; *) shift ;; esac; done
            words="EnergyPlus Completed Successfully-- 0 Warning; 0 Severe Errors"
            if [ "{{end}}" ]; then echo "$words" > "$out/{{endName}}"; else : > "$out/{{endName}}"; fi
            echo "SQLite3 message, {{said}}" > "$out/{{log}}"
            echo "$words"
            """);
        fake.Request = fake.Request with { OutputSuffix = suffix };

        var run = await fake.RunAsync(cancellationToken: Token);

        Assert.Equal((RunOutcome.Crashed, 0, BoundKind.Disk), (run.Outcome, run.ExitCode, run.Exceeded?.Kind));
    }

    [Fact]
    public async Task Helper_that_lacks_a_library_is_told_and_the_run_is_kept()
    {
        using var fake = new FakeRun();
        fake.ReplaceProgram("""
            printf "%s %s\n" "ReadVarsESO: error while loading shared libraries: libgfortran.so.5:" \
                "cannot open shared object file: No such file or directory" >&2
            out=.; while [ $# -gt 1 ]; do case $1 in -d) out=$2; shift 2 ;; *) shift ;; esac; done
            echo "EnergyPlus Completed Successfully-- 0 Warning; 0 Severe Errors" > "$out/eplusout.end"
            """);

        var run = await fake.RunAsync(cancellationToken: Token);

        Assert.Equal(RunOutcome.Completed, run.Outcome);
        Assert.NotNull(run.HelperFault);
        Assert.StartsWith(
            "A program that EnergyPlus started did not run: ReadVarsESO: error while loading shared "
                + "libraries: libgfortran.so.5", run.HelperFault, StringComparison.Ordinal);
        Assert.Contains("libgfortran", run.HelperFault[run.HelperFault.IndexOf(';', StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Program_that_is_none_is_an_error_that_names_it(bool throughEngine)
    {
        using var fake = new FakeRun();
        File.WriteAllText(fake.Installation.ExecutablePath, "\x7fELF, and then nothing");

        var broken = await Assert.ThrowsAsync<EnergyPlusException>(() => fake.RunAsync(throughEngine, cancellationToken: Token));

        Assert.Contains(fake.Installation.Directory, broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_for_a_missing_file_is_refused_before_anything_starts()
    {
        using var fake = new FakeRun("write started.txt");

        fake.Request = fake.Request with { WeatherPath = fake["none.epw"] };
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => fake.RunAsync(cancellationToken: Token));

        Assert.Contains("none.epw", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(fake["started.txt"]));
    }

    private sealed class Recorder : IProgress<EngineProgress>
    {
        public void Report(EngineProgress value) { }
    }
}

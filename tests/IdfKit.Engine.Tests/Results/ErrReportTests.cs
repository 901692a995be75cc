using System.Text;

namespace IdfKit.Engine.Tests.Results;

/// <summary>What EnergyPlus says, read back.</summary>
public sealed class ErrReportTests
{
    [Fact]
    public void Read_completed_run_gives_messages_and_the_counts_of_the_last_line()
    {
        var report = Read("""
            Program Version,EnergyPlus, Version 25.2.0-cf7368216c, YMD=2026.11.23 03:09,
               ************* Beginning Zone Sizing Calculations
               ** Warning ** Some values fall outside the range.
               **   ~~~   ** These values may be inappropriate.
               ** Severe  ** Temperature out of bounds
               **   ~~~   **   during Warmup
               *************  ** Warning ** Recurring trouble
               *************  **   ~~~   **   This error occurred 14331612 total times;
               *************  **   ~~~   **   during 0 Warmup
               ************* EnergyPlus Warmup Error Summary. During Warmup: 9 Warning; 9 Severe Errors.
               ************* EnergyPlus Completed Successfully-- 14331616 Warning; 3 Severe Errors; Elapsed Time=00hr 00min  3.34sec
            """);

        Assert.Equal((14331616, 3), (report.Warnings, report.Severe));
        Assert.True(report.CompletedSuccessfully);
        Assert.False(report.IsCut);
        Assert.False(report.Fatal);
        Assert.Equal([ErrSeverity.Warning, ErrSeverity.Severe, ErrSeverity.Warning], report.Messages.Select(m => m.Severity));
        Assert.Equal("Some values fall outside the range.\nThese values may be inappropriate.", report.Messages[0].Text);
        Assert.Equal((3, 5, 7), (report.Messages[0].Line, report.Messages[1].Line, report.Messages[2].Line));
        Assert.Equal(14331612, report.Messages[2].Count);
    }

    [Fact]
    public void Groups_say_what_the_messages_mean()
    {
        var report = Read("""
               ** Warning ** CheckUsedConstructions: There are 2 nominally unused constructions in input.
               ** Warning ** Output:Meter: invalid Key Name="A:FACILITY" - not found.
               ** Warning ** Output:Meter: invalid Key Name="B:FACILITY" - not found.
            """);

        Assert.Equal([(2, true), (1, true)], report.Groups.Select(group => (group.Count, group.Harmless!.Value)));
        Assert.Contains("Output:Meter object", report.Groups[0].Meaning, StringComparison.Ordinal);
        Assert.Equal("Output:Meter \"A:FACILITY\"", report.Groups[0].Subject);
    }

    [Fact]
    public void Read_fatal_run_gives_why_and_the_last_severe_error()
    {
        var report = Read("""
               ** Severe  ** <root>[Zone][A] - Missing required property 'x'.
               **  Fatal  ** Errors occurred on processing input file. Preceding condition(s) cause termination.
               ...Summary of Errors that led to program termination:
               ..... Reference severe error count=1
               ..... Last severe error=<root>[Zone][A] - Missing required property 'x'.
               ************* EnergyPlus Terminated--Fatal Error Detected. 2 Warning; 1 Severe Errors; Elapsed Time=00hr 00min  0.14sec
            """);

        Assert.True(report.Fatal);
        Assert.False(report.CompletedSuccessfully);
        Assert.Equal("Errors occurred on processing input file. Preceding condition(s) cause termination.", report.FatalMessage);
        Assert.Equal("<root>[Zone][A] - Missing required property 'x'.", report.LastSevere);
        Assert.Equal((2, 1), (report.Warnings, report.Severe));
    }

    [Fact]
    public void Read_file_without_its_last_line_counts_what_is_there_and_says_that_it_is_cut()
    {
        var report = Read("   ** Warning ** One\n   ** Severe  ** Two\n   ** Warning ** Three\n   **   ~~~   "
            + "** This error occurred 7 total times;\n   ** War");

        Assert.True(report.IsCut);
        Assert.Equal((8, 1), (report.Warnings, report.Severe));
        Assert.Equal(3, report.Messages.Count);
    }

    [Fact]
    public void Read_empty_file_is_an_empty_cut_report()
    {
        var report = Read("");

        Assert.True(report.IsCut);
        Assert.Equal((0, 0), (report.Warnings, report.Severe));
    }

    [Fact]
    public void Read_of_counts_with_commas_gives_the_numbers()
    {
        var report = Read(
            "   ** Warning ** Recurring\n"
            + "   **   ~~~   ** This error occurred 14,331,612 total times;\n"
            + "   ************* EnergyPlus Terminated--Error(s) Detected. 14,331,616 Warning; 1,003 Severe Errors; "
            + "Elapsed Time=00hr 00min  0.14sec\n");

        Assert.Equal((14331616, 1003), (report.Warnings, report.Severe));
        Assert.Equal(14331612, report.Messages[0].Count);
        Assert.False(report.IsCut);
    }

    [Fact]
    public void Read_of_a_fatal_run_gives_what_led_to_it()
    {
        var lines = Enumerable.Range(1, 12).Select(i => $"   ** Severe  ** Trouble {i}\n   **   ~~~   ** More of it\n");
        var report = Read(string.Concat(lines) + "   ** Warning ** W\n   **  Fatal  ** GetInput: Errors found\n   ** Severe  ** Later\n");

        Assert.Equal(("GetInput: Errors found", 26), (report.FatalError!.Text, report.FatalError.Line));
        Assert.Equal(Enumerable.Range(3, 10).Select(i => $"Trouble {i}\nMore of it"), report.FatalContext.Select(message => message.Text));
        Assert.Equal("Later", report.LastSevere);
    }

    [Fact]
    public void Read_of_Latin_1_and_of_UTF_8_keeps_the_letters()
    {
        var bytes = Encoding.Latin1.GetBytes("   ** Warning ** Büro\n")
            .Concat(Encoding.UTF8.GetBytes("   ** Warning ** Küche\n"))
            .ToArray();
        var report = ErrReport.Read(new TrickleStream(bytes, most: 3));

        Assert.Equal(["Büro", "Küche"], report.Messages.Select(message => message.Text));
    }

    private static ErrReport Read(string text) => ErrReport.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)));
}

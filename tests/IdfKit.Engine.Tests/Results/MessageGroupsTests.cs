using System.Text;

using IdfKit.Engine.Results;

namespace IdfKit.Engine.Tests.Results;

/// <summary>What a modeller sees first of what EnergyPlus said.</summary>
public sealed class MessageGroupsTests
{
    private const string OtherPlace = """
           ** Warning ** Weather file location will be used rather than entered (IDF) Location object.
           **   ~~~   ** ..Location object=USA IL-CHICAGO-OHARE
           **   ~~~   ** ..Weather File Location=Denver Centennial  Golden   Nr CO USA TMY3 WMO#=724666

        """;

    private const string Meter = "   ** Warning ** Output:Meter: invalid Key Name=\"GAS:FACILITY\" - not found.\n";
    private const string Unused = "   ** Warning ** CheckUsedConstructions: There are 23 nominally unused constructions in input.\n";
    private const string Unknown = "   ** Warning ** Something that nobody has explained yet\n";
    private const string Severe = "   ** Severe  ** GetVertices: Distance between two vertices is small\n";
    private const string Fatal = "   **  Fatal  ** GetSurfaceData: Errors discovered, program terminates.\n";

    [Fact]
    public void Weather_of_another_place_severe_errors_and_unmatched_meters_stand_first_and_what_is_harmless_last()
    {
        var groups = Read(Repeat(Unused, 90) + Repeat(Unknown, 40) + Repeat(Meter, 2) + Severe + OtherPlace);

        Assert.Equal(
            [(1, false), (1, null), (2, true), (40, null), (90, (bool?)true)],
            groups.Select(item => (item.Group.Count, item.Group.Harmless)));
        Assert.Equal(("Site:Location", "USA IL-CHICAGO-OHARE"), groups[0].Subject);
        Assert.Equal(("Output:Meter", "GAS:FACILITY"), groups[2].Subject);
        Assert.Equal("Output:Meter \"GAS:FACILITY\"", groups[2].Group.Subject);
    }

    [Fact]
    public void What_ended_the_run_stands_before_all()
    {
        var groups = Read(OtherPlace + Repeat(Meter, 9) + Severe + Fatal);

        Assert.Equal(
            [ErrSeverity.Fatal, ErrSeverity.Severe, ErrSeverity.Warning, ErrSeverity.Warning], groups.Select(item => item.Group.Severity));
        Assert.Equal("Site:Location", groups[2].Subject?.ClassName);
    }

    [Fact]
    public void Important_kinds_are_kept_however_many_others_there_are()
    {
        var others = string.Concat(Enumerable.Range(0, 1900).Select(i => Repeat($"   ** Warning ** Trouble {Letters(i)}\n", 2)));
        var groups = Read(others + Meter + OtherPlace);

        Assert.Equal(20, groups.Count);
        Assert.Equal(["Site:Location", "Output:Meter"], groups.Take(2).Select(item => item.Subject?.ClassName));
    }

    [Fact]
    public void Line_that_a_message_names_is_taken_from_it()
    {
        Assert.Equal(9, Read("   ** Severe  ** Line: 9 Index: 5 - \"Zoone\" is not a valid Object Type.\n")[0].Group.Line);
        Assert.Null(Read("   ** Severe  ** Line: 99999999999999999999 Index: 5 - \"Zoone\" is not a valid Object Type.\n")[0].Group.Line);
        Assert.Null(Read("   ** Severe  ** Line: \n")[0].Group.Line);
    }

    [Fact]
    public void Counts_that_no_number_holds_do_not_turn_round()
    {
        const string Recurring = "   ** Warning ** Recurring\n   **   ~~~   **   This error occurred 99999999999999999999 total times;\n";

        var digest = ErrDigest.Read(new MemoryStream(Encoding.UTF8.GetBytes(Recurring + Recurring)));

        Assert.Equal((long.MaxValue, long.MaxValue), (digest.Warnings, digest.Groups[0].Group.Count));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("=")]
    [InlineData("A:B \"")]
    [InlineData("Surface=\"")]
    [InlineData("<root>[")]
    public async Task Messages_written_to_keep_the_reader_busy_do_not(string piece)
    {
        var text = string.Concat(Enumerable.Range(0, 1500)
            .Select(i => $"   ** Warning ** {Letters(i)} {string.Concat(Enumerable.Repeat(piece, 2000 / piece.Length))}\n"));
        var read = Task.Factory.StartNew(() => Read(text), TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning,
            TaskScheduler.Default);

        Assert.Equal(20, (await read.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken)).Count);
    }

    /// <summary>A word of small letters for each number: capitals and digits count as names.</summary>
    private static string Letters(int number) => new([.. $"{number:0000}".Select(digit => (char)('a' + digit - '0'))]);

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    private static IReadOnlyList<GroupedMessage> Read(string text) => ErrDigest.Read(new MemoryStream(Encoding.UTF8.GetBytes(text))).Groups;
}

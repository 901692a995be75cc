using System.Text;

using IdfKit.Engine.Parts;
using TestBed;

namespace IdfKit.Engine.Tests.Parts;

/// <summary>What the join leaves where it can join everything, and where it cannot.</summary>
public sealed class PartFilesTests : IDisposable
{
    private const string Series =
        "Program Version\n1,5,Zone\nEnd of Data Dictionary\n1,A\n2,3\nEnd of Data\n Number of Records Written=           2\n";

    private readonly TemporaryFolder _folder = new();

    public PartFilesTests()
    {
        Directory.CreateDirectory(_folder["whole"]);
        foreach (var part in new[] { "1", "2" })
        {
            Directory.CreateDirectory(Out(part));
            Put(part, "eplusout.eso", Series);
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("eplusout.mtr", "cut off", "eplusout.mtr of one part is missing or cut off")]
    [InlineData("eplusout.err", "Program Version\nno summary\n", "eplusout.err of one part is missing or cut off")]
    [InlineData("eplusout.sql", "no database", "eplusout.sql of one part is missing or cut off")]
    public void What_cannot_be_joined_is_said(string name, string text, string why)
    {
        Put("1", name, text);
        Put("2", name, text);
        Assert.Equal(why, Assert.Throws<PartsUnlikeException>(() => Join()).Message);
    }

    [Fact]
    public async Task A_canceled_join_ends()
    {
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();
        Assert.ThrowsAny<OperationCanceledException>(() => Join(cancel.Token));
    }

    [Fact]
    public void What_is_joined_takes_its_room_on_the_disk_once_and_what_is_not_is_named()
    {
        Put("1", "eplusmtr.csv", "");
        Put("2", "eplustbl.htm", "");
        Put("1", "eplus", "a file that is called as the prefix");
        Directory.CreateDirectory(Path.Combine(Out("2"), "eplus_ghedesigner_outputs"));
        Assert.Equal(["eplus", "eplus_ghedesigner_outputs/", "eplusmtr.csv", "eplustbl.htm"], Join());
        Assert.False(File.Exists(Path.Combine(Out("1"), "eplusout.eso")));
        Assert.EndsWith(
            "1,A\n2,3\n1,A\n2,3\nEnd of Data\n Number of Records Written=           4\n",
            File.ReadAllText(_folder["whole", "eplusout.eso"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_prefix_with_a_dot_hides_no_file_and_what_the_first_part_lacks_is_named()
    {
        Put("1", "my.run", "");
        Put("1", "my.runzsz.csv", "sizes");
        Put("2", "my.runssz.csv", "only the second part has this");
        Assert.Equal(["eplusout.eso", "my.run", "my.runssz.csv"], Join(prefix: "my.run"));
        Assert.Equal("sizes", File.ReadAllText(_folder["whole", "my.runzsz.csv"]));
    }

    [Fact]
    public void Messages_that_are_summed_up_are_added_and_widened_and_names_of_digits_without_end_take_no_time()
    {
        var name = new string('7', 400_000);
        Put("1", "eplusout.err", Errors(name, "Max=5.5 C  Min=-3 C"));
        Put("2", "eplusout.err", Errors(name, "Max=7 C  Min=-1 C"));
        Join();
        string[] expected =
        [
            "This error occurred 6 total times;", "during Warmup 4 times;", "during Sizing 0 times.", "Max=7 C  Min=-3 C",
            "EnergyPlus Warmup Error Summary. During Warmup: 4 Warning; 0 Severe Errors.",
            "EnergyPlus Sizing Error Summary. During Sizing: 0 Warning; 0 Severe Errors.",
        ];
        var text = File.ReadAllText(_folder["whole", "eplusout.err"]);
        Assert.All(expected, line => Assert.Contains(line + "\n", text, StringComparison.Ordinal));
        Assert.Contains("EnergyPlus Completed Successfully-- 6 Warning; 0 Severe Errors;", text, StringComparison.Ordinal);
    }

    private static string Errors(string name, string extremes) => $"""
        Program Version
           ************* Simulation Error Summary *************
           ************* ===== Recurring Error Summary =====
           ************* The following recurring error messages occurred.
           *************
           *************  ** Warning ** {name} during Warmup total times;
           *************  **   ~~~   **   This error occurred 3 total times;
           *************  **   ~~~   **   during Warmup 2 times;
           *************  **   ~~~   **   during Sizing 0 times.
           *************  **   ~~~   **   {extremes}
           *************
           ************* EnergyPlus Warmup Error Summary. During Warmup: 2 Warning; 0 Severe Errors.
           ************* EnergyPlus Sizing Error Summary. During Sizing: 0 Warning; 0 Severe Errors.
           ************* EnergyPlus Completed Successfully-- 3 Warning; 0 Severe Errors; Elapsed Time=00hr 00min  0.55sec

        """;

    [Fact]
    public void Errors_that_are_more_than_memory_should_hold_are_not_joined()
    {
        foreach (var part in new[] { "1", "2" })
        {
            using var errors = File.Create(Path.Combine(Out(part), "eplusout.err"));
            errors.SetLength((8L << 20) + 1); // a hole
        }
        Assert.Equal(
            "eplusout.err of all parts together is too large", Assert.Throws<PartsUnlikeException>(() => Join()).Message);
    }

    [Fact]
    public void A_dictionary_that_is_more_than_memory_should_hold_is_not_joined()
    {
        foreach (var part in new[] { "1", "2" })
            Put(part, "eplusout.eso", Series.Replace("Zone", new string('z', 17 << 20), StringComparison.Ordinal));
        Assert.Equal("eplusout.eso of one part is missing or cut off", Assert.Throws<PartsUnlikeException>(() => Join()).Message);
    }

    private IReadOnlyList<string> Join(CancellationToken? token = null, string prefix = "eplus") =>
        new PartFiles([Out("1"), Out("2")], prefix, 'L').Join(_folder["whole"], TimeSpan.FromSeconds(1), token ?? Token);

    private string Out(string part) => _folder["parts", part, "out"];

    private void Put(string part, string name, string text) => File.WriteAllText(Path.Combine(Out(part), name), text, Encoding.Latin1);
}

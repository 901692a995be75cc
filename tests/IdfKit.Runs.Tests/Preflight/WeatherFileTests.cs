using TestBed;

using IdfKit.Runs.Preflight;
using RunBed;

namespace IdfKit.Runs.Tests.Preflight;

public sealed class WeatherFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_whole_file_has_no_fault() => Assert.Null(Fault(Weather.Text(0)));

    [Fact]
    public void Real_weather_has_no_fault()
    {
        var folders = new[] { Repository.PathOf("examples") }.Concat(
            RealParts.SharedFolder is { } shared ? [Path.Combine(shared, "weather")] : []);
        foreach (var path in folders.SelectMany(folder => Directory.GetFiles(folder, "*.epw")))
            Assert.Null(WeatherFile.FaultOf(path, path));
    }

    [Fact]
    public void A_byte_order_mark_is_forgiven() => Assert.Null(Fault("\uFEFF" + Weather.Text(0)));

    [Theory]
    [InlineData("", "ends in line 1")]
    [InlineData("PK\u0003\u0004 zipped\rand so on", "is not an EPW: its first line does not begin with LOCATION, but as an archive does")]
    [InlineData("PK\u0003\u0004 zipped", "is not an EPW: its first line does not begin with LOCATION, but as an archive does")]
    [InlineData("Date,HH:MM,Datasource\n01/01/1988,01:00,1\n", "is not an EPW")]
    [InlineData("LOCATION,X\nDESIGN CONDITIONS,0\n", "ends in line 3, before its TYPICAL/EXTREME PERIODS line")]
    [InlineData("LOCATION,X\nsomething else\n", "line 2 is no DESIGN CONDITIONS line")]
    [InlineData("LOCATION,X\nGROUND TEMPERATURES,0\n", "line 2 begins with GROUND TEMPERATURES and not with DESIGN CONDITIONS")]
    public void What_is_no_EPW_is_said_with_its_line(string text, string said) =>
        Assert.Contains(said, Fault(text), StringComparison.Ordinal);

    /// <summary>Who names a file as weather may not be allowed to read it, and reads the message.</summary>
    [Theory]
    [InlineData("aws_secret = 0123456789\nmore of it\n")]
    [InlineData("LOCATION,aws_secret = 0123456789\nmore of it\n")]
    [InlineData("LOCATION,X\naws_secret = 0123456789\n")]
    [InlineData("LOCATION,X\nDESIGN CONDITIONS,0\nDESIGN CONDITIONS,aws_secret\n")]
    [InlineData("<html>aws_secret</html>")]
    public void Nothing_of_a_file_that_is_no_weather_is_quoted(string text)
    {
        var fault = Fault(text)!;

        Assert.DoesNotContain("secret", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("more", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_between_lines_says_how_many_records_are_missing()
    {
        var lines = Weather.Text(0).Split('\n');
        Assert.Contains("ends in line 18 with 10 of the 24 records", Fault(string.Join('\n', lines[..18])), StringComparison.Ordinal);
        Assert.Contains("ends in line 8 with 0 of the 24 records", Fault(string.Join('\n', lines[..8])), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_inside_its_last_line_says_so() =>
        Assert.Contains("in the middle of line 32", Fault(Weather.Text(0)[..^30]), StringComparison.Ordinal);

    private string? Fault(string text)
    {
        File.WriteAllText(_folder["w.epw"], text);
        return WeatherFile.FaultOf(_folder["w.epw"], "w.epw");
    }
}

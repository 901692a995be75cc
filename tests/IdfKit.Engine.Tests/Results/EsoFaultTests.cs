using System.Text;

namespace IdfKit.Engine.Tests.Results;

/// <summary>Files that are cut, garbled or something else, and streams that trickle or fail.</summary>
public sealed class EsoFaultTests
{
    private static readonly byte[] Small = EsoText.Bytes(EsoText.Year(variables: 3, days: 1));

    /// <summary>Many blocks long.</summary>
    private static readonly byte[] Large = EsoText.Bytes(EsoText.Year(variables: 20, days: 100));

    [Fact]
    public void Read_of_a_file_cut_anywhere_holds_what_stands_before_and_says_that_it_is_cut()
    {
        var whole = EsoResults.Read(new MemoryStream(Small));
        Assert.False(whole.IsCut);
        var end = Encoding.UTF8.GetString(Small).IndexOf("End of Data\n", StringComparison.Ordinal) + "End of Data\n".Length;
        for (var length = 0; length < end; length++)
        {
            var cut = EsoResults.Read(new MemoryStream(Small, 0, length));

            Assert.True(cut.IsCut, $"at {length}");
            Assert.Null(cut.FaultLine);
            Assert.True(cut.Variables.SequenceEqual(whole.Variables.Take(cut.Variables.Count)), $"at {length}");
            foreach (var series in cut.AllSeries())
            {
                var all = whole.Series(series.Variable, whole.Environments[series.Environment.Index])!;
                Assert.True(series.IsCut);
                Assert.True(series.Values.Span.SequenceEqual(all.Values.Span[..series.Count]), $"at {length}");
                Assert.Equal(all.Times.Take(series.Count), series.Times);
            }
            var one = EsoResults.ReadSeries(new MemoryStream(Small, 0, length), "Zone Mean Air Temperature", "ZONE 2");
            Assert.Equal(cut.Series("Zone Mean Air Temperature", "ZONE 2")?.Values.ToArray(), one?.Values.ToArray());
        }
    }

    [Fact]
    public void Read_that_is_cancelled_midway_ends_within_the_file()
    {
        using var cancel = new CancellationTokenSource();
        using var stream = new CancellingStream(Large, cancel);
        Assert.ThrowsAny<OperationCanceledException>(() => EsoResults.Read(stream, cancel.Token));
        Assert.InRange(stream.Position, 0, stream.Length - 1);
    }

    private sealed class CancellingStream(byte[] bytes, CancellationTokenSource cancel) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer)
        {
            if (Position > 0) cancel.Cancel();
            return base.Read(buffer[..Math.Min(buffer.Length, 4096)]);
        }
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void Read_of_many_blocks_gives_every_value_by_each_way(string lineEnd)
    {
        var bytes = EsoText.Bytes(EsoText.Year(variables: 20, days: 100, lineEnd));
        var whole = EsoResults.Read(new MemoryStream(bytes));
        var trickled = EsoResults.Read(new TrickleStream(bytes, most: 4093));

        Assert.False(whole.IsCut);
        Assert.Equal(20 * 2, whole.AllSeries().Count());
        foreach (var (series, number) in whole.AllSeries().Skip(20).Select((series, number) => (series, number)))
        {
            Assert.Equal(Enumerable.Range(1, 2400).Select(hour => EsoText.ValueOf(number, hour)), series.Values.ToArray());
            Assert.Equal(series.Values.ToArray(), trickled.Series(series.Variable)!.Values.ToArray());
            var one = EsoResults.ReadSeries(new TrickleStream(bytes, most: 100_003), series.Variable.Name, series.Variable.Key)!;
            Assert.Equal(series.Values.ToArray(), one.Values.ToArray());
            Assert.Equal(series.Times, one.Times);
            Assert.False(one.IsCut);
        }
    }

    [Theory]
    [InlineData("8a1,20.5\n")]
    [InlineData("20,20.5.1\n")]
    [InlineData("20,\n")]
    [InlineData("2,1, 1,77, 0, 1, 0.00,60.00,Monday\n")]
    [InlineData("\0\0\0\0\0\0\0\n")]
    public void Read_of_a_garbled_line_stops_before_it_and_names_it(string garbled)
    {
        var text = Encoding.UTF8.GetString(Large);
        var at = text.IndexOf('\n', text.Length / 2) + 1;
        var eso = EsoText.Read(text[..at] + garbled + text[at..]);

        Assert.True(eso.IsCut);
        Assert.Equal(text[..at].Count(letter => letter == '\n') + 1, eso.FaultLine);
        Assert.Equal(EsoText.Read(text[..at]).AllSeries().Sum(series => series.Count), eso.AllSeries().Sum(series => series.Count));
    }

    [Fact]
    public void Read_of_one_endless_line_stops_there()
    {
        var eso = EsoText.Read(EsoText.Year(variables: 1, days: 1)
            .Replace("End of Data\n", new string('7', 3_000_000), StringComparison.Ordinal));

        Assert.True(eso.IsCut);
        Assert.NotNull(eso.FaultLine);
        Assert.Equal(24, eso.Series("Zone Mean Air Temperature")!.Count);
    }

    [Theory]
    [InlineData("<html>\n<body>\n", "<html>")]
    [InlineData("no line end", "no line end")]
    [InlineData("SQLite format 3\0\u0010", "SQLite format 3")]
    public void Read_of_another_kind_of_file_says_what_and_where(string text, string named)
    {
        foreach (var read in new Action[] { () => EsoText.Read(text), () => EsoResults.ReadSeries(EsoText.Stream(text), "x") })
        {
            var e = Assert.Throws<ResultsException>(read);
            Assert.Contains(".eso", e.Message, StringComparison.Ordinal);
            Assert.Contains("line 1", e.Message, StringComparison.Ordinal);
            Assert.Contains(named, e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Read_of_nothing_is_cut() => Assert.True(EsoText.Read("").IsCut);

    [Fact]
    public void Read_of_a_stream_that_fails_throws_its_error_as_it_is()
    {
        var e = Assert.Throws<IOException>(() => EsoResults.Read(new TrickleStream(Large, most: 65536, failAfter: Large.Length / 2)));

        Assert.Equal("The line is dead.", e.Message);
    }

    [Fact]
    public void ReadSeries_of_an_environment_that_is_not_there_is_nothing()
    {
        Assert.Equal(24, EsoResults.ReadSeries(new MemoryStream(Small), "Zone Mean Air Temperature", environment: 0)!.Count);
        Assert.Null(EsoResults.ReadSeries(new MemoryStream(Small), "Zone Mean Air Temperature", environment: 2));
        Assert.Null(EsoResults.ReadSeries(new MemoryStream(Small), "Something Else"));
    }
}

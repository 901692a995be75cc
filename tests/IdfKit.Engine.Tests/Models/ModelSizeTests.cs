using System.Diagnostics;
using System.Text;

namespace IdfKit.Engine.Tests.Models;

/// <summary>A file of 8 MB costs little, whatever is in it. bench/results measures the whole process.</summary>
public sealed class ModelSizeTests
{
    private const int Size = 8_000_000;

    // Allocated, not held: more than the peak. The text itself is 8 MB of it.
    private const long MostAllocated = 60_000_000;

    // bench/results measures the second that it may take; this is without optimization.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);

    public static TheoryData<string> Kinds { get; } =
    [
        "objects", "fields", "lines", "returns", "one line", "comments",
        "macros", "json objects", "json fields", "json classes", "latin", "paths",
    ];

    public static byte[] Make(string kind) => kind switch
    {
        "objects" => Repeated("", "Z,a01;\n\n", ""),
        "fields" => Repeated("Zone", ",1234567", ";"),
        "lines" => Repeated("Zone,A;", "\n", ""),
        "returns" => Repeated("Zone,A;", "\r", ""),
        "one line" => Repeated("", "Zone,A1;", ""),
        "comments" => Repeated("Zone,A;\n", "!\n", ""),
        "macros" => Repeated("Zone,A;\n", "##a\n", ""),
        "json objects" => Numbered("{\"Zone\":{", "}}"),
        "json fields" => Numbered("{\"Zone\":{\"A\":{", "}}}"),
        "json classes" => Repeated("{\"Zone\":{\"A\":{\"v\":[", "{\"x\":1},", "1]}}}"),
        "latin" => Repeated("", "Z,\u00e4bc;\n\n", ""),
        "paths" => Repeated("", "Schedule:File,S,Any,/a/b/c.csv,1,0;\n", ""),
        _ => throw new ArgumentException(kind),
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Read_8_MB_of_anything_takes_little_memory_and_time(string kind)
    {
        var bytes = Make(kind);
        var (start, before) = (ThreadTime(), GC.GetAllocatedBytesForCurrentThread());

        var model = IdfText.Read(bytes);
        _ = (model.Needs, model.NeedsWeather, model.Has("Zone"), model.Version, model.Objects[^1].Line);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        _ = (model.Risks.Count, model.LineOf("Zone", "nothing"));

        Assert.InRange(allocated, 0, MostAllocated);
        Assert.InRange(ThreadTime() - start, TimeSpan.Zero, Longest);
    }

    /// <summary>What the processor has spent on this thread, so that other tests do not count.</summary>
    private static TimeSpan ThreadTime()
    {
        if (!OperatingSystem.IsLinux()) return Stopwatch.GetElapsedTime(0);
        var fields = File.ReadAllText("/proc/thread-self/stat").Split(' ');
        return TimeSpan.FromMilliseconds(10 * (long.Parse(fields[^39], null) + long.Parse(fields[^38], null)));
    }

    [Theory]
    [InlineData(",")]
    [InlineData(";")]
    [InlineData("A;")]
    public void Read_8_MB_of_nothing_but_separators_is_refused(string pattern) =>
        Assert.Throws<ModelSyntaxException>(() => IdfText.Read(Repeated("", pattern, "")));

    [Fact]
    public void Read_a_million_made_up_classes_is_refused()
    {
        var text = new StringBuilder();
        for (var number = 0; text.Length < Size; number++) text.Append('Z').Append(number).Append(";\n");

        var error = Assert.Throws<ModelSyntaxException>(() => IdfText.Read(text.ToString()));
        Assert.Contains("class names", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Zone,{0};")]
    [InlineData("Zone,A,{0}")]
    [InlineData("{{\"Zone\":{{\"{0}\":{{}}}}}}")]
    [InlineData("{{\"Zone\":{{\"A\":{{\"{0}\":1}}}}}}")]
    [InlineData("{{\"Zone\":{{\"A\":{{\"x\":\"{0}\"}}}}}}")]
    public void Read_a_text_of_more_than_64_KB_is_refused(string form)
    {
        var most = new string('n', 1 << 16);
        Assert.Single(IdfText.Read(string.Format(null, form, most)).Objects);

        var error = Assert.Throws<ModelSyntaxException>(() => IdfText.Read(string.Format(null, form, most + "n")));
        Assert.Contains("a name or value has more than 65536 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_a_field_with_more_comments_than_that_is_no_matter()
    {
        var comments = string.Concat(Enumerable.Repeat("  ! a comment\n", 10_000));

        Assert.Equal("A", IdfText.Read($"Zone,{comments}A{comments};").Objects[0].Name);
    }

    [Fact]
    public void Risks_are_the_first_thousand() => Assert.Equal(1000, IdfText.Read(Make("paths")).Risks.Count);

    private static byte[] Repeated(string start, string pattern, string end) =>
        Encoding.Latin1.GetBytes(start + string.Concat(Enumerable.Repeat(pattern, Size / pattern.Length)) + end);

    private static byte[] Numbered(string start, string end)
    {
        var text = new StringBuilder(start, Size + 100);
        for (var number = 0; text.Length < Size; number++)
        {
            if (number > 0) text.Append(',');
            text.Append('"').Append(number.ToString("x", null)).Append("\":{}");
        }
        return Encoding.ASCII.GetBytes(text.Append(end).ToString());
    }
}

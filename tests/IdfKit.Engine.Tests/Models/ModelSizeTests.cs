using System.Diagnostics;
using System.Text;

namespace IdfKit.Engine.Tests.Models;

/// <summary>A file of 8 MB costs little, whatever is in it. bench/results measures the whole process.</summary>
public sealed class ModelSizeTests
{
    private const int Size = 8_000_000;

    // Allocated, not held: more than the peak. The text itself is 8 MB of it.
    private const long MostAllocated = 60_000_000;

    // bench/results measures the second that it may take; here others run too, and the best of three counts.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

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
        var best = TimeSpan.MaxValue;
        for (var round = 0; round < 3 && best > Longest; round++)
        {
            var (watch, before) = (Stopwatch.StartNew(), GC.GetAllocatedBytesForCurrentThread());
            var model = IdfText.Read(bytes);
            _ = (model.Needs, model.NeedsWeather, model.Has("Zone"), model.Version, model.Objects[^1].Line);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostAllocated);
            _ = (model.Risks.Count, model.LineOf("Zone", "nothing"));
            if (watch.Elapsed < best) best = watch.Elapsed;
        }
        Assert.True(best <= Longest, $"{kind}: {best}");
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

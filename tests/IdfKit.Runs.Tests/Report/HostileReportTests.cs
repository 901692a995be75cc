using System.Collections;
using System.Reflection;
using System.Text;
using System.Xml.Linq;

using IdfKit.Engine;
using IdfKit.Runs.Report;

namespace IdfKit.Runs.Tests.Report;

/// <summary>Names and texts of a model are text on the page, however they are made, and the page stays small.</summary>
public sealed class HostileReportTests
{
    private const string Attack = "<script>alert(1)</script>\"onload='alert(2)' ]]>--><svg/onload=x>&lt;\u202egnp\u0000\u001b[31m\ud800";

    /// <summary>All that our pages are made of: nothing that runs, and nothing that is fetched.</summary>
    private static readonly HashSet<string> Allowed =
    [
        "html", "html@lang", "head", "meta", "meta@charset", "meta@http-equiv", "meta@content", "meta@name", "title", "style", "body",
        "main",
        "p", "p@class", "p@aria-hidden", "h1", "h2", "span", "span@class", "span@aria-hidden", "div", "div@class", "div@aria-hidden",
        "div@tabindex", "div@role", "div@aria-label", "dl", "dl@class", "dt", "dd", "dd@class", "small", "b", "ol", "ol@class", "ul",
        "ul@class", "li", "i", "i@class", "details", "summary", "pre", "code", "table", "table@class", "caption", "caption@class", "thead",
        "tbody", "tfoot", "tr", "th", "th@scope", "th@class", "td", "td@class", "a", "a@href", "img", "img@alt", "img@src",
        "svg", "svg@class", "svg@viewBox", "svg@preserveAspectRatio", "svg@role", "svg@aria-label", "svg@aria-hidden",
        "rect", "rect@class", "rect@x", "rect@y", "rect@width", "rect@height", "line", "line@class", "line@x1", "line@x2", "line@y1",
        "line@y2",
        "text", "text@x", "text@y", "text@text-anchor",
    ];

    [Theory]
    [InlineData(RunStatus.Completed)]
    [InlineData(RunStatus.Failed)]
    [InlineData(RunStatus.Rejected)]
    [InlineData(RunStatus.Running)]
    public void No_text_of_a_run_becomes_markup(RunStatus status)
    {
        var marked = 0;
        var facts = (ReportFacts)Attacked(Whole(status), text => $"{Attack}{++marked}")!;
        Assert.InRange(marked, 60, 500);
        var page = new ParsedPage(ReportPage.Html(facts));

        Assert.Equal([], page.Kinds.Except(Allowed));
        Assert.All(page.Links, link => Assert.StartsWith("./", link, StringComparison.Ordinal));
        Assert.All(
            page.All("img"), image => Assert.StartsWith("data:image/png;base64,", image.Attribute("src")!.Value, StringComparison.Ordinal));
        Assert.DoesNotContain("<script", page.Html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;", page.Html, StringComparison.Ordinal);
        Assert.Equal([], page.Html.Where(letter => letter != '\n' && (char.IsControl(letter) || letter is '\u202e' or '\ud800')));
        var classes = page.Root.Descendants().Attributes("class").SelectMany(attribute => attribute.Value.Split(' '));
        Assert.All(classes, name => Assert.Matches("^[a-z0-9]*$", name));
    }

    [Theory]
    [InlineData("javascript:alert(1)", "./javascript%3Aalert%281%29")]
    [InlineData("https://example.org/a", null)]
    [InlineData("//example.org/a", null)]
    [InlineData("/etc/passwd", null)]
    [InlineData("../run.sql", null)]
    [InlineData("a/../../run.sql", null)]
    [InlineData("..\\run.sql", "./..%5Crun.sql")]
    [InlineData("?a#b", "./%3Fa%23b")]
    [InlineData("", null)]
    public void File_is_a_link_only_when_it_lies_below_the_page(string path, string? link)
    {
        var page = new ParsedPage(ReportPage.Html(SampleFacts.Year with { Files = [new(path, 1)] }));
        Assert.Equal(link is null ? ["./run.json"] : [link, "./run.json"], page.Links);
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("字")]
    [InlineData("🏠")]
    [InlineData("x")]
    public void Page_of_any_run_is_at_most_60_KB(string letter)
    {
        var page = ReportPage.Html(Huge(string.Concat(Enumerable.Repeat(letter, 1_000_000 / letter.Length))));
        Assert.InRange(Encoding.UTF8.GetByteCount(page), 10_000, 60_000);
        var parsed = new ParsedPage(page);
        Assert.Equal(7, parsed.Headings.Count());
        Assert.Contains("more files lie in the same folder", parsed.Text, StringComparison.Ordinal);
        Assert.Contains("Of 10,000 zones these", parsed.Text, StringComparison.Ordinal);
        Assert.Contains("more rows are not shown", parsed.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_of_a_failed_run_is_at_most_60_KB()
    {
        var huge = Huge(new string('"', 1_000_000));
        var page = ReportPage.Html(huge with { Record = huge.Record with { Status = RunStatus.Failed } });
        Assert.InRange(Encoding.UTF8.GetByteCount(page), 10_000, 60_000);
        _ = new ParsedPage(page);
    }

    [Fact]
    public void Many_zones_show_those_that_are_farthest_from_comfort()
    {
        var zones = Enumerable.Range(0, 500)
            .Select(at => new ZoneTemperatures($"ZONE {at}", 10, at == 250 ? 5 : 20, at == 300 ? 45 : 26, 50));
        var page = new ParsedPage(ReportPage.Html(SampleFacts.Year with { Zones = [.. zones] }));
        var shown = page.Section("Temperatures").Descendants("tbody").Single().Descendants("th").Select(name => name.Value).ToArray();
        Assert.Equal(["ZONE 300", "ZONE 250"], shown[..2]);
        Assert.Equal(40, shown.Length);
    }

    [Fact]
    public void Page_is_made_in_a_few_milliseconds()
    {
        _ = ReportPage.Html(SampleFacts.Year);
        var fastest = Enumerable.Range(0, 20).Min(_ => Time(() => ReportPage.Html(SampleFacts.Year)));
        Assert.InRange(fastest.TotalMilliseconds, 0, 50); // 4 on a quiet machine
    }

    private static TimeSpan Time(Action action)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        action();
        return watch.Elapsed;
    }

    /// <summary>Facts in which nothing is null or empty.</summary>
    private static ReportFacts Whole(RunStatus status) => SampleFacts.Year with
    {
        Record = SampleFacts.Record with
        {
            Status = status,
            Reason = RunReason.Fatal,
            Message = "Something happened.",
            Missing = ["inputs/a.epw"],
            Risks = ["It starts a program."],
            ResultsOf = new("0", "models", "inputs/earlier.idf", DateTimeOffset.UnixEpoch),
            Migration = new("9.4", "25.2", [new("Transition", "9.4", "9.5", 1, "Nothing.")]),
            Engine = new("25.2.0", "0123456789", true) { Confinement = "none" },
            Diagnostics = new(1, 1, 1, ["An error."]),
            MessageGroups =
            [
                .. SampleFacts.Record.MessageGroups, new(ErrSeverity.Severe, "An error.", 1, "Wall \"W\"") { Meaning = "It means." },
            ],
            LeftOut = "Much.",
        },
        Summary = SampleFacts.Summary with { WhyEmpty = "For a reason." },
    };

    /// <summary>Lists of 10,000 entries, each with a name of a million characters.</summary>
    private static ReportFacts Huge(string name)
    {
        const int Many = 10_000;
        var random = new Random(14);
        var names = Enumerable.Range(0, 50).Select(at => $"{at} {name}").ToArray();
        var text = name[..5000];
        MessageGroup Group(int at) => new(ErrSeverity.Severe, $"{at}{text}", 1, name) { Meaning = $"{at}{text}", Line = at };
        var uses = names.ToDictionary(use => use, _ => names.Take(20).ToDictionary(fuel => fuel, _ => 1.5));
        return Whole(RunStatus.Completed) with
        {
            Record = Whole(RunStatus.Completed).Record with
            {
                Input = new("models", name),
                Label = name,
                Message = name,
                Missing = [.. Enumerable.Repeat(name, Many)],
                Risks = [.. Enumerable.Repeat(name, Many)],
                Notices = [.. Enumerable.Repeat(name, 1_000)],
                AddedObjects = [.. Enumerable.Repeat(name, Many)],
                Tags = names.ToDictionary(tag => tag, _ => name),
                Options = new() { Outputs = [.. Enumerable.Repeat(name, Many)] },
                Diagnostics = new(long.MaxValue, long.MaxValue, 1, [.. Enumerable.Repeat(name, Many)]),
                MessageGroups = [.. Enumerable.Range(0, 500).Select(Group)],
                LeftOut = name,
            },
            Summary = SampleFacts.Summary with { EndUsesGj = uses, WhyEmpty = name },
            Months = new(new(2017, 1, 1), [.. Enumerable.Range(0, 200)
                .Select(at => new MonthlyUse(names[at % 50], names[at % 20], [.. Enumerable.Repeat(123_456_789.0 + at, 12)]))]),
            Electricity = new(new(2020, 1, 1), [.. Enumerable.Range(0, 8784).Select(_ => random.NextDouble() * 1e6)]),
            Zones = [.. Enumerable.Repeat(new ZoneTemperatures(name, -10.5, 15.5, 25.5, 45.5), Many)],
            Files = [.. Enumerable.Range(0, Many)
                .Select(at => new ReportFile(at % 100 == 0 ? name : $"{at}" + name[..200], long.MaxValue))],
        };
    }

    /// <summary>A copy in which each text is replaced, those of its parts included.</summary>
    private static object? Attacked(object? value, Func<string, string> replace)
    {
        if (value is string text) return replace(text);
        if (value is null or DateTimeOffset or DateOnly || value.GetType() is { IsPrimitive: true } or { IsEnum: true }) return value;
        if (value is IDictionary entries) return AttackedEntries(entries, replace);
        if (value is IEnumerable list) return AttackedList(list, replace);

        var type = value.GetType();
        var copy = type.GetMethod("<Clone>$")!.Invoke(value, null)!;
        foreach (var property in type.GetProperties().Where(property => property.CanWrite && property.Name != nameof(RunRecord.Schema)))
            property.SetValue(copy, Attacked(property.GetValue(value), replace));
        return copy;
    }

    private static IDictionary AttackedEntries(IDictionary entries, Func<string, string> replace)
    {
        var copy = (IDictionary)Activator.CreateInstance(entries.GetType())!;
        foreach (DictionaryEntry entry in entries) copy.Add(Attacked(entry.Key, replace)!, Attacked(entry.Value, replace));
        return copy;
    }

    private static Array AttackedList(IEnumerable list, Func<string, string> replace)
    {
        var items = list.Cast<object?>().Select(item => Attacked(item, replace)).ToArray();
        var element = list.GetType().GetInterfaces()
            .First(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IEnumerable<>))
            .GetGenericArguments()[0];
        var copy = Array.CreateInstance(element, items.Length);
        Array.Copy(items, copy, items.Length);
        return copy;
    }
}

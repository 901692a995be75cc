using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

using IdfKit.Studies.Page;

using RunBed.Studies;

namespace IdfKit.Studies.Tests.Page;

/// <summary>The page of a study as text: what it may do, what it asks for, and that nothing of others is markup in it.</summary>
public sealed partial class StudyPageTests
{
    private static readonly Dictionary<string, PageFacts> Pages = new(StringComparer.Ordinal)
    {
        ["sweep"] = MadeUpStudies.Sweep, ["ten thousand"] = MadeUpStudies.TenThousand, ["words"] = MadeUpStudies.Words,
        ["all failed"] = MadeUpStudies.AllFailed, ["nothing run"] = MadeUpStudies.NothingRun, ["one row"] = MadeUpStudies.OneRow,
        ["no columns"] = MadeUpStudies.NoColumns, ["refused"] = MadeUpStudies.Refused, ["wide"] = MadeUpStudies.Wide,
        ["hostile"] = MadeUpStudies.Hostile,
    };

    public static TheoryData<string> Names => [.. Pages.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Same_study_is_the_same_bytes(string name) => Assert.Equal(StudyPage.Html(Pages[name]), StudyPage.Html(Pages[name]));

    [Theory, MemberData(nameof(Names))]
    public void Markup_is_well_formed(string name)
    {
        var markup = Script().Replace(StudyPage.Html(Pages[name]), "");
        using var reader = XmlReader.Create(new StringReader(markup), new() { DtdProcessing = DtdProcessing.Ignore });
        while (reader.Read()) Assert.NotEqual(XmlNodeType.CDATA, reader.NodeType);
    }

    [Theory, MemberData(nameof(Names))]
    public void Policy_allows_its_own_style_and_script_and_nothing_else(string name)
    {
        var html = StudyPage.Html(Pages[name]);
        string Sources(string element) => string.Join(
            ' ',
            Regex.Matches(html, $"<{element}>(.*?)</{element}>", RegexOptions.Singleline)
                .Select(match => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(match.Groups[1].Value)))}'"));
        var script = Sources("script") is { Length: > 0 } sources ? $"script-src {sources}; " : "";
        var policy = $"default-src 'none'; style-src {Sources("style")}; {script}img-src data:; base-uri 'none'; form-action 'none'";
        Assert.Equal(policy, Policy().Match(html).Groups[1].Value.Replace("&#39;", "'", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Names))]
    public void Nothing_is_asked_for_elsewhere_and_links_lead_to_files_beside_it(string name)
    {
        var html = StudyPage.Html(Pages[name]);
        var markup = Script().Replace(html, "");
        Assert.DoesNotMatch("(src|srcset|action|poster|data|background)=\"", markup);
        Assert.All(Link().Matches(markup), link => Assert.Matches("^\\./[^:]*\\.(html|csv|parquet|json)$", link.Groups[1].Value));
        Assert.DoesNotContain("url(", markup, StringComparison.Ordinal);
        var scripts = string.Concat(Script().Matches(html).Where(script => !script.Value.Contains("json", StringComparison.Ordinal)));
        // A name, not asked for.
        Assert.All(Address().Matches(scripts), address => Assert.Equal("http://www.w3.org/2000/svg", address.Value));
        Assert.DoesNotMatch("fetch\\(|XMLHttpRequest|WebSocket|import\\(|innerHTML|insertAdjacentHTML|document\\.write|eval\\(", scripts);
    }

    [Fact]
    public void Texts_of_others_are_no_markup()
    {
        var html = StudyPage.Html(MadeUpStudies.Hostile);
        Assert.Equal(2, Regex.Count(html, "<script")); // its data and its own script
        Assert.Equal(2, Regex.Count(html, "</script"));
        Assert.DoesNotContain("<!--", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.DoesNotContain('\u2028', html);
    }

    [Fact]
    public void Page_says_how_many_completed_and_which_is_best()
    {
        var html = StudyPage.Html(MadeUpStudies.Sweep);
        Assert.Contains("<h1>office: 96 of 100 variants completed</h1>", html, StringComparison.Ordinal);
        Assert.Contains("<dt>Best: Site energy</dt><dd>97.1 kWh/m²<small>az090-ins20-u08</small>", html, StringComparison.Ordinal);
        Assert.Contains("href=\"./runs/az000-ins30-u11/report.html\">az000-ins30-u11</a>", html, StringComparison.Ordinal);
        Assert.Contains("<b>3 ×</b> The model names the construction TRIPLE GLAZING", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Refused_study_says_all_that_is_wrong_and_needs_no_script()
    {
        var html = StudyPage.Html(MadeUpStudies.Refused.Record, null);
        Assert.Contains("<li>Row 4: &lt;script&gt; is the name of row 2, too.</li>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.Contains("Refused", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_without_a_run_have_no_link()
    {
        var html = StudyPage.Html(MadeUpStudies.NothingRun);
        Assert.Contains("<th scope=\"row\">row-0</th><td>not run yet</td>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("report.html\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_grows_with_its_rows_and_not_beyond_its_bounds()
    {
        int Bytes(PageFacts facts) => Encoding.UTF8.GetByteCount(StudyPage.Html(facts));
        Assert.InRange(Bytes(MadeUpStudies.OneRow), 0, 70_000);
        Assert.InRange(Bytes(MadeUpStudies.TenThousand), 0, 1_200_000);
        Assert.InRange(Bytes(MadeUpStudies.HundredThousand), 0, 12_000_000);
        Assert.InRange(Bytes(MadeUpStudies.WideAndLong), 0, 12_000_000);
    }

    [Fact]
    public void Without_a_script_there_are_two_hundred_rows_and_the_way_to_the_others()
    {
        var html = StudyPage.Html(MadeUpStudies.TenThousand);
        Assert.Equal(200, Regex.Count(html, "<tr><th scope=\"row\">"));
        Assert.Contains("9,800 more rows are in results.csv.", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_for_which_there_is_no_room_are_named()
    {
        var html = StudyPage.Html(MadeUpStudies.WideAndLong);
        Assert.Matches(@"For [0-9]+ of the columns this page has no room \(Zone/ZONE [0-9]+/Multiplier, ", html);
        Assert.Contains("<dt>Best: Site energy</dt>", html, StringComparison.Ordinal); // figures are kept before others
        Assert.DoesNotContain("no room", StudyPage.Html(MadeUpStudies.Wide), StringComparison.Ordinal);
    }

    [GeneratedRegex("<script.*?</script>", RegexOptions.Singleline)]
    private static partial Regex Script();

    [GeneratedRegex("Content-Security-Policy\" content=\"([^\"]*)\"")]
    private static partial Regex Policy();

    [GeneratedRegex("href=\"([^\"]*)\"")]
    private static partial Regex Link();

    [GeneratedRegex("[a-z]+://[^\"'`]*")]
    private static partial Regex Address();
}

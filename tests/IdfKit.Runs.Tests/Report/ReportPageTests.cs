using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

using IdfKit.Engine;
using IdfKit.Runs.Report;
using TestBed;

namespace IdfKit.Runs.Tests.Report;

/// <summary>The page of a run: what stands on it, in which order, and what it does without.</summary>
public sealed partial class ReportPageTests
{
    /// <summary>
    /// A change of the page is read as a change of <c>report.html</c> beside this file. The image is left out of it: its bytes differ with
    /// the library that packs them.
    /// </summary>
    [Fact]
    public void Page_is_as_it_was_reviewed()
    {
        var page = Image().Replace(ReportPage.Html(SampleFacts.Year), "base64,…");
        var reviewed = Repository.PathOf("tests", "IdfKit.Runs.Tests", "Report", "report.html");
        var made = Path.Combine(AppContext.BaseDirectory, "report.html");
        File.WriteAllText(made, page);
        Assert.True(File.Exists(reviewed) && File.ReadAllText(reviewed) == page, $"Look at {made}; if it is right, copy it to {reviewed}.");
    }

    [Fact]
    public void Page_is_in_the_order_in_which_it_is_read()
    {
        var page = Page(SampleFacts.Year);
        Assert.Equal("library: 100 kWh/m², completed", page.All("title").First().Value);
        Assert.Equal("library", page.All("h1").Single().Value);
        Assert.Equal(
            [
                "Look at these before you trust the figures", "Where the energy goes", "Month by month, MWh",
                "Electric power, every hour of the year", "Temperatures", "Files of this run", "How it was made",
            ],
            page.Headings);
        Assert.Contains("The whole year was simulated with the weather of Hamlet, XX (TMY3).", page.Text, StringComparison.Ordinal);
        Assert.Contains("EnergyPlus gave 5 warnings, none of them severe.", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Figures_are_in_the_units_of_each_reader()
    {
        var figures = Page(SampleFacts.Year).All("dl").Single().Elements().Select(figure => figure.Value).ToArray();
        Assert.Equal(
            [
                "Energy use intensity, site100 kWh/m²360 MJ/m² · 31.7 kBtu/ft²",
                "Site energy200 MWh720 GJ on 2,000 m² (source: 1,900 GJ)",
                "Electric peak94.0 kW19 Jul, 15:30, 47.0 W/m²",
                "Setpoints not met while occupied12 hheating 10, cooling 1; ASHRAE 90.1 allows 300",
            ],
            figures);
    }

    [Fact]
    public void Figures_of_a_run_in_parts_say_so_where_they_stand()
    {
        var facts = SampleFacts.Year;
        var segments = new RunSegments("periods", 2, ["Winter", "<b>Summer</b>"], ["eplustbl.htm"], []);
        var page = Page(facts with { Record = facts.Record with { Segments = segments } });
        var said = page.All("dl").Single().ElementsAfterSelf().First();
        Assert.Equal("These figures were simulated in 2 parts side by side and added up: Winter, <b>Summer</b>.", said.Value);
        Assert.DoesNotContain("in 2 parts", Page(facts).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Figures_of_a_year_in_parts_say_how_far_these_are_apart()
    {
        var facts = SampleFacts.Year;
        var segments = new RunSegments("year", 3, ["01-01 to 04-30", "05-01 to 07-31", "08-01 to 12-31"], ["eplustbl.htm"], [])
        {
            Seams =
            [
                new("05-01", 19, 12, "Electricity:Facility", 0.01219, 0.0004),
                new("08-01", 20, 9, "NaturalGas:Facility", 0.001, 0.05),
            ],
        };
        var page = Page(facts with { Record = facts.Record with { Segments = segments } });
        var said = page.All("dl").Single().ElementsAfterSelf().First();
        Assert.Equal(
            "The year was simulated in 3 parts side by side and joined. Where two report the same days, energy differs "
                + "by up to 0.0122 % of the year if it lasts; zone air by 0.050 K.", said.Value);
    }

    [Fact]
    public void Page_asks_for_nothing_elsewhere()
    {
        var page = Page(SampleFacts.Year);
        var policy = page.All("meta").Single(meta => meta.Attribute("http-equiv") is not null).Attribute("content")!.Value;
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", policy, StringComparison.Ordinal);
        Assert.Equal([], page.Root.Descendants().Attributes().Where(attribute => attribute.Name == "style" || attribute.Name == "src"
            && !attribute.Value.StartsWith("data:image/png;base64,", StringComparison.Ordinal)));
        Assert.DoesNotContain("url(", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("http:", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("https:", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Style_is_the_one_that_the_policy_allows()
    {
        var page = Page(SampleFacts.Year);
        var begin = page.Html.IndexOf("<style>", StringComparison.Ordinal) + "<style>".Length;
        var style = page.Html[begin..page.Html.IndexOf("</style>", StringComparison.Ordinal)];
        var hash = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(style)));
        var policy = page.All("meta").Single(meta => meta.Attribute("http-equiv") is not null).Attribute("content")!.Value;
        Assert.Contains($"'sha256-{hash}'", policy, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_are_links_to_what_lies_beside_the_page()
    {
        var page = Page(SampleFacts.Year);
        Assert.Equal(
            [
                "./eplustbl.htm", "./eplusout.err", "./eplusout.sql", "./eplusout.eso", "./a%20folder/%C3%9F%20%26%2050%20%25.csv",
                "./summary.json", "./run.json",
            ],
            page.Links);
        Assert.Contains("13.8 MB", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_and_weather_of_another_place_stand_before_notes_and_warnings()
    {
        var record = SampleFacts.Record with
        {
            Message = "EnergyPlus completed with 1 severe error; read it in the .err file before you trust the results. "
                + "The weather is of A, but the model's Site:Location is B; EnergyPlus took the place of the weather.",
            Diagnostics = new(3, 1, 0, []),
            MessageGroups =
            [
                new(ErrSeverity.Warning, "Weather file location will be used rather than entered", 1, null) { Meaning = "Another place." },
                new(ErrSeverity.Severe, "A surface is not flat.", 1, "Wall \"W\"") { Line = 7 },
                .. SampleFacts.Record.MessageGroups,
            ],
        };
        var page = Page(SampleFacts.Year with { Record = record });
        var entries = page.Section("Look at these").First().Elements("li").Select(entry => entry.Nodes().First().ToString() + entry.Value);

        Assert.Collection(
            entries,
            entry => Assert.Contains("Another place.", entry, StringComparison.Ordinal),
            entry => Assert.Contains("Wall \"W\" (line 7): A surface is not flat.", entry, StringComparison.Ordinal),
            entry => Assert.EndsWith("</span>note EnergyPlus completed with 1 severe error; read it in the .err file before you trust the "
                + "results.", entry, StringComparison.Ordinal),
            entry => Assert.Contains("'Use.csv' was taken for it.", entry, StringComparison.Ordinal),
            entry => Assert.Contains("Window \"HALL EAST\" (line 412): A window of Hall", entry, StringComparison.Ordinal),
            entry => Assert.Contains("Delete the object.", entry, StringComparison.Ordinal));
        Assert.Contains("Completed, with severe errors", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Messages_with_one_meaning_are_one_entry()
    {
        MessageGroup Group(string text, long count) => new(ErrSeverity.Warning, text, count, null) { Meaning = "The same." };
        var record = SampleFacts.Record with { Notices = [], MessageGroups = [Group("one", 1), Group("other", 19)] };
        var entry = Page(SampleFacts.Year with { Record = record }).Section("Look at these").First().Elements("li").Single();

        Assert.StartsWith("20 × warning The same.", entry.Value, StringComparison.Ordinal);
        Assert.Equal(["one", "other"], entry.Descendants("pre").Select(text => text.Value));
    }

    [Fact]
    public void Run_without_a_complaint_says_so()
    {
        var record = SampleFacts.Record with { Notices = [], MessageGroups = [], Diagnostics = new(0, 0, 0, []) };
        var page = Page(SampleFacts.Year with { Record = record });
        Assert.Contains("EnergyPlus complained of nothing.", page.Text, StringComparison.Ordinal);
        Assert.Contains("nothing else is known to be wrong", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RunStatus.Failed, RunReason.Fatal, "Failed")]
    [InlineData(RunStatus.Failed, RunReason.GaveUp, "Given up")]
    [InlineData(RunStatus.TimedOut, RunReason.Deadline, "Stopped: out of time")]
    [InlineData(RunStatus.Crashed, RunReason.Signal, "Crashed")]
    [InlineData(RunStatus.Rejected, RunReason.NoWeather, "Not started")]
    public void Run_that_did_not_complete_says_what_happened_and_what_to_do(RunStatus status, string reason, string word)
    {
        var page = Page(SampleFacts.Ended(status, reason, "Something happened to office.idf; correct it."));
        Assert.Equal("✗ " + word, page.All("span").First(span => span.Attribute("class")?.Value == "state bad").Value);
        Assert.Equal(["What happened", "Files of this run", "How it was made"], page.Headings);
        var said = string.Concat(page.Section("What happened").Select(element => element.Value));
        Assert.Contains("Something happened to office.idf; correct it.", said, StringComparison.Ordinal);
        Assert.Contains("drop the model again", said, StringComparison.Ordinal);
        Assert.Equal(["./run.json"], page.Links);
    }

    [Fact]
    public void Error_is_shown_with_its_place_in_the_model()
    {
        var facts = SampleFacts.Ended(RunStatus.Failed, RunReason.Fatal, "The model names a schedule that it does not have.");
        facts = facts with
        {
            Record = facts.Record with
            {
                Diagnostics = new(0, 1, 1, ["Lights = LAMPS, Schedule = OPENING HOURS, item not found."]),
                MessageGroups =
                [
                    new(ErrSeverity.Fatal, "Errors found; program terminates.", 1, null),
                    new(ErrSeverity.Severe, "Lights = LAMPS, item not found.", 1, "Lights \"Lamps\"") { Line = 51, Meaning = "None." },
                ],
            },
        };
        var page = Page(facts);
        Assert.Contains("In the model look at Lights \"Lamps\" (line 51).", page.Text, StringComparison.Ordinal);
        Assert.Contains("OPENING HOURS, item not found.", page.Text, StringComparison.Ordinal);
        Assert.Equal("What EnergyPlus said", page.Headings.ElementAt(1));
    }

    [Fact]
    public void Rejected_model_lists_what_it_waits_for_and_what_makes_it_unsafe()
    {
        var facts = SampleFacts.Ended(RunStatus.Rejected, RunReason.NoWeather, "There is no weather.");
        facts = facts with { Record = facts.Record with { Missing = ["inputs/a.epw", "inputs/*.epw"], Risks = ["It starts a program."] } };
        var page = Page(facts);
        var listed = page.Section("What happened").Descendants("li").Select(entry => entry.Value);
        Assert.Equal(["It starts a program.", "inputs/a.epw", "inputs/*.epw"], listed);
        Assert.Contains("runs by itself as soon as one of these is there", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("When the cause is mended", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_without_a_message_still_says_that_it_did_not_complete()
    {
        var page = Page(SampleFacts.Ended(RunStatus.Crashed, null, null));
        Assert.Contains("its record does not say why", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_run_that_was_stopped_has_written_is_shown_all_the_same()
    {
        var facts = SampleFacts.Year with { Record = SampleFacts.Record with { Status = RunStatus.TimedOut, Message = "Too slow." } };
        Assert.Equal(8, Page(facts).Headings.Count());
    }

    [Fact]
    public void Replayed_run_and_cached_results_say_so()
    {
        var replayed = SampleFacts.Record with { Engine = new("25.2.0", null, true) };
        var page = Page(SampleFacts.Year with { Record = replayed });
        Assert.Contains("a recorded run of the same model", page.Text, StringComparison.Ordinal);
        var origin = new RunOrigin("0", "models", "inputs/earlier.idf", new(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(1)));
        var cached = SampleFacts.Record with { ResultsOf = origin };
        Assert.Contains(
            "that of inputs/earlier.idf, begun on 2026-01-02 02:04 UTC.",
            Page(SampleFacts.Year with { Record = cached }).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_of_design_days_alone_has_no_figures_and_says_why()
    {
        const string Why = "Only the design days were simulated, so there are no yearly figures.";
        var summary = new EnergySummary { HoursSimulated = 0, WhyEmpty = Why };
        var record = SampleFacts.Record with { Message = Why, Notices = [], MessageGroups = [] };
        var page = Page(new() { Record = record, Summary = summary });
        Assert.Empty(page.All("dl"));
        Assert.Equal(1, Count(page.Text, Why));
        Assert.Equal(["Look at these before you trust the figures", "Files of this run", "How it was made"], page.Headings);
    }

    [Fact]
    public void Figures_that_the_results_lack_are_named()
    {
        var page = Page(SampleFacts.Year with { Months = null, Electricity = null, Zones = [] });
        Assert.Contains("do not tell: energy by month, electricity by hour, temperatures.", page.Text, StringComparison.Ordinal);
        Assert.Equal(4, page.Headings.Count());
    }

    [Fact]
    public void Use_without_months_is_named_beside_the_months() => Assert.Contains(
        "no figures by month: exterior lighting.", Page(SampleFacts.Year).Text, StringComparison.Ordinal);

    [Fact]
    public void Part_of_a_year_is_called_one()
    {
        var week = new SummaryPeriod("Week", "2017-07-03", "2017-07-09", 168);
        var summary = SampleFacts.Summary with { HoursSimulated = 168, Periods = [week] };
        var power = new HourlyPower(new(2017, 7, 3), [.. Enumerable.Range(0, 168).Select(hour => 1_000.0 + hour)]);
        var months = new MonthlyEnergy(new(2017, 7, 3), [new("fans", "electricity", [12.5])]);
        var page = Page(SampleFacts.Year with { Summary = summary, Electricity = power, Months = months });

        Assert.Contains("168 hours (2017-07-03 to 2017-07-09) were simulated", page.Text, StringComparison.Ordinal);
        Assert.Contains("not of a year", page.Text, StringComparison.Ordinal);
        Assert.Contains("Electric power, hour by hour", page.Headings);
        Assert.Equal(["3 Jul", "5 Jul", "7 Jul", "9 Jul"], page.All("svg").Single(IsAxis).Elements().Select(label => label.Value));
        Assert.Contains("Month by month, kWh", page.Headings);
    }

    [Fact]
    public void Year_that_begins_in_July_and_has_a_leap_day_keeps_its_order()
    {
        var power = new HourlyPower(new(2019, 7, 1), [.. Enumerable.Range(0, 8784).Select(hour => (double)hour)]);
        var months = SampleFacts.Months with { First = new(2019, 7, 1) };
        var page = Page(SampleFacts.Year with { Electricity = power, Months = months });

        string[] order = ["Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun"];
        Assert.Equal(order, page.All("svg").Single(IsAxis).Elements().Select(label => label.Value));
        var heads = page.Section("Month by month").Descendants("thead").Single().Descendants("th").Select(cell => cell.Value);
        Assert.Equal(["Use", .. order, "All"], heads);
        Assert.Contains("the highest on 30 Jun, 23–24 h", page.All("img").Single().Attribute("alt")!.Value, StringComparison.Ordinal);
        Assert.Contains("of 366 days", page.All("img").Single().Attribute("alt")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void More_than_a_year_of_hours_is_cut_to_the_first()
    {
        var power = new HourlyPower(new(2017, 1, 1), [.. Enumerable.Repeat(1_000.0, 20_000)]);
        var page = Page(SampleFacts.Year with { Electricity = power });
        Assert.Contains("Only the first year is shown.", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Charts_of_one_of_several_run_periods_say_which()
    {
        const string Which = "Of the run period Summer <b> alone, the longest of 3.";
        OneOfPeriods period = new("Summer <b>", 3);
        var page = Page(SampleFacts.Year with { MeteredPeriod = period, ZonesPeriod = period });
        foreach (var section in (string[])["Month by month", "Electric power", "Temperatures"])
            Assert.Contains(Which, Told(page, section), StringComparison.Ordinal);
        Assert.DoesNotContain("run period", Page(SampleFacts.Year).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Year_of_several_is_called_one()
    {
        const string Last = "Of 17,520 simulated hours the figures are of the last 8,760: EnergyPlus's tables begin anew";
        var summary = SampleFacts.Summary with { Periods = [new("Two", "2017-01-01", "2018-12-31", 17_520)] };
        var page = Page(SampleFacts.Year with
        {
            Record = SampleFacts.Record with { Message = RunSentences.NotAYear(summary) },
            Summary = summary,
            Months = SampleFacts.Months with { IsCut = true },
            Electricity = SampleFacts.Electricity with { IsCut = true },
            ZonesAreCut = true,
        });
        Assert.Equal(1, Count(page.Text, Last));
        Assert.DoesNotContain("The whole year", page.Text, StringComparison.Ordinal);
        Assert.Contains("Only the first twelve months are shown.", Told(page, "Month by month"), StringComparison.Ordinal);
        Assert.Contains("Only the first year is shown.", Told(page, "Electric power"), StringComparison.Ordinal);
        Assert.Contains("Only the first year is shown.", Told(page, "Temperatures"), StringComparison.Ordinal);
        Assert.DoesNotContain("Only the first", Page(SampleFacts.Year).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Zones_and_files_whose_long_names_differ_at_one_end_or_nowhere_are_told_apart()
    {
        const string Long = "THE ZONE OF A MODEL THAT A PROGRAM HAS NAMED, STOREY";
        string[] names =
        [
            $"{Long} 1", $"{Long} 12", $"{Long} A {Long}", $"{Long} B {Long}", "HALL", "A" + Long, "\U0001F3E0" + Long + " 1",
        ];
        var page = Page(SampleFacts.Year with
        {
            Zones = [.. names.Select(name => new ZoneTemperatures(name, 10, 20, 25, 30))],
            Files = [.. names.Select(name => new ReportFile($"{Long}/{name}.csv", 1))],
        });
        foreach (var section in (string[])["Temperatures", "Files of this run"])
        {
            var shown = Rows(page, section);
            Assert.Equal(shown, shown.Distinct());
        }
        var zones = Rows(page, "Temperatures");
        Assert.Equal(names.Length, zones.Length);
        Assert.All(zones, zone => Assert.InRange(zone.Length, 4, 48));
        Assert.EndsWith("STOREY 12", zones[1], StringComparison.Ordinal);
        Assert.Equal("HALL", zones[4]);
    }

    [Fact]
    public void Fuels_have_colours_of_their_own_as_far_as_there_are_any()
    {
        string[] fuels =
        [
            "electricity", "natural_gas", "district_cooling", "district_heating_water", "district_heating_steam", "propane", "coal",
            "diesel", "gasoline", "other_fuel_1", "other_fuel_2",
        ];
        var uses = new Dictionary<string, Dictionary<string, double>> { ["heating"] = fuels.ToDictionary(fuel => fuel, _ => 10.0) };
        var page = Page(SampleFacts.Year with { Summary = SampleFacts.Summary with { EndUsesGj = uses } });

        var legend = page.Section("Where the energy goes").Single(part => part.Name == "ul").Elements().ToArray();
        var colours = legend.Select(entry => entry.Element("i")!.Attribute("class")!.Value).ToArray();
        Assert.Equal(colours, colours.Distinct());
        Assert.Equal("other fuel 1, other fuel 2", legend[^1].Value);
        Assert.Equal(["district heating water", "district heating steam", "propane"], legend[3..6].Select(entry => entry.Value));
    }

    private static string[] Rows(ParsedPage page, string section) =>
        [.. page.Section(section).DescendantsAndSelf("tbody").Single().Descendants("th").Select(cell => cell.Value)];

    private static string Told(ParsedPage page, string section) => string.Concat(page.Section(section).Select(part => part.Value));

    [Theory]
    [InlineData(1e300)]
    [InlineData(-1e300)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.Epsilon)]
    [InlineData(0)]
    public void Page_is_made_of_any_number(double value)
    {
        var summary = new EnergySummary
        {
            SiteEnergyGj = value, SourceEnergyGj = value, SiteEuiMjM2 = value, TotalAreaM2 = value, HoursSimulated = value,
            EndUsesGj = new() { ["heating"] = new() { ["coal"] = value, ["electricity"] = 1 }, ["fans"] = new() { ["coal"] = value } },
            UnmetHours = new(value, value, value, value), Peaks = [new("electricity", value, "31-DEC-24:00")],
        };
        var facts = SampleFacts.Year with
        {
            Summary = summary,
            Months = new(DateOnly.MaxValue, [new("heating", "coal", [value, 1, value]), new("fans", "electricity", [])]),
            Electricity = new(DateOnly.MaxValue, [.. Enumerable.Repeat(value, 100), 5, value]),
            Zones = [new("Z", value, value, value, value), new("Y", value, 20, -value, 1)],
            FunctionMegabytes = int.MaxValue,
        };
        Assert.Contains("How it was made", Page(facts).Headings);
    }

    [Fact]
    public void Page_is_the_same_in_any_culture()
    {
        var elsewhere = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (elsewhere.NumberFormat.NumberDecimalSeparator, elsewhere.NumberFormat.NumberGroupSeparator) = (",", "\u202f");
        elsewhere.NumberFormat.NegativeSign = "−";
        elsewhere.DateTimeFormat.AbbreviatedMonthNames =
            ["Oca", "Şub", "Mar", "Nis", "May", "Haz", "Tem", "Ağu", "Eyl", "Eki", "Kas", "Ara", ""];
        var facts = SampleFacts.Year with { Zones = [new("I i İ ı", -12.25, 1.5, 20, 30)] };
        var page = ReportPage.Html(facts);

        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = elsewhere;
        try { Assert.Equal(page, ReportPage.Html(facts)); }
        finally { CultureInfo.CurrentCulture = before; }
    }

    [Fact]
    public void Every_picture_has_words_and_a_table()
    {
        var page = Page(SampleFacts.Year);
        foreach (var heading in (string[])["Where the energy goes", "Month by month", "Electric power", "Temperatures"])
            Assert.NotEmpty(page.Section(heading).SelectMany(element => element.DescendantsAndSelf("table")));
        Assert.All(page.All("svg"), picture => Assert.True(
            picture.Attribute("aria-hidden")?.Value == "true" || picture.Attribute("aria-label")?.Value.Length > 10));
        Assert.All(page.All("img"), picture => Assert.NotEmpty(picture.Attribute("alt")!.Value));
        Assert.All(page.All("th"), cell => Assert.NotNull(cell.Attribute("scope")));
    }

    private static bool IsAxis(XElement element) => element.Attribute("class")?.Value == "axis";

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static ParsedPage Page(ReportFacts facts) => new(ReportPage.Html(facts));

    [GeneratedRegex("base64,[A-Za-z0-9+/=]+", RegexOptions.None, 1_000)]
    private static partial Regex Image();
}

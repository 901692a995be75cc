using System.Text;

using IdfKit.Studies.Page;

using RunBed.Studies;

namespace IdfKit.Studies.Tests.Page;

/// <summary>What the page shows first, and how it calls columns.</summary>
public sealed class PageContentTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Material/Insulation/Thickness", "Thickness", "Insulation")]
    [InlineData("Building//North Axis", "North Axis", "Building")]
    [InlineData("Lights/*/Watts per Floor Area", "Watts per Floor Area", "every Lights")]
    [InlineData("Zone/a\\/b/Multiplier", "Multiplier", "a/b")]
    [InlineData("@@glazing@@", "glazing", null)]
    [InlineData("weather", "weather", null)]
    [InlineData("$depth", "$depth", null)]
    public void Parameter_is_called_by_its_field_and_object(string heading, string label, string? owner) =>
        Assert.Equal(new ColumnLabel(label, owner), ColumnLabels.OfParameter(heading));

    [Theory]
    [InlineData("site_eui_kwh_m2", "Site energy", "kWh/m²")]
    [InlineData("source_energy_gj", "Source energy", "GJ")]
    [InlineData("unmet_hours_occupied_cooling", "Not met: occupied cooling", "h")]
    [InlineData("end_uses_gj_interior_lighting_electricity", "Interior lighting electricity", "GJ")]
    [InlineData("peaks_natural_gas_watts", "Peak, natural gas", "W")]
    [InlineData("total_area_m2", "Total area", "m²")]
    [InlineData("what_a_later_version_added", "What a later version added", null)]
    [InlineData("_m2", "M2", null)]
    public void Figure_is_called_in_words_with_its_unit(string name, string label, string? unit) =>
        Assert.Equal(new ColumnLabel(label, Unit: unit), ColumnLabels.OfFigure(name));

    [Fact]
    public void Rows_are_compared_by_energy_by_area_first()
    {
        var content = PageContent.Of(MadeUpStudies.Sweep);
        Assert.Equal("site_eui_kwh_m2", content.Columns[content.Figure!.Value].Name);
    }

    [Theory]
    [InlineData("heating_kwh_m2")]
    [InlineData("Material/Insulation/Thickness")]
    public void Varied_parameters_and_figures_are_shown_first(string name) =>
        Assert.Contains(name, ShownOf(MadeUpStudies.Sweep));

    [Theory]
    [InlineData("total_area_m2")]
    [InlineData("hours_simulated")]
    [InlineData("end_uses_gj_heating_natural_gas")]
    public void What_is_the_same_everywhere_or_said_already_is_not(string name) =>
        Assert.DoesNotContain(name, ShownOf(MadeUpStudies.Sweep));

    [Fact]
    public void At_most_twelve_columns_are_shown_first()
    {
        Assert.InRange(PageContent.Of(MadeUpStudies.Wide).Shown.Count, 8, 12);
        Assert.Contains("site_eui_kwh_m2", ShownOf(MadeUpStudies.Wide));
    }

    [Fact]
    public void Row_that_is_called_base_is_the_base()
    {
        Assert.Equal(0, PageContent.Of(MadeUpStudies.Words).Base);
        Assert.Null(PageContent.Of(MadeUpStudies.Sweep).Base);
    }

    [Fact]
    public void Numbers_have_as_many_decimals_as_tell_them_apart()
    {
        int Decimals(params double[] numbers) =>
            new PageColumn { Name = "a", Label = new("a"), Role = ColumnRole.Figure, Numbers = numbers }.Decimals;
        Assert.Equal(0, Decimals(1, 5, double.NaN));
        Assert.Equal(1, Decimals(57.54, 148.93));
        Assert.Equal(0, Decimals(5806.2, 7425.1));
        Assert.Equal(4, Decimals(0.0512, 0.0899));
        Assert.Equal(0, Decimals(double.NaN));
        Assert.Equal(2, Decimals(1.5, 1.5));
    }

    [Fact]
    public async Task Page_is_made_of_a_collected_study()
    {
        using var bed = new StudyBed().WithOneZone();
        bed.With("office.study.csv", "name,Building//North Axis\nbase,\nturned,-45\n");
        Directory.CreateDirectory(bed["out", "runs", "turned"]);
        await File.WriteAllTextAsync(
            bed["out", "runs", "turned", "run.json"],
            """
            {"schema": "idfkit.run/1", "run_id": "1", "status": "completed", "timings_ms": {"total": 1500}, "engine": {"version": "25.2.0"},
             "weather": {"bucket": "b", "key": "inputs/golden.epw"}, "summary": {"site_eui_kwh_m2": 101.5, "warnings": 3, "severe": 0}}
            """,
            Token);
        var study = bed.Read();
        var table = await StudyTable.CollectAsync(study, bed["out"], cancellationToken: Token);
        var record = new StudyRecord
        {
            Status = StudyStatus.Collected, Input = new("b", "inputs/office.study.csv"), Rows = 2,
            Parameters = [new("Building//North Axis", StudyColumnKind.Field, 1)], FinishedAt = DateTimeOffset.UnixEpoch,
        };
        var html = StudyPage.Html(record, table);
        Assert.Contains("<h1>office: 1 of 2 variants completed</h1>", html, StringComparison.Ordinal);
        Assert.Contains("<a href=\"./runs/turned/report.html\">turned</a>", html, StringComparison.Ordinal);
        Assert.Contains("golden.epw · EnergyPlus 25.2.0 · 1.5 s of simulation", html, StringComparison.Ordinal);
        Assert.Contains("<td class=\"n\">-45</td>", html, StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(html), 0, 70_000);
    }

    private static IEnumerable<string> ShownOf(PageFacts facts)
    {
        var content = PageContent.Of(facts);
        return content.Shown.Select(at => content.Columns[at].Name);
    }
}

using System.Text.RegularExpressions;
using TestBed;

using IdfKit.Runs;
using IdfKit.Function;

namespace IdfKit.Lambda.Tests;

/// <summary>The dashboard of template.yaml, held against the metrics that log lines carry.</summary>
public sealed class DashboardTests
{
    private static readonly string Template = File.ReadAllText(Repository.PathOf("template.yaml"));

    [Fact]
    public void Dashboard_shows_every_metric_of_a_run_and_no_other()
    {
        var shown = Regex.Matches(Template, $@"\[""{RunMetrics.Namespace}"", ""(\w+)"", ""function_name"", ""\$\{{Function\}}""")
            .Select(match => match.Groups[1].Value);
        Assert.Equal(RunMetrics.Names.Order(StringComparer.Ordinal), shown.Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(Regex.Count(Template, $@"""{RunMetrics.Namespace}"","), shown.Count());
    }

    [Fact]
    public void Dashboard_counts_runs_by_every_status_that_one_can_end_with()
    {
        var shown = Regex.Matches(Template, @"""runs"", ""function_name"", ""\$\{Function\}"", ""status"", ""(\w+)""")
            .Select(match => match.Groups[1].Value);
        Assert.Equal(Enum.GetNames<RunStatus>().Except([nameof(RunStatus.Running)]).Order(StringComparer.Ordinal),
            shown.Order(StringComparer.Ordinal));
    }
}

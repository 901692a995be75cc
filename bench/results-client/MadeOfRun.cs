using System.Text;

using IdfKit.Engine;
using IdfKit.Runs;
using IdfKit.Runs.Publishing;
using IdfKit.Runs.Records;
using IdfKit.Runs.Report;
using IdfKit.Runs.Staging;
using IdfKit.Runs.TimeSeries;

namespace ResultsBench;

/// <summary>The files that are made beside those of a run of EnergyPlus: of its series, and its page.</summary>
internal sealed class MadeOfRun(string model, string weather, string results)
{
    public async Task<long> MakeAsync(bool series, bool report)
    {
        using var workspace = Workspace.Create(Path.GetTempPath(), Guid.NewGuid().ToString("N"));
        var staged = StagedModel.Read(model, Path.GetFileName(model));
        var outputs = new RunOutputs(results);
        var ended = new EngineRun { Outcome = RunOutcome.Completed };
        var (record, summary) = EndedRun.Describe(Begun(), ended, outputs, staged.Model, default);
        if (series) await new SeriesMaking(workspace, outputs, record, summary).MakeAsync(CancellationToken.None);
        if (report) await ReportAsync(workspace, record, outputs, staged.Model);
        return workspace.Made.Sum(file => file.SizeBytes);
    }

    private async Task ReportAsync(Workspace workspace, RunRecord record, RunOutputs outputs, Model read)
    {
        var facts = new FactsOfRun
        {
            Record = record,
            Summary = record.Summary,
            Outputs = outputs,
            Files = LeftResults.In(results, new ResultRule("eplus", null), workspace.Made).Files,
            WeatherPath = weather,
            Model = read,
        };
        var page = Encoding.UTF8.GetBytes(ReportPage.Html(facts.Read(CancellationToken.None)));
        await workspace.MakeAsync(RunRecordFile.ReportName, page, CancellationToken.None);
    }

    private RunRecord Begun() => new()
    {
        RunId = "1",
        Status = RunStatus.Running,
        Input = new("bench", Path.GetFileName(model)),
        StartedAt = DateTimeOffset.UtcNow,
        Options = new() { Annual = true },
    };
}

using IdfKit.Engine;
using IdfKit.Engine.Models;
using IdfKit.Engine.Results;

namespace IdfKit.Runs.Records;

/// <summary>Why a completed run has no site energy.</summary>
/// <param name="record">The run, for its inputs and options.</param>
/// <param name="model">The model as it was dropped; null when it is not known.</param>
/// <param name="next">What the modeller does next.</param>
internal sealed class EmptySummary(RunRecord record, Model? model, NextStep next)
{
    /// <summary>One sentence; null when there is site energy.</summary>
    public string? Why(EnergySummary summary)
    {
        if (summary.SiteEnergyGj is not null) return null;
        if (model is null) return summary.HoursSimulated is 0 ? RunSentences.DesignDaysWithoutPeriod(next.Again) : RunSentences.NoTables;
        var isWithoutHours = summary.HoursSimulated is 0 || (summary.HoursSimulated is null && !AsksForYear(model));
        return isWithoutHours ? OfPeriods(model) : OfTables(new(model));
    }

    private bool AsksForYear(Model read) => !record.Options.DesignDay && (record.Options.Annual || read.Plan.SimulatesRunPeriods);

    private string OfPeriods(Model read)
    {
        var hasWeather = record.Weather is not null;
        var ranDesignDays = record.Options.DesignDay || read.Plan.SimulatesDesignDays;
        if (record.Options.DesignDay && read.Plan.SimulatesRunPeriods)
            return hasWeather ? RunSentences.DesignDaysAsked(next.JobFile, next.Again) : RunSentences.DesignDaysWithoutWeather(next.Again);
        if (!read.Has("RunPeriod"))
            return ranDesignDays ? RunSentences.DesignDaysWithoutPeriod(next.Again) : RunSentences.NothingWithoutPeriod(next.Again);
        return ranDesignDays
            ? RunSentences.DesignDaysByControl(next.JobFile, hasWeather, next.Again)
            : RunSentences.NothingByControl(next.JobFile, hasWeather, next.Again);
    }

    private string OfTables(OutputSettings settings)
    {
        if (settings is { IsSqlOff: true, IsTableFileOff: true }) return RunSentences.TablesOff(next.Again);
        if (settings is { IsSqlOff: true, IsTableFileRead: false }) return RunSentences.TablesUnread(settings.TableStyle, next.Again);
        var hasOwnList = model!.Has("Output:Table:SummaryReports");
        var lacksReport = hasOwnList && !settings.HasReport(SummaryTables.Annual) && !IsReportAdded();
        return lacksReport ? RunSentences.NoAnnualReport(next.Again) : RunSentences.NoTables;
    }

    private bool IsReportAdded() =>
        record.AddedObjects.Any(added => added.Contains(SummaryTables.Annual, StringComparison.OrdinalIgnoreCase));
}

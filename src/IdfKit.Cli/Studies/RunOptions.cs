using System.CommandLine;

namespace IdfKit.Cli.Studies;

/// <summary>The options that say how rows are run.</summary>
/// <param name="Annual">Whole years.</param>
/// <param name="DesignDay">Design days.</param>
/// <param name="Weather">Of rows that name none.</param>
internal sealed record RunOptions(Option<bool> Annual, Option<bool> DesignDay, Option<string?> Weather)
{
    public void AddTo(Command command)
    {
        command.Add(Annual);
        command.Add(DesignDay);
        command.Add(Weather);
        command.Validators.Add(result =>
        {
            if (result.GetValue(Annual) && result.GetValue(DesignDay)) result.AddError(CliSentences.BothPeriods);
        });
    }

    public RunManner Of(ParseResult parsed) =>
        new(parsed.GetValue(Annual), parsed.GetValue(DesignDay), parsed.GetValue(Weather));
}

/// <summary>How the rows of a study are run.</summary>
/// <param name="Annual">Whole years.</param>
/// <param name="DesignDay">Design days.</param>
/// <param name="Weather">Of rows that name none; null: what lies beside the model.</param>
internal sealed record RunManner(bool Annual, bool DesignDay, string? Weather);

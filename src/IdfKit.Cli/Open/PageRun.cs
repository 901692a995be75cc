using IdfKit.Cli.Watch;
using IdfKit.Runs;

namespace IdfKit.Cli.Open;

/// <summary>A run as the page shows it.</summary>
/// <param name="Folder">Of its results, relative to those of the place.</param>
/// <param name="Name">For people.</param>
/// <param name="Status">As <c>idfkit watch</c> says it.</param>
internal sealed record PageRun(string Folder, string Name, string Status)
{
    public string? RunId { get; init; }

    public string? Reason { get; init; }

    public string? Message { get; init; }

    public double? Seconds { get; init; }

    public double? SiteEuiKwhM2 { get; init; }

    public double? SiteEnergyKwh { get; init; }

    public long? Warnings { get; init; }

    public long? Severe { get; init; }

    /// <summary>Where it is, while it runs.</summary>
    public string? Phase { get; init; }

    public double? Percent { get; init; }

    /// <param name="run">As it is watched.</param>
    /// <param name="row">Its row; null: there is no record yet.</param>
    /// <param name="progress">How far it is; null: not known.</param>
    public static PageRun Of(WatchedRun run, RunRow? row, RunProgress? progress)
    {
        var ended = run.IsOpen ? null : row;
        return new(run.Folder, run.Name, run.Status)
        {
            RunId = run.RunId, Reason = run.Reason, Message = run.Message, Seconds = run.Seconds,
            SiteEuiKwhM2 = run.SiteEuiKwhM2, SiteEnergyKwh = ended?["site_energy_kwh"] as double?,
            Warnings = ended?["warnings"] as long?, Severe = ended?["severe"] as long?,
            Phase = progress?.Phase, Percent = progress?.Percent,
        };
    }
}

using System.IO.Compression;
using System.Text;

using IdfKit.Engine;
using IdfKit.Engine.Folders;
using IdfKit.Engine.Results;
using IdfKit.Runs.Publishing;
using IdfKit.Runs.Report;
using IdfKit.Runs.TimeSeries;

namespace IdfKit.Runs;

/// <summary>What is among the results, and what is made of them.</summary>
internal sealed partial class ModelRun
{
    private const long LargestCompressed = 64 << 20;

    /// <summary>The results among what EnergyPlus has left, and what was made of them.</summary>
    /// <param name="longestName">How many bytes a name can have where they go.</param>
    public LeftResults Results(int longestName = ResultRule.LongestName) =>
        LeftResults.In(workspace.Outputs, RuleFor(longestName), workspace.Made);

    /// <summary>The results that EnergyPlus has written by now. May be asked for at any time, also while others are made.</summary>
    /// <param name="longestName">How many bytes a name can have where they go.</param>
    public IReadOnlyList<ResultFile> Written(int longestName) => LeftResults.In(workspace.Outputs, RuleFor(longestName)).Files;

    private ResultRule RuleFor(int longestName)
    {
        var kept = Request.Outputs ?? OutputProfiles.FilesOf(Request.Profile, Request.OutputPrefix, Request.OutputSuffix);
        return new(Request.OutputPrefix, kept)
        {
            AllowsAnyName = Request.KeepsAnyName, MostBytes = Math.Min(longestName, ResultRule.LongestName)
        };
    }

    /// <summary>
    /// Makes <c>report.html</c> of what is known by now; nothing is written after it that it tells of but the record. A page that cannot be
    /// made fails no run: the record says so.
    /// </summary>
    /// <param name="files">The results beside it.</param>
    /// <param name="now">When the run has ended.</param>
    /// <param name="memoryMegabytes">What the function has; null outside Lambda.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task ReportAsync(
        IReadOnlyList<ResultFile> files, DateTimeOffset now, int? memoryMegabytes, CancellationToken cancellationToken)
    {
        var facts = new FactsOfRun
        {
            Record = Finished([], now),
            Summary = Record.Summary,
            Outputs = _ended is null ? null : Outputs,
            Files = files,
            WeatherPath = WeatherPath,
            Model = _dropped ?? _model,
            FunctionMegabytes = memoryMegabytes,
        };
        try
        {
            var page = Encoding.UTF8.GetBytes(ReportPage.Html(facts.Read(cancellationToken)));
            await workspace.MakeAsync(RunRecordFile.ReportName, page, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException) { Notice([RunSentences.NoReport]); }
    }

    /// <summary>The report of tables is most of what a lean run stores, and a twentieth of it compressed.</summary>
    private async Task CompressTablesAsync(CancellationToken cancellationToken)
    {
        var name = OutputNames.Table(Request.OutputPrefix, Request.OutputSuffix, "htm");
        var tables = ChildFolder.TryRead(Path.Combine(workspace.Outputs, name));
        if (tables is null) return;
        await using var reading = tables.ConfigureAwait(false);
        if (tables.Length > LargestCompressed) return; // no report of a run; it is stored as it is
        await workspace.MakeAsync(name, async (file, token) =>
        {
            var compressed = new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true);
            await using var writing = compressed.ConfigureAwait(false);
            await tables.CopyToAsync(compressed, token).ConfigureAwait(false);
        }, cancellationToken, contentEncoding: "gzip").ConfigureAwait(false);
    }

    private async Task MakeSeriesAsync(EnergySummary summary, CancellationToken cancellationToken)
    {
        if (_parts is { HasNoSeries: true }) return; // and its notice says so
        var told = WasStoppedByDeadline
            ? RunSentences.SeriesLeftForDeadline
            : await new SeriesMaking(workspace, Outputs, Record, summary).MakeAsync(cancellationToken).ConfigureAwait(false);
        Notice([told ?? ""]);
    }
}

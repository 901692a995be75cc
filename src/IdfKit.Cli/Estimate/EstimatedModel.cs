using System.Text.Json.Serialization;

using IdfKit.Cli.Prices;
using IdfKit.Runs;
using IdfKit.Studies;

namespace IdfKit.Cli.Estimate;

/// <summary>What a run of one model will take.</summary>
internal sealed record EstimatedModel
{
    private const double BytesOfMegabyte = 1 << 20;
    private const long LongestMs = 30L * 86_400_000; // no run takes as long

    /// <summary>The file as it was named.</summary>
    public required string File { get; init; }

    /// <summary>Why nothing can be said, as a sentence; null: it can.</summary>
    public string? Error { get; init; }

    public double? Seconds { get; init; }

    /// <summary>The most memory that EnergyPlus takes; null: the last run does not say.</summary>
    public double? MemoryMb { get; init; }

    public decimal? Dollars { get; init; }

    /// <summary>Whether that is from its size alone.</summary>
    public bool IsRough { get; init; }

    /// <summary>How it is known.</summary>
    public string? How { get; init; }

    /// <summary>The id of the run that it is known from; null: from none.</summary>
    public string? RunId { get; init; }

    public static EstimatedModel Failed(string file, string why) => new() { File = file, Error = why };

    /// <summary>As its last run took; null: that tells nothing.</summary>
    public static EstimatedModel? Of(string file, long bytes, RunRecord? record, PriceChoice prices)
    {
        var isMeasured = record is { Status: RunStatus.Completed, ResultsOf: null, TimingsMs.Total: >= 0 and <= LongestMs };
        if (!isMeasured) return null;
        var seconds = record!.TimingsMs.Total!.Value / 1000.0;
        var requests = record.Usage is { } usage ? new StudyRequests(usage.Puts, usage.Gets, usage.Lists, usage.Deletes) : null;
        return new()
        {
            File = file,
            Seconds = Math.Round(seconds, 1),
            MemoryMb = record.PeakMemoryBytes is { } peak ? Math.Round(peak / BytesOfMegabyte) : null,
            Dollars = DollarsOf(seconds, requests, prices),
            How = CliSentences.AsItsLastRun(record.FinishedAt ?? record.StartedAt, (record.Input.SizeBytes ?? bytes) == bytes),
            RunId = record.RunId,
        };
    }

    /// <summary>By its size.</summary>
    public static EstimatedModel Rough(string file, ModelText model, RunRecord? record, PriceChoice prices)
    {
        var seconds = SizeRule.SecondsOf(model);
        var ended = record is null or { Status: RunStatus.Completed } ? null : CliSentences.Word(record.Status);
        return new()
        {
            File = file,
            Seconds = Math.Round(seconds, 1),
            MemoryMb = Math.Round(SizeRule.MemoryOf(model)),
            Dollars = DollarsOf(seconds, null, prices),
            IsRough = true,
            How = CliSentences.AsItsSize(model.Megabytes, model.IsOfYear, ended),
        };
    }

    private static decimal DollarsOf(double seconds, StudyRequests? requests, PriceChoice prices) =>
        Math.Round(Bill.Of(prices, seconds * prices.MemoryMegabytes / 1024, requests, bytes: null).Total, 8);
}

/// <summary>What <c>idfkit estimate --json</c> says.</summary>
/// <param name="Region">Whose prices count.</param>
/// <param name="PricesOf">When their list was put together.</param>
/// <param name="MemoryMb">The function's memory.</param>
/// <param name="Architecture"><c>x86</c> or <c>arm64</c>.</param>
/// <param name="Models">Each model, in the order of the arguments.</param>
/// <param name="Seconds">Of all that can be told.</param>
/// <param name="Dollars">Of these.</param>
/// <param name="ErrorCount">How many cannot.</param>
internal sealed record EstimatedModels(
    string Region, DateOnly PricesOf, int MemoryMb, string Architecture, IReadOnlyList<EstimatedModel> Models, double Seconds,
    decimal Dollars, int ErrorCount)
{
    public string Schema { get; init; } = "idfkit.estimate/1";

    public static EstimatedModels Of(IReadOnlyList<EstimatedModel> models, PriceChoice prices) => new(
        prices.Region, prices.Date, prices.MemoryMegabytes, prices.IsArm ? "arm64" : "x86", models,
        Math.Round(models.Sum(model => model.Seconds ?? 0), 1), models.Sum(model => model.Dollars ?? 0),
        models.Count(model => model.Error is not null));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(EstimatedModels))]
internal sealed partial class EstimateJson : JsonSerializerContext
{
    public static EstimateJson Readable => field ??= new(ReadableJson.Of(Default.Options));
}

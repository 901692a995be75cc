using IdfKit.Engine;
using IdfKit.Engine.Results.Eso;
using IdfKit.Runs.Records;

namespace IdfKit.Runs.Report;

/// <summary>Gathers what the page of a run is made from.</summary>
internal sealed class FactsOfRun
{
    private const int LongestPlace = 100;

    /// <summary>The run, as it ended.</summary>
    public required RunRecord Record { get; init; }

    /// <summary>The figures; null when EnergyPlus has not run.</summary>
    public EnergySummary? Summary { get; init; }

    /// <summary>What EnergyPlus has written; null when it has not run.</summary>
    public RunOutputs? Outputs { get; init; }

    /// <summary>The results that are published.</summary>
    public IReadOnlyList<ResultFile> Files { get; init; } = [];

    /// <summary>The staged weather; null: none.</summary>
    public string? WeatherPath { get; init; }

    /// <summary>The model; null when it is not known.</summary>
    public Model? Model { get; init; }

    /// <summary>The memory of the function; null outside Lambda.</summary>
    public int? FunctionMegabytes { get; init; }

    public ReportFacts Read(CancellationToken cancellationToken)
    {
        var periods = Summary?.Periods ?? [];
        var series = Outputs is null ? null : SeriesOfRun.Read(Outputs, periods, cancellationToken);
        return new()
        {
            Record = Record,
            Summary = Summary,
            FunctionMegabytes = FunctionMegabytes,
            Files = [.. Files.Select(file => new ReportFile(file.Path, file.SizeBytes))],
            Weather = WeatherPath is null ? null : WeatherPlace.Of(WeatherPath),
            ModelPlace = PlaceOf(Model),
            Months = series is null ? null : FactsOfSeries.Months(series.Meters, periods),
            Electricity = series is null ? null : FactsOfSeries.Power(series.Meters, periods),
            MeteredPeriod = PeriodOf(series?.Meters),
            ZonesPeriod = PeriodOf(series?.Temperatures),
            ZonesAreCut = series?.Temperatures.Period?.HasMoreHours is true,
            Zones = series is null ? [] : FactsOfSeries.Zones(series.Temperatures),
        };
    }

    private static OneOfPeriods? PeriodOf(PickedSeries? picked) =>
        picked is { Period: { } period, Periods: > 1 } ? new(period.Title, picked.Periods) : null;

    private static string? PlaceOf(Model? model) =>
        model?.ObjectsOf("Site:Location") is [var place, ..] && place.Name is { } name ? OneLine.Of(name, LongestPlace) : null;
}

using IdfKit.Engine;
using IdfKit.Runs.Records;
using IdfKit.Runs.TimeSeries;
using IdfKit.Simulation.Results;
using IdfKit.Storage;

namespace IdfKit.Simulation;

public sealed partial class SimulationResult
{
    private readonly Dictionary<ResultFrequency, ReadOnce<SeriesReading?>> _parquet;

    /// <summary>
    /// The series out of the run's Parquet; null when it is not there, or when another file is nearer: on this machine's disk the
    /// others tell more, and a database that was fetched already costs nothing.
    /// </summary>
    private async Task<ResultSeries?> SeriesOfParquetAsync(
        string name, string? key, ResultFrequency? frequency, string? environment, CancellationToken cancellationToken)
    {
        if (_place.LocalPath is not null || _openSql is not null) return null;
        var found = new List<(ResultVariable Variable, SeriesReading File)>();
        foreach (var each in SeriesFiles.Frequencies.Where(each => frequency is null || frequency == each))
        {
            if (await _parquet[each].GetAsync(cancellationToken).ConfigureAwait(false) is not { } file) continue;
            if (First(file.Variables, name, key, each) is { } variable) found.Add((variable, file));
        }
        if (found.Count == 0) return null;
        var (chosen, from) = found.MinBy(one => one.Variable.Id);
        if (await from.ReadAsync(chosen, cancellationToken).ConfigureAwait(false) is not { } parts) return null;
        var part = parts.LastOrDefault(
            part => environment is null || string.Equals(part.Environment.Title, environment, StringComparison.OrdinalIgnoreCase));
        return part is null ? null : SeriesOf(chosen, part, from.IsCut);
    }

    private ResultSeries SeriesOf(ResultVariable variable, SeriesPart part, bool isCut) =>
        new(variable, part.Environment, part.Values, () => part.Times, _ => ExtremesOf(variable, part.Environment)) { IsCut = isCut };

    /// <summary>The Parquet has no extremes; the other files are fetched for them when they are asked for.</summary>
    private IReadOnlyList<ResultExtremes> ExtremesOf(ResultVariable variable, ResultEnvironment environment)
    {
        if (variable.Frequency < ResultFrequency.Daily) return [];
        var (key, frequency) = (variable.Key, variable.Frequency);
        var series = Blocking.Wait(
            () => SeriesOfOthersAsync(variable.Name, key, frequency, environment.Title, CancellationToken.None));
        return series?.Extremes ?? [];
    }

    private async Task<SeriesReading?> OpenParquetAsync(ResultFrequency frequency, CancellationToken cancellationToken)
    {
        var name = SeriesFiles.FileOf(frequency);
        if (_folder.Files.FirstOrDefault(file => file.Path == name) is not { } file) return null;
        return await SeriesReading.OpenAsync(
            _place.FileSystem, _place.At(name), file.SizeBytes, frequency, cancellationToken).ConfigureAwait(false);
    }
}

using IdfKit.Engine;
using IdfKit.Storage;

namespace IdfKit.Simulation;

public sealed partial class SimulationResult
{
    /// <summary>
    /// One series, from whichever file has it: of a run that lies elsewhere its Parquet, of which only what is needed is fetched, in
    /// at most three requests for a file of some hundred series; else the database, or else the <c>.eso</c> and <c>.mtr</c> files.
    /// Names, values and times are the same whichever it is. Null when the run does not report it.
    /// </summary>
    /// <param name="name">The variable or meter, such as <c>Zone Mean Air Temperature</c>; case does not matter.</param>
    /// <param name="key">Its zone, surface or other object; null is the first by EnergyPlus's numbers.</param>
    /// <param name="frequency">How often; null is the first by EnergyPlus's numbers.</param>
    /// <param name="environment">The title of a design day or run period; null is the last that has values: the run period where there is
    /// one.</param>
    /// <exception cref="ResultsException">The files that there are cannot be read.</exception>
    public ResultSeries? Series(string name, string? key = null, ResultFrequency? frequency = null, string? environment = null) =>
        Blocking.Wait(() => GetSeriesAsync(name, key, frequency, environment));

    /// <inheritdoc cref="Series"/>
    public async Task<ResultSeries?> GetSeriesAsync(
        string name,
        string? key = null,
        ResultFrequency? frequency = null,
        string? environment = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        return await SeriesOfParquetAsync(name, key, frequency, environment, cancellationToken).ConfigureAwait(false)
            ?? await SeriesOfOthersAsync(name, key, frequency, environment, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ResultSeries?> SeriesOfOthersAsync(
        string name, string? key, ResultFrequency? frequency, string? environment, CancellationToken cancellationToken)
    {
        if (await ReadableSqlAsync(cancellationToken).ConfigureAwait(false) is { } sql)
        {
            var variable = First(sql.Variables, name, key, frequency);
            var environments = sql.Environments;
            if (variable is not null) return InEnvironment(environments, environment, chosen => sql.Series(variable, chosen));
        }
        return await SeriesOfFilesAsync(name, key, frequency, environment, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ResultSeries?> SeriesOfFilesAsync(
        string name, string? key, ResultFrequency? frequency, string? environment, CancellationToken cancellationToken)
    {
        var eso = await GetEsoAsync(cancellationToken).ConfigureAwait(false);
        var mtr = await GetMtrAsync(cancellationToken).ConfigureAwait(false);
        // A meter stands in both files, or in the second alone.
        var variable = First([.. eso?.Variables ?? [], .. mtr?.Variables ?? []], name, key, frequency);
        if (variable is null) return null;
        return Of(eso) ?? Of(mtr);

        ResultSeries? Of(EsoResults? results) =>
            results is null ? null : InEnvironment(results.Environments, environment, chosen => results.Series(variable, chosen));
    }

    /// <summary>The database; null where there is none, or where a stopped run left a broken one beside files that tell the same.</summary>
    private async Task<SqlResults?> ReadableSqlAsync(CancellationToken cancellationToken)
    {
        try
        {
            var sql = await GetSqlAsync(cancellationToken).ConfigureAwait(false);
            return sql is { Variables.Count: > 0, Environments.Count: > 0 } ? sql : null;
        }
        catch (ResultsException) when (_names.Eso is not null || _names.Mtr is not null)
        {
            return null;
        }
    }

    private static ResultVariable? First(
        IEnumerable<ResultVariable> variables, string name, string? key, ResultFrequency? frequency) =>
        variables.Where(variable => variable.Is(name, key, frequency)).MinBy(variable => variable.Id);

    private static ResultSeries? InEnvironment(
        IReadOnlyList<ResultEnvironment> environments, string? title, Func<ResultEnvironment?, ResultSeries?> read)
    {
        if (title is null) return read(null);
        var chosen = environments.LastOrDefault(known => string.Equals(known.Title, title, StringComparison.OrdinalIgnoreCase));
        return chosen is null ? null : read(chosen);
    }
}

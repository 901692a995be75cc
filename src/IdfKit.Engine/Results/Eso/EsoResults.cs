using IdfKit.Engine.Results.Eso;
using IdfKit.Engine.Results.Series;

namespace IdfKit.Engine;

/// <summary>
/// The time series of an <c>.eso</c> or <c>.mtr</c> file: every variable in every environment, decoded in one pass over the file on all
/// processors. It holds the values and little more: 33 MB of them for a file of 72 MB. For one series, <see cref="ReadSeries"/> is faster.
/// </summary>
public sealed class EsoResults
{
    private readonly IReadOnlyList<EsoPeriod> _periods;

    internal EsoResults(EsoDictionary dictionary, IReadOnlyList<EsoPeriod> periods, bool isCut, int? faultLine)
    {
        (ProgramVersion, Variables, _periods, IsCut, FaultLine) =
            (dictionary.ProgramVersion, dictionary.Variables, periods, isCut, faultLine);
        Environments = [.. periods.Select(period => period.Environment)];
    }

    /// <summary>
    /// The first line, such as <c>Program Version,EnergyPlus, Version 25.2.0-cf7368216c, YMD=…</c>; empty for an empty
    /// file.
    /// </summary>
    public string ProgramVersion { get; }

    /// <summary>All variables that the file declares, in its order.</summary>
    public IReadOnlyList<ResultVariable> Variables { get; }

    /// <summary>The design days and run periods in the order in which they ran.</summary>
    public IReadOnlyList<ResultEnvironment> Environments { get; }

    /// <summary>Where an environment is simulated; null when the file does not say.</summary>
    /// <param name="environment">One of <see cref="Environments"/>.</param>
    public ResultSite? SiteOf(ResultEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return environment.Index >= 0 && environment.Index < _periods.Count ? _periods[environment.Index].Site : null;
    }

    /// <summary>
    /// Whether the file ends before "End of Data", or is garbled on the way: the run crashed or was stopped, or the
    /// file was cut. The values up to there are held; a last line without its end is left out.
    /// </summary>
    public bool IsCut { get; }

    /// <summary>The line, from 1, that is garbled, and at which reading stopped; null when there is none.</summary>
    public int? FaultLine { get; }

    /// <summary>
    /// Reads the file to its end; the stream, which need not seek, is not closed. An empty file has no variables and is
    /// cut.
    /// </summary>
    /// <exception cref="ResultsException">The file does not begin like an <c>.eso</c> or <c>.mtr</c>.</exception>
    public static EsoResults Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return EsoReader.Read(stream, PeriodYears.Unknown);
    }

    /// <summary>
    /// The same with the years of the run periods. The file says no year (but in annual records), and without it a year is taken in which
    /// the first day has its weekday: of January 2020 it would be 2014.
    /// </summary>
    /// <param name="stream">An <c>.eso</c> or <c>.mtr</c>.</param>
    /// <param name="periods">Those of the run's <see cref="EnergySummary.Periods"/>, or of its <c>.eio</c>
    /// (<see cref="EioTables.Periods"/>).</param>
    /// <exception cref="ResultsException">The file does not begin like an <c>.eso</c> or <c>.mtr</c>.</exception>
    public static EsoResults Read(Stream stream, IReadOnlyList<SummaryPeriod> periods)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(periods);
        return EsoReader.Read(stream, new PeriodYears(periods));
    }

    /// <summary>The same, holding only what is picked.</summary>
    /// <exception cref="EsoBoundException">The file holds more than a run reports.</exception>
    internal static EsoResults Read(
        Stream stream, IReadOnlyList<SummaryPeriod> periods, EsoSelection pick, CancellationToken cancellationToken = default) =>
        EsoReader.Read(stream, new PeriodYears(periods), pick, cancellationToken);

    /// <summary>The whole file, until that ends it.</summary>
    internal static EsoResults Read(Stream stream, CancellationToken cancellationToken) =>
        EsoReader.Read(stream, PeriodYears.Unknown, pick: null, cancellationToken);

    /// <summary>All times at which something of this frequency was reported in an environment.</summary>
    internal IReadOnlyList<ResultTime> Times(int environment, ResultFrequency frequency) =>
        environment < _periods.Count ? _periods[environment].Times(frequency) : [];

    /// <summary>Reads one series in one pass without decoding the rest; the stream, which need not seek, is not closed.</summary>
    /// <param name="stream">An <c>.eso</c> or <c>.mtr</c>.</param>
    /// <param name="name">The variable or meter; case does not matter.</param>
    /// <param name="key">Its zone, surface or other object; null is the first in the file.</param>
    /// <param name="frequency">How often; null is the first in the file.</param>
    /// <param name="environment">The environment's place in the file, from 0; null is the last that has values: the run
    /// period where there is one.</param>
    /// <returns>The series; null when the file does not have it.</returns>
    /// <exception cref="ResultsException">The file does not begin like an <c>.eso</c> or <c>.mtr</c>.</exception>
    public static ResultSeries? ReadSeries(
        Stream stream, string name, string? key = null, ResultFrequency? frequency = null, int? environment = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        return EsoSeriesScan.Read(stream, name, key, frequency, environment);
    }

    /// <summary>One series; null when the file does not have it.</summary>
    /// <param name="name">The variable or meter; case does not matter.</param>
    /// <param name="key">Its zone, surface or other object; null is the first in the file.</param>
    /// <param name="frequency">How often; null is the first in the file.</param>
    /// <param name="environment">One of <see cref="Environments"/>; null is the last that has values: the run period
    /// where there is one.</param>
    public ResultSeries? Series(string name, string? key = null, ResultFrequency? frequency = null, ResultEnvironment? environment = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Variables.FirstOrDefault(variable => variable.Is(name, key, frequency)) is { } found ? Series(found, environment) : null;
    }

    /// <summary>One variable's series; null when it has no values in the environment.</summary>
    /// <param name="variable">One of <see cref="Variables"/>.</param>
    /// <param name="environment">One of <see cref="Environments"/>; null is the last that has values.</param>
    public ResultSeries? Series(ResultVariable variable, ResultEnvironment? environment = null)
    {
        ArgumentNullException.ThrowIfNull(variable);
        if (environment is not null) return environment.Index < _periods.Count ? _periods[environment.Index].Series(variable, IsCut) : null;
        for (var i = _periods.Count - 1; i >= 0; i--)
            if (_periods[i].Series(variable, IsCut) is { } series) return series;
        return null;
    }

    /// <summary>Every series that has values, by environment and then in the order of <see cref="Variables"/>.</summary>
    public IEnumerable<ResultSeries> AllSeries() => AllSeries(Variables);

    /// <summary>The series of these variables in all environments, design days and run periods, in the order of environments.</summary>
    public IEnumerable<ResultSeries> AllSeries(IEnumerable<ResultVariable> variables)
    {
        ArgumentNullException.ThrowIfNull(variables);
        var asked = variables.ToList();
        return _periods.SelectMany(period => asked.Select(variable => period.Series(variable, IsCut)).OfType<ResultSeries>());
    }
}

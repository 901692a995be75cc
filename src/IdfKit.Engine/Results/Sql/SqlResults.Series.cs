using IdfKit.Engine.Results.Series;
using IdfKit.Engine.Results.Sql;

namespace IdfKit.Engine;

public sealed partial class SqlResults
{
    private IReadOnlyList<ResultVariable>? _variables;
    private SqlTimes? _times;

    /// <summary>All variables and meters with time series, in the order of EnergyPlus's numbers.</summary>
    /// <exception cref="ResultsException">The file is broken.</exception>
    public IReadOnlyList<ResultVariable> Variables => _variables ??= Guard(ReadVariables);

    /// <summary>The design days and run periods in the order in which they ran.</summary>
    /// <exception cref="ResultsException">The file is broken.</exception>
    public IReadOnlyList<ResultEnvironment> Environments => Times.Environments;

    private SqlTimes Times => _times ??= Guard(() => SqlTimes.Read(_connection, new(Periods)));

    /// <summary>The run periods, as far as they are known; the file does not say where they begin.</summary>
    internal IReadOnlyList<SummaryPeriod> Periods { get; set; } = [];

    /// <summary>
    /// One series, without values of warm-up days; null when the file does not have it. The values are those of the <c>.eso</c>.
    /// EnergyPlus makes no index of them: a call looks up each value of the series, or reads all values where the run was irregular. For
    /// many series ask at once (<see cref="Series(IEnumerable{ResultVariable}, ResultEnvironment)"/>).
    /// </summary>
    /// <param name="name">The variable or meter; case does not matter.</param>
    /// <param name="key">Its zone, surface or other object; null is the first in the file.</param>
    /// <param name="frequency">How often; null is the first in the file.</param>
    /// <param name="environment">One of <see cref="Environments"/>; null is the last that has values: the run period
    /// where there is one.</param>
    /// <exception cref="ResultsException">The file is broken.</exception>
    public ResultSeries? Series(string name, string? key = null, ResultFrequency? frequency = null, ResultEnvironment? environment = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Variables.FirstOrDefault(variable => variable.Is(name, key, frequency)) is { } found ? Series(found, environment) : null;
    }

    /// <summary>One variable's series; null when it has no values in the environment.</summary>
    /// <param name="variable">One of <see cref="Variables"/>.</param>
    /// <param name="environment">One of <see cref="Environments"/>; null is the last that has values.</param>
    /// <exception cref="ResultsException">The file is broken.</exception>
    public ResultSeries? Series(ResultVariable variable, ResultEnvironment? environment = null)
    {
        ArgumentNullException.ThrowIfNull(variable);
        return Series([variable], environment)[0];
    }

    /// <summary>
    /// Many variables' series in one walk over the file: as many as are asked for and in that order, null where a variable has no values in
    /// the environment.
    /// </summary>
    /// <param name="variables">Of <see cref="Variables"/>.</param>
    /// <param name="environment">One of <see cref="Environments"/>; null is for each variable the last that has values.</param>
    /// <exception cref="ResultsException">The file is broken.</exception>
    public IReadOnlyList<ResultSeries?> Series(IEnumerable<ResultVariable> variables, ResultEnvironment? environment = null)
    {
        ArgumentNullException.ThrowIfNull(variables);
        return Guard(() => Collect([.. variables])
            .Select(parts => environment is null ? parts.LastOrDefault() : parts.Find(part => part.Environment.Index == environment.Index))
            .ToList());
    }

    /// <summary>Every series that has values, by environment and then in the order of <see cref="Variables"/>, in one walk.</summary>
    /// <exception cref="ResultsException">The file is broken.</exception>
    public IReadOnlyList<ResultSeries> AllSeries() => AllSeries(Variables);

    /// <summary>
    /// The series of these variables in all environments, design days and run periods, in the order of environments; in one walk.
    /// </summary>
    /// <param name="variables">Of <see cref="Variables"/>.</param>
    /// <exception cref="ResultsException">The file is broken.</exception>
    public IReadOnlyList<ResultSeries> AllSeries(IEnumerable<ResultVariable> variables)
    {
        ArgumentNullException.ThrowIfNull(variables);
        return Guard(() => Collect([.. variables]).SelectMany(parts => parts).OrderBy(part => part.Environment.Index).ToList());
    }

    /// <summary>For each variable its series, by environment.</summary>
    private List<List<ResultSeries>> Collect(IReadOnlyList<ResultVariable> variables)
    {
        var columns = variables.Select(variable => variable.Id).Distinct().ToDictionary(id => id, id => new SqlColumn(id));
        var isMost = columns.Count * 2 > Variables.Count; // which are read through at once
        foreach (var group in variables.DistinctBy(variable => variable.Id).GroupBy(variable => isMost ? default : variable.Frequency))
            SqlSeriesScan.Read(_connection, Times, [.. group.Select(variable => columns[variable.Id])]);
        return [.. variables.Select(variable => Split(variable, columns[variable.Id]))];
    }

    private List<ResultSeries> Split(ResultVariable variable, SqlColumn column)
    {
        var times = Times;
        var parts = new SortedDictionary<int, SqlColumn>();
        SqlColumn? part = null;
        var last = -1;
        for (var i = 0; i < column.Values.Count; i++)
        {
            var index = column.Indices[i];
            if (!times.IsReported(index)) continue;
            var environment = times.EnvironmentOf(index);
            if (environment != last && !parts.TryGetValue(last = environment, out part)) parts.Add(environment, part = new(variable.Id));
            part!.Add(index, column.Values[i]);
        }
        return [.. parts.Select(found => Series(variable, times.Environments[found.Key], found.Value))];
    }

    private ResultSeries Series(ResultVariable variable, ResultEnvironment environment, SqlColumn column)
    {
        var (times, indices) = (Times, column.Indices);
        return new(variable, environment, column.Values.ToArray(),
            () => [.. indices.Select(times.TimeOf)],
            intervals => Guard(() => SqlExtremes.Read(_connection, variable, indices, intervals)));
    }

    private List<ResultVariable> ReadVariables()
    {
        var variables = new List<ResultVariable>();
        if (!HasTable("ReportDataDictionary")) return variables;
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT ReportDataDictionaryIndex, IsMeter, KeyValue, Name, Units, "
            + "ReportingFrequency FROM ReportDataDictionary ORDER BY 1";
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            if (FrequencyNames.Parse(SqlText.Of(row, 5)) is not { } frequency) continue;
            var (isMeter, key, name) = (row.GetInt32(1) != 0, SqlText.Of(row, 2), SqlText.Of(row, 3));
            // What stands in the place of a meter's key is "Cumulative", which the other files have in its name.
            if (isMeter) (key, name) = ("", $"{key} {name}".TrimStart());
            variables.Add(new(row.GetInt32(0), key, name, SqlText.Of(row, 4), frequency));
        }
        return variables;
    }
}

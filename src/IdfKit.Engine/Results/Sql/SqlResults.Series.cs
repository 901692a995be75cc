using Microsoft.Data.Sqlite;

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

    private SqlTimes Times => _times ??= Guard(() => SqlTimes.Read(_connection));

    /// <summary>
    /// One series, without values of warm-up days; null when the file does not have it. The values are those of the <c>.eso</c>.
    /// EnergyPlus makes no index of them: a call looks up each value of the series, or reads all values where the run was irregular.
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
        return Guard(() => ReadSeries(variable, environment?.Index));
    }

    private ResultSeries? ReadSeries(ResultVariable variable, int? environment)
    {
        var times = Times;
        var reader = new SqlSeriesReader(_connection, times, variable.Id);
        reader.Read();
        var (values, indices) = (new List<double>(reader.Values.Count), new List<int>(reader.Values.Count));
        foreach (var (index, value) in reader.Indices.Zip(reader.Values))
        {
            if (!times.IsReported(index) || (environment is { } only && times.EnvironmentOf(index) != only)) continue;
            indices.Add(index);
            values.Add(value);
        }
        if (values.Count == 0) return null;
        var last = indices.Max(times.EnvironmentOf);
        var first = indices.FindIndex(index => times.EnvironmentOf(index) == last);
        var count = indices.FindLastIndex(index => times.EnvironmentOf(index) == last) - first + 1;
        return new(variable, times.Environments[last], values.GetRange(first, count).ToArray(),
            () => [.. indices.GetRange(first, count).Select(times.TimeOf)]);
    }

    private List<ResultVariable> ReadVariables()
    {
        var variables = new List<ResultVariable>();
        if (Scalar("SELECT count(*) FROM sqlite_master WHERE name = 'ReportDataDictionary'") == 0) return variables;
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT ReportDataDictionaryIndex, IsMeter, KeyValue, Name, Units, "
            + "ReportingFrequency FROM ReportDataDictionary ORDER BY 1";
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            if (FrequencyNames.Parse(Text(row, 5)) is not { } frequency) continue;
            variables.Add(new(row.GetInt32(0), row.GetInt32(1) != 0 ? "" : Text(row, 2), Text(row, 3), Text(row, 4), frequency));
        }
        return variables;
    }

    private static string Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? "" : row.GetString(column).Trim();
}

using IdfKit.Engine;
using IdfKit.Engine.Results.Eso;
using IdfKit.Runs.Records;

namespace IdfKit.Runs.TimeSeries;

/// <summary>
/// The rows and columns of one frequency: a row for each interval of each environment at which anything was reported, a column for each
/// series.
/// </summary>
internal sealed class SeriesTable
{
    /// <summary>More would be no file that people open.</summary>
    public const int MostColumns = 10_000;

    private SeriesTable(
        ResultFrequency frequency, IReadOnlyList<ResultVariable> variables, IReadOnlyList<SeriesEnvironment> environments)
    {
        (Frequency, Variables, Environments) = (frequency, variables, environments);
        Rows = environments.Sum(environment => environment.Times.Count);
        Columns = UniqueNames(variables);
    }

    public ResultFrequency Frequency { get; }

    public IReadOnlyList<ResultVariable> Variables { get; }

    /// <summary>The name of the column of each of <see cref="Variables"/>.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Those that have rows, in the order in which they ran.</summary>
    public IReadOnlyList<SeriesEnvironment> Environments { get; }

    public int Rows { get; }

    /// <summary>The table of a frequency; null when nothing was reported at it.</summary>
    /// <exception cref="EsoBoundException">There are more series than a table has.</exception>
    public static SeriesTable? Of(ISeriesSource source, ResultFrequency frequency)
    {
        var variables = source.Variables.Where(variable => variable.Frequency == frequency).ToList();
        if (variables.Count == 0) return null;
        if (variables.Count > MostColumns) throw new EsoBoundException($"more than {MostColumns:N0} series of one frequency");
        var environments = source.Environments
            .Select((environment, place) => new SeriesEnvironment(place, environment, source.Times(place, frequency)))
            .Where(environment => environment.Times.Count > 0)
            .ToList();
        return environments.Count == 0 ? null : new(frequency, variables, environments);
    }

    /// <summary>Readers tell names apart whatever their case; the second of one name gets a number.</summary>
    private static List<string> UniqueNames(IReadOnlyList<ResultVariable> variables)
    {
        var taken = new HashSet<string>(SeriesMetadata.OwnColumns, StringComparer.OrdinalIgnoreCase);
        var names = new List<string>(variables.Count);
        foreach (var variable in variables)
        {
            var name = SeriesFiles.ColumnOf(variable);
            var unique = name;
            for (var number = 2; !taken.Add(unique); number++) unique = $"{name} #{number}";
            names.Add(unique);
        }
        return names;
    }
}

/// <summary>The rows of one environment.</summary>
/// <param name="Place">Among those of the source.</param>
/// <param name="Environment">The design day or run period.</param>
/// <param name="Times">One for each row.</param>
internal sealed record SeriesEnvironment(int Place, ResultEnvironment Environment, IReadOnlyList<ResultTime> Times);

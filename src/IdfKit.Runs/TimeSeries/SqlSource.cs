using IdfKit.Engine;
using IdfKit.Engine.Results.Eso;

namespace IdfKit.Runs.TimeSeries;

/// <summary>The series of <c>.sql</c>, for a run that wrote neither <c>.eso</c> nor <c>.mtr</c>; read in one walk and held.</summary>
internal sealed class SqlSource : ISeriesSource
{
    /// <summary>The largest database.</summary>
    public const long LargestFile = 64L << 20;

    private readonly Dictionary<(int Id, int Environment), ResultSeries> _series;
    private readonly Dictionary<(int Environment, ResultFrequency Frequency), IReadOnlyList<ResultTime>> _times = [];

    /// <exception cref="EsoBoundException">It holds more than a run reports.</exception>
    /// <exception cref="ResultsException">It is broken.</exception>
    public SqlSource(SqlResults sql)
    {
        (Variables, Environments) = (sql.Variables, sql.Environments);
        if (Variables.Count > EsoSelection.MostVariables) throw new EsoBoundException($"more than {EsoSelection.MostVariables:N0} series");
        var series = sql.AllSeries();
        _series = series.ToDictionary(one => (one.Variable.Id, one.Environment.Index));
        foreach (var one in series)
        {
            var place = (one.Environment.Index, one.Variable.Frequency);
            _times[place] = SeriesTimes.Together(_times.GetValueOrDefault(place) ?? [], one.Times);
        }
    }

    public IReadOnlyList<ResultVariable> Variables { get; }

    public IReadOnlyList<ResultEnvironment> Environments { get; }

    public bool IsCut => false;

    public IReadOnlyList<ResultTime> Times(int environment, ResultFrequency frequency) =>
        _times.GetValueOrDefault((Environments[environment].Index, frequency)) ?? [];

    public Func<ResultVariable, int, ResultSeries?> Read(IReadOnlyList<ResultVariable> variables) =>
        (variable, environment) => _series.GetValueOrDefault((variable.Id, Environments[environment].Index));
}

using IdfKit.Engine;
using IdfKit.Engine.Results.Eso;

namespace IdfKit.Runs.TimeSeries;

/// <summary>
/// The series of <c>.eso</c> and <c>.mtr</c> together. Meters stand in both, or in the second alone. Small files are read once and held;
/// larger ones are read once for their times, and again for each handful of series.
/// </summary>
internal sealed class EsoSource : ISeriesSource
{
    /// <summary>The largest files, together: the larger they are, the more often they are read.</summary>
    public const long LargestFiles = 1L << 30;

    private const long LargestHeld = 24L << 20; // a text of so much has about a third of it in values

    private readonly IReadOnlyList<FileStream> _files;
    private readonly IReadOnlyList<SummaryPeriod> _periods;
    private readonly bool _isHeld;
    private readonly HashSet<int>[] _ids;
    private List<EsoResults> _results;

    /// <param name="files">One or both; they stay open, and are sought in.</param>
    /// <param name="periods">The run periods with their years.</param>
    /// <exception cref="EsoBoundException">They hold more than a run reports.</exception>
    /// <exception cref="ResultsException">They are none.</exception>
    public EsoSource(IReadOnlyList<FileStream> files, IReadOnlyList<SummaryPeriod> periods)
    {
        (_files, _periods) = (files, periods);
        var bytes = files.Sum(file => file.Length);
        if (bytes > LargestFiles) throw new EsoBoundException($"more than {LargestFiles / 1_000_000:N0} MB of series");
        _isHeld = bytes <= LargestHeld;
        _results = ReadFiles(_ => _isHeld);
        _ids = [.. _results.Select(results => results.Variables.Select(variable => variable.Id).ToHashSet())];
        Variables = [.. _results.SelectMany(results => results.Variables).DistinctBy(variable => variable.Id)];
        Environments = _results.MaxBy(results => results.Environments.Count)!.Environments;
        IsCut = _results.Any(results => results.IsCut);
    }

    public IReadOnlyList<ResultVariable> Variables { get; }

    public IReadOnlyList<ResultEnvironment> Environments { get; }

    public bool IsCut { get; }

    public IReadOnlyList<ResultTime> Times(int environment, ResultFrequency frequency)
    {
        IReadOnlyList<ResultTime> all = [];
        foreach (var results in _results)
            if (Has(results, environment)) all = SeriesTimes.Together(all, results.Times(environment, frequency));
        return all;
    }

    public Func<ResultVariable, int, ResultSeries?> Read(IReadOnlyList<ResultVariable> variables)
    {
        if (!_isHeld)
        {
            var wanted = variables.Select(variable => variable.Id).ToHashSet();
            _results = []; // what was read before is let go first
            GC.Collect();
            _results = ReadFiles(variable => wanted.Contains(variable.Id));
        }
        return SeriesOf;
    }

    private ResultSeries? SeriesOf(ResultVariable variable, int environment)
    {
        for (var i = 0; i < _results.Count; i++)
        {
            if (!_ids[i].Contains(variable.Id) || !Has(_results[i], environment)) continue;
            if (_results[i].Series(variable, Environments[environment]) is { } series) return series;
        }
        return null;
    }

    /// <summary>Whether it is the same environment there: a file of another run would have others.</summary>
    private bool Has(EsoResults results, int environment) =>
        environment < results.Environments.Count && results.Environments[environment].Title == Environments[environment].Title;

    private List<EsoResults> ReadFiles(Func<ResultVariable, bool> isWanted)
    {
        var read = new List<EsoResults>();
        foreach (var file in _files)
        {
            file.Position = 0;
            read.Add(EsoResults.Read(file, _periods, new EsoSelection(isWanted)));
        }
        return read;
    }
}

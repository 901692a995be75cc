using IdfKit.Engine;

namespace IdfKit.Runs.TimeSeries;

/// <summary>One column as Parquet has it: the values that there are, and for each row whether there is one.</summary>
internal sealed class SeriesColumn(int rows)
{
    private readonly double[] _values = new double[rows];
    private readonly int[] _levels = new int[rows];
    private int _count;

    public ReadOnlyMemory<double> Values => _values.AsMemory(0, _count);

    /// <summary>1 for a row that has a value, 0 for one that has none.</summary>
    public ReadOnlyMemory<int> Levels => _levels;

    public bool HasNaN
    {
        get
        {
            foreach (var value in Values.Span)
                if (double.IsNaN(value)) return true;
            return false;
        }
    }

    /// <summary>Takes the values of a variable in the environments of a table.</summary>
    public void Fill(IReadOnlyList<SeriesEnvironment> environments, Func<int, ResultSeries?> seriesIn)
    {
        _count = 0;
        var row = 0;
        foreach (var environment in environments)
        {
            Fill(_levels.AsSpan(row, environment.Times.Count), environment.Times, seriesIn(environment.Place));
            row += environment.Times.Count;
        }
    }

    private void Fill(Span<int> levels, IReadOnlyList<ResultTime> rows, ResultSeries? series)
    {
        if (series is null)
        {
            levels.Clear();
        }
        else if (series.Count == rows.Count && SeriesTimes.AreSame(series.Times, rows))
        {
            levels.Fill(1);
            series.Values.Span.CopyTo(_values.AsSpan(_count));
            _count += series.Count;
        }
        else
        {
            FillByTime(levels, rows, series);
        }
    }

    private void FillByTime(Span<int> levels, IReadOnlyList<ResultTime> rows, ResultSeries series)
    {
        var values = series.Values.Span;
        var times = series.Times;
        var next = 0;
        for (var row = 0; row < rows.Count; row++)
        {
            var isThere = next < times.Count && SeriesTimes.Compare(times[next], rows[row]) == 0;
            levels[row] = isThere ? 1 : 0;
            if (isThere) _values[_count++] = values[next++];
        }
    }
}

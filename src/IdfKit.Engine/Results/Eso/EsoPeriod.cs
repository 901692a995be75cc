using System.Runtime.CompilerServices;

using IdfKit.Engine.Results.Series;

namespace IdfKit.Engine.Results.Eso;

/// <summary>What an <c>.eso</c> holds of one environment.</summary>
internal sealed class EsoPeriod
{
    private readonly IReadOnlyList<ResultVariable> _variables;
    private readonly EsoColumn?[] _columns;
    private readonly EsoAxis?[] _axes = new EsoAxis?[(int)ResultFrequency.Annual + 1];
    private readonly EsoStamp[] _stamps = new EsoStamp[EsoStamp.Years + 1];
    private readonly EsoGrowth _growth;
    private readonly EsoTitle _title;
    private readonly int _index;
    private readonly ResultTime? _known;
    private readonly EsoSelection? _pick;
    private readonly Lazy<IReadOnlyList<ResultTime>>[] _times = new Lazy<IReadOnlyList<ResultTime>>[(int)ResultFrequency.Annual + 1];
    private Dictionary<int, int>? _byId;
    private EsoStamp _firstDay;
    private EsoStamp _lastShort;
    private EsoStamp _first;
    private EsoStamp _last;
    private int _year;
    private int _turns;
    private int? _leapAfter;

    public EsoPeriod(
        int index, EsoTitle title, ResultTime? known, IReadOnlyList<ResultVariable> variables, EsoGrowth growth, EsoSelection? pick)
    {
        (_index, _title, _known, _variables, _growth, _pick) = (index, title, known, variables, growth, pick);
        _columns = new EsoColumn?[variables.Count];
        for (var i = 0; i < _times.Length; i++)
        {
            var frequency = i;
            _times[i] = new(() => TimesOf(_axes[frequency]!), LazyThreadSafetyMode.ExecutionAndPublication);
        }
    }

    public ResultEnvironment Environment => field ??= new(_index, _title.Text, _firstDay.IsDesignDay);

    public ResultSite? Site => _title.Site;

    public void Add(in EsoStamp stamp)
    {
        _stamps[stamp.Kind] = stamp;
        foreach (var axis in _axes)
            if (axis?.Kind == stamp.Kind) axis.IsReached = false;
        if (stamp.Kind <= EsoStamp.Days && (_firstDay.Kind == 0
            || (CalendarYears.IsWeekday(stamp.DayTypeName) && !CalendarYears.IsWeekday(_firstDay.DayTypeName))))
        {
            _firstDay = stamp;
        }
        if (stamp.Kind <= EsoStamp.Months)
        {
            if (stamp.Month < _lastShort.Month) _turns++;
            _lastShort = stamp;
            if (stamp.Kind < EsoStamp.Months) _last = stamp;
            if (_first.Kind == 0) _first = _last;
        }
        if (stamp.Kind == EsoStamp.Years && _year == 0) _year = stamp.Count;
        if (stamp is { Month: 2, Day: 29 }) _leapAfter ??= _turns;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(int variable, double value)
    {
        var column = _columns[variable] ?? Start(variable);
        var axis = column.Axis;
        if (!axis.IsReached) Reach(axis);
        if (_pick is null || (_pick.Takes(variable) && column.IsDue)) column.Add(value);
    }

    /// <summary>Adds what stands behind the last value of a variable.</summary>
    public void Add(int variable, in EsoExtremes extremes)
    {
        if (_pick is null) _columns[variable]?.Add(extremes);
    }

    public void Finish()
    {
        foreach (var column in _columns) column?.Trim();
    }

    /// <summary>All times at which something of this frequency was reported, whichever variables were picked.</summary>
    public IReadOnlyList<ResultTime> Times(ResultFrequency frequency) =>
        _axes[(int)frequency] is null ? [] : _times[(int)frequency].Value;

    public ResultSeries? Series(ResultVariable variable, bool isCut)
    {
        if (_byId is null)
        {
            var byId = new Dictionary<int, int>(_variables.Count);
            for (var i = 0; i < _variables.Count; i++) byId[_variables[i].Id] = i;
            _byId = byId;
        }
        if (!_byId.TryGetValue(variable.Id, out var index) || _columns[index] is not { } column) return null;
        if (_pick is not null && column.Values.IsEmpty) return null;
        return new(_variables[index], Environment, column.Values, () => TimesOf(column), column.ExtremesIn) { IsCut = isCut };
    }

    private void Reach(EsoAxis axis)
    {
        _pick?.CountTime();
        axis.Reach(_stamps[axis.Kind]);
    }

    private EsoColumn Start(int variable)
    {
        var frequency = _variables[variable].Frequency;
        var axis = _axes[(int)frequency] ??= new EsoAxis(frequency);
        return _columns[variable] = new EsoColumn(axis, _growth);
    }

    private IReadOnlyList<ResultTime> TimesOf(EsoColumn column)
    {
        var all = _times[(int)column.Axis.Frequency].Value;
        if (column.PositionOf(0) == 0 && column.Values.Length == all.Count) return all;
        var times = new ResultTime[column.Values.Length];
        for (var i = 0; i < times.Length; i++) times[i] = all[column.PositionOf(i)];
        return times;
    }

    private ResultTime[] TimesOf(EsoAxis axis)
    {
        var known = _firstDay.IsDesignDay ? null : _known;
        var year = known is { } given ? given.Start.Year
            : _year > 0 ? _year
            : CalendarYears.Of(_firstDay.Month, _firstDay.Day, _firstDay.DayTypeName, _leapAfter);
        var times = new ResultTime[axis.Count];
        var before = (Month: 0, Year: year);
        for (var i = 0; i < times.Length; i++)
        {
            var stamp = axis[i];
            // Months only go down where a year ends.
            if (stamp.Kind <= EsoStamp.Months && stamp.Month < before.Month) before.Year++;
            before.Month = stamp.Month;
            times[i] = stamp.Kind is EsoStamp.RunPeriods ? known ?? RunPeriod(stamp, year) : stamp.ToTime(before.Year);
        }
        return times;
    }

    private ResultTime RunPeriod(EsoStamp stamp, int year)
    {
        DateTime? first = _first.Kind == 0 ? null : _first.ToTime(year).Start;
        var last = _last.Kind == 0 ? _lastShort : _last;
        return CalendarYears.RunPeriod(year, stamp.Count, first, last.Kind == 0 ? null : last.ToTime(year + _turns).End);
    }
}

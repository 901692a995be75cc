namespace IdfKit.Engine.Results.Eso;

/// <summary>A few series of one environment: by month, and by hour from its first day on.</summary>
/// <param name="title">As the file has it.</param>
/// <param name="variables">The series that are picked.</param>
internal sealed class PickedPeriod(string title, IReadOnlyList<ResultVariable> variables)
{
    /// <summary>The longest that is kept of a period, in hours: a leap year.</summary>
    public const int MostHours = 366 * 24;

    private const int MostMonths = 12, HoursOfDay = 24;

    private readonly HourSums?[] _hours = new HourSums?[variables.Count];
    private readonly List<double>?[] _months = new List<double>?[variables.Count];
    private int _hour = -1;
    private int _firstCount;

    public string Title { get; } = title;

    /// <summary>Whether it serves sizing.</summary>
    public bool IsDesignDay { get; private set; }

    /// <summary>Whether it has a day of a week or a holiday, so that it is a stretch of the weather file.</summary>
    public bool HasWeekday { get; private set; }

    /// <summary>Month and day of its first hour; null when there is none.</summary>
    public (int Month, int Day)? First { get; private set; }

    /// <summary>Whether it has a 29 February.</summary>
    public bool HasLeapDay { get; private set; }

    /// <summary>Its first month, where something is reported by months; null when nothing is.</summary>
    public int? FirstMonth { get; private set; }

    /// <summary>How many hours there are.</summary>
    public int Hours { get; private set; }

    private int Months => _months.Max(months => months?.Count ?? 0);

    /// <summary>By month; empty when the series is not.</summary>
    public IReadOnlyList<double> MonthsOf(int variable) => _months[variable] ?? [];

    /// <summary>By hour; null when the series is not.</summary>
    public HourSums? HoursOf(int variable) => _hours[variable];

    /// <summary>Whether there are more than are kept, after those.</summary>
    public bool HasMoreHours { get; private set; }

    /// <summary>Likewise of months; twelve are kept.</summary>
    public bool HasMoreMonths { get; private set; }

    /// <summary>By hours, and by months where hours do not tell.</summary>
    public bool IsLongerThan(PickedPeriod other) => Hours != other.Hours ? Hours > other.Hours : Months > other.Months;

    public void Reach(in EsoStamp stamp)
    {
        if (stamp.Kind is EsoStamp.Months)
        {
            FirstMonth ??= stamp.Month is > 0 ? stamp.Month : null;
            return;
        }
        if (stamp.Kind is not (EsoStamp.Steps or EsoStamp.Days)) return;
        IsDesignDay |= stamp.IsDesignDay;
        HasWeekday |= !stamp.IsDesignDay && stamp.DayTypeName.Length > 0;
        if (stamp.Kind is not EsoStamp.Steps || stamp.Month is 0 || stamp.Day is 0) return;
        if (First is null) (First, _firstCount) = ((stamp.Month, stamp.Day), stamp.Count);
        HasLeapDay |= stamp is { Month: 2, Day: 29 };
        // The hundredths of a step's end, one before so that 24:00 is of the last hour.
        var hour = (stamp.Count - (long)_firstCount) * HoursOfDay + Math.Max(0, stamp.EndHundredths - 1) / 6000;
        _hour = hour is >= 0 and < MostHours ? (int)hour : -1;
        HasMoreHours |= hour >= MostHours;
        Hours = Math.Max(Hours, _hour + 1);
    }

    public void Add(int variable, double value)
    {
        if (variables[variable].Frequency is ResultFrequency.Monthly)
        {
            var months = _months[variable] ??= new(MostMonths);
            if (months.Count < MostMonths) months.Add(value);
            else HasMoreMonths = true;
        }
        else if (_hour >= 0) (_hours[variable] ??= new()).Add(_hour, value);
    }
}

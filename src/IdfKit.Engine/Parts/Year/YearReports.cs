using IdfKit.Engine.Results.Eso;

namespace IdfKit.Engine.Parts.Year;

/// <summary>The highest value of a meter in an interval of one day.</summary>
/// <param name="Joules">Of the interval; NaN where the file does not say.</param>
/// <param name="At">Its end within the day.</param>
internal readonly record struct DayPeak(double Joules, TimeSpan At);

/// <summary>What a segment reported, from its first simulated day on.</summary>
/// <param name="Meters">By name: a value a day.</param>
/// <param name="ZoneAir">By zone: 24 values a day, °C.</param>
internal sealed record YearReports(IReadOnlyDictionary<string, double[]> Meters, IReadOnlyDictionary<string, double[]> ZoneAir)
{
    private const int HoursOfDay = 24;
    private const long LargestMeters = 256L << 20; // its values are held; those of variables only where they are wanted
    private const long LargestVariables = 2L << 30;

    /// <summary>By meter: a day's highest interval.</summary>
    public IReadOnlyDictionary<string, DayPeak[]> Peaks { get; init; } = new Dictionary<string, DayPeak[]>();

    /// <summary>By variable: hours a day for which a setpoint was not met.</summary>
    public IReadOnlyDictionary<string, double[]> Unmet { get; init; } = new Dictionary<string, double[]>();

    /// <summary>By water heater: a day's mean temperature of its tank, °C.</summary>
    public IReadOnlyDictionary<string, double[]> Tanks { get; init; } = new Dictionary<string, double[]>();

    /// <summary>Of what else the model reports, by series: a day's mean.</summary>
    public IReadOnlyDictionary<ResultVariable, double[]> States { get; init; } = new Dictionary<ResultVariable, double[]>();

    /// <summary>Reads them out of an <c>.eso</c> and a <c>.mtr</c>; sizing periods are left out.</summary>
    /// <param name="segment">The days that it has simulated.</param>
    /// <param name="stepsOfHour">How many steps an hour has.</param>
    /// <param name="variables">Its <c>.eso</c>.</param>
    /// <param name="meters">Its <c>.mtr</c>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="PartsUnlikeException">One is cut off, or has not every day, or is too large.</exception>
    public static YearReports Read(
        YearSegment segment, int stepsOfHour, FileStream variables, FileStream meters, CancellationToken cancellationToken)
    {
        const string Variables = "the .eso file", Meters = "the .mtr file";
        if (variables.Length > LargestVariables) throw new PartsUnlikeException(EngineSentences.TooLargeToJoin(Variables));
        if (meters.Length > LargestMeters) throw new PartsUnlikeException(EngineSentences.TooLargeToJoin(Meters));
        try
        {
            var days = SeriesIn(EsoResults.Read(meters, cancellationToken), IsDailyMeter, Meters, segment.Days);
            var states = YearStates.Choose(segment, stepsOfHour);
            var wanted = new EsoSelection(variable => IsAir(variable) || IsUnmet(variable) || IsTank(variable) || states(variable));
            var others = EsoResults.Read(variables, [], wanted, cancellationToken);
            var air = SeriesIn(others, IsAir, Variables, segment.Days * HoursOfDay);
            var unmet = SeriesIn(others, IsUnmet, Variables, segment.Days);
            var tanks = SeriesIn(others, IsTank, Variables, segment.Days);
            return new(
                ByName(days, series => series.Variable.Name, series => series.Values.ToArray()),
                ByName(air, series => series.Variable.Key, series => series.Values.ToArray()))
            {
                Peaks = ByName(days, series => series.Variable.Name, PeaksOf),
                Unmet = ByName(unmet, series => series.Variable.Name, series => series.Values.ToArray()),
                States = YearStates.Days(others, segment),
                Tanks = ByName(tanks, series => series.Variable.Key, series => series.Values.ToArray()),
            };
        }
        catch (EsoBoundException) { throw new PartsUnlikeException(EngineSentences.TooLargeToJoin(Variables)); }
        catch (ResultsException) { throw new PartsUnlikeException(EngineSentences.Unreadable(Variables)); }
    }

    /// <summary>The sum of each meter over the days that count.</summary>
    public static IReadOnlyDictionary<string, double> Sums(YearPlan plan, IReadOnlyList<YearReports> reports) =>
        YearFigures.Of(plan, reports).Joules;

    private static List<ResultSeries> SeriesIn(EsoResults results, Func<ResultVariable, bool> isWanted, string file, int count)
    {
        if (results.IsCut) throw new PartsUnlikeException(EngineSentences.Unreadable(file));
        List<ResultSeries> all = [.. results.AllSeries(results.Variables.Where(isWanted)).Where(series => !series.Environment.IsDesignDay)];
        return all.TrueForAll(series => series.Count == count) ? all : throw new PartsUnlikeException(EngineSentences.NotComplete(file));
    }

    private static bool IsDailyMeter(ResultVariable variable) => variable is { IsMeter: true, Frequency: ResultFrequency.Daily };

    private static bool IsAir(ResultVariable variable) => variable.Frequency is ResultFrequency.Hourly
        && string.Equals(variable.Name, YearOutputs.Air, StringComparison.OrdinalIgnoreCase);

    private static bool IsTank(ResultVariable variable) => variable.Frequency is ResultFrequency.Daily
        && string.Equals(variable.Name, YearOutputs.Tank, StringComparison.OrdinalIgnoreCase);

    private static bool IsUnmet(ResultVariable variable) => variable.Frequency is ResultFrequency.Daily
        && YearOutputs.Unmet.Contains(variable.Name, StringComparer.OrdinalIgnoreCase);

    private static DayPeak[] PeaksOf(ResultSeries series) => [.. series.Extremes.Zip(
        series.Times, (extremes, day) => new DayPeak(extremes.Maximum, extremes.MaximumAt - day.Start))];

    private static Dictionary<string, T> ByName<T>(
        List<ResultSeries> all, Func<ResultSeries, string> nameOf, Func<ResultSeries, T> valuesOf)
    {
        var found = new Dictionary<string, T>(StringComparer.OrdinalIgnoreCase);
        foreach (var series in all) found[nameOf(series)] = valuesOf(series);
        return found;
    }
}

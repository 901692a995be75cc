using IdfKit.Engine.Results.Eso;

namespace IdfKit.Engine.Results.Sql;

/// <summary>Picks a few series out of a run's database, as <see cref="EsoPick"/> does out of its files of series.</summary>
internal static class SqlPick
{
    private const int MostVariables = 400;

    /// <exception cref="ResultsException">The file is broken.</exception>
    public static PickedSeries Read(SqlResults sql, Func<ResultVariable, bool> isWanted)
    {
        var variables = sql.Variables.Where(isWanted).Take(MostVariables).ToList();
        if (variables.Count == 0) return PickedSeries.None;
        var periods = sql.AllSeries(variables).Where(series => !series.Environment.IsDesignDay)
            .GroupBy(series => series.Environment)
            .Select(series => PeriodOf(series, variables));
        return periods.Aggregate(PickedSeries.None with { Variables = variables }, WithPeriod);
    }

    private static PickedSeries WithPeriod(PickedSeries picked, PickedPeriod period)
    {
        var isLonger = picked.Period is null || period.IsLongerThan(picked.Period);
        return picked with { Period = isLonger ? period : picked.Period, Periods = picked.Periods + 1 };
    }

    private static PickedPeriod PeriodOf(IGrouping<ResultEnvironment, ResultSeries> group, IReadOnlyList<ResultVariable> variables)
    {
        var period = new PickedPeriod(group.Key.Title, variables);
        var places = variables.Index().ToDictionary(place => place.Item, place => place.Index);
        var first = group.Where(series => series.Variable.Frequency is not ResultFrequency.Monthly && series.Count > 0)
            .Select(series => DateOnly.FromDateTime(series.Times[0].Start))
            .DefaultIfEmpty().Min();
        foreach (var series in group)
            for (var at = 0; at < series.Count; at++)
            {
                period.Reach(StampOf(series.Times[at], series.Variable.Frequency, first));
                period.Add(places[series.Variable], series.Values.Span[at]);
            }
        return period;
    }

    private static EsoStamp StampOf(ResultTime time, ResultFrequency frequency, DateOnly first)
    {
        var start = DateOnly.FromDateTime(time.Start);
        if (frequency is ResultFrequency.Monthly) return new(EsoStamp.Months, (byte)start.Month, 0, 0, 0, 0, 0);
        var minutes = time.Start.TimeOfDay.TotalMinutes;
        return new(EsoStamp.Steps, (byte)start.Month, (byte)start.Day, 0, start.DayNumber - first.DayNumber,
            (int)(minutes * 100), (int)((minutes + time.Length.TotalMinutes) * 100));
    }
}

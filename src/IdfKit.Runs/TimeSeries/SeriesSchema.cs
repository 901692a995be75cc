using Parquet.Schema;

namespace IdfKit.Runs.TimeSeries;

/// <summary>
/// The columns before those of the series. Their times are written and read as the whole numbers that stand in the file: as moments
/// Parquet.Net 6.1.0 would write their bounds in milliseconds whatever the unit is, and readers that trust them would pass over
/// rows; and it would not write them as differences, of which a year takes a few hundred bytes.
/// </summary>
internal static class SeriesSchema
{
    private const long TicksOfMicrosecond = TimeSpan.TicksPerMillisecond / 1000;

    private static readonly ParquetSchema AsNumbers = new(
        new DataField(SeriesMetadata.Start, typeof(long), isNullable: false),
        new DataField(SeriesMetadata.End, typeof(long), isNullable: false));

    /// <summary>As the file declares them: local standard time, which no zone adjusts.</summary>
    public static DataField[] Own =>
        [new(SeriesMetadata.Environment, typeof(string), isNullable: false), Moment(SeriesMetadata.Start), Moment(SeriesMetadata.End)];

    /// <summary>The same column as the numbers in it. The package goes by its name.</summary>
    public static DataField Start => AsNumbers.GetDataFields()[0];

    /// <inheritdoc cref="Start"/>
    public static DataField End => AsNumbers.GetDataFields()[1];

    public static long MicrosecondsOf(DateTime time) => (time.Ticks - DateTime.UnixEpoch.Ticks) / TicksOfMicrosecond;

    /// <summary>The time; null for a number that is none.</summary>
    public static DateTime? TimeOf(long microseconds) =>
        microseconds >= MicrosecondsOf(DateTime.MinValue) && microseconds <= MicrosecondsOf(DateTime.MaxValue)
            ? new DateTime((microseconds * TicksOfMicrosecond) + DateTime.UnixEpoch.Ticks)
            : null;

    private static DateTimeDataField Moment(string name) =>
        new(name, DateTimeFormat.Timestamp, isAdjustedToUTC: false, DateTimeTimeUnit.Micros, isNullable: false);
}

using Parquet.Schema;

namespace IdfKit.Runs.Tables;

/// <summary>How the kinds of columns stand in a Parquet file.</summary>
internal static class ParquetKinds
{
    /// <summary>Names the form of the table in the file's own metadata.</summary>
    public const string FormKey = "idfkit.table", Form = "idfkit.table/1";

    /// <summary>
    /// Any value may be absent. Moments are milliseconds, UTC: Parquet.Net 6.1.0 writes the bounds of a column in milliseconds whatever its
    /// unit is, and readers that trust them would pass over rows.
    /// </summary>
    public static DataField FieldOf(RunColumn column) => column.Kind switch
    {
        RunColumnKind.Whole => new DataField(column.Name, typeof(long), isNullable: true),
        RunColumnKind.Number => new DataField(column.Name, typeof(double), isNullable: true),
        RunColumnKind.Flag => new DataField(column.Name, typeof(bool), isNullable: true),
        RunColumnKind.Time => new DateTimeDataField(
            column.Name, DateTimeFormat.Timestamp, isAdjustedToUTC: true, DateTimeTimeUnit.Millis, isNullable: true),
        _ => new DataField(column.Name, typeof(string), isNullable: true),
    };

    /// <summary>The kind of a column of a file; null when a table has none such.</summary>
    public static RunColumnKind? KindOf(DataField field)
    {
        var type = field.ClrType;
        if (type == typeof(ReadOnlyMemory<char>)) return RunColumnKind.Text;
        if (type == typeof(double)) return RunColumnKind.Number;
        if (type == typeof(long)) return RunColumnKind.Whole;
        if (type == typeof(DateTime)) return RunColumnKind.Time;
        return type == typeof(bool) ? RunColumnKind.Flag : null;
    }
}

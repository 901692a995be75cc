using Microsoft.Data.Sqlite;

using TestBed;

namespace IdfKit.Engine.Tests.Results;

/// <summary>Writes a database with EnergyPlus 25.2's tables, and rows of one's own.</summary>
internal sealed class SqlFile : IDisposable
{
    private const string Tables = """
        CREATE TABLE Simulations (SimulationIndex INTEGER PRIMARY KEY, EnergyPlusVersion TEXT, TimeStamp TEXT, NumTimestepsPerHour INTEGER,
            Completed BOOL, CompletedSuccessfully BOOL);
        CREATE TABLE EnvironmentPeriods (EnvironmentPeriodIndex INTEGER PRIMARY KEY, SimulationIndex INTEGER, EnvironmentName TEXT,
            EnvironmentType INTEGER);
        CREATE TABLE Time (TimeIndex INTEGER PRIMARY KEY, Year INTEGER, Month INTEGER, Day INTEGER, Hour INTEGER, Minute INTEGER,
            Dst INTEGER, Interval INTEGER, IntervalType INTEGER, SimulationDays INTEGER, DayType TEXT, EnvironmentPeriodIndex INTEGER,
            WarmupFlag INTEGER);
        CREATE TABLE ReportDataDictionary (ReportDataDictionaryIndex INTEGER PRIMARY KEY, IsMeter INTEGER, Type TEXT, IndexGroup TEXT,
            TimestepType TEXT, KeyValue TEXT, Name TEXT, ReportingFrequency TEXT, ScheduleName TEXT, Units TEXT);
        CREATE TABLE ReportData (ReportDataIndex INTEGER PRIMARY KEY, TimeIndex INTEGER, ReportDataDictionaryIndex INTEGER, Value REAL);
        CREATE TABLE ReportExtendedData (ReportExtendedDataIndex INTEGER PRIMARY KEY, ReportDataIndex INTEGER, MaxValue REAL,
            MaxMonth INTEGER, MaxDay INTEGER, MaxHour INTEGER, MaxStartMinute INTEGER, MaxMinute INTEGER, MinValue REAL, MinMonth INTEGER,
            MinDay INTEGER, MinHour INTEGER, MinStartMinute INTEGER, MinMinute INTEGER);
        CREATE TABLE Strings (StringIndex INTEGER PRIMARY KEY, StringTypeIndex INTEGER, Value TEXT);
        CREATE TABLE TabularData (TabularDataIndex INTEGER PRIMARY KEY, ReportNameIndex INTEGER, ReportForStringIndex INTEGER,
            TableNameIndex INTEGER, RowNameIndex INTEGER, ColumnNameIndex INTEGER, UnitsIndex INTEGER, SimulationIndex INTEGER,
            RowId INTEGER, ColumnId INTEGER, Value TEXT);
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly SqliteConnection _connection;

    public SqlFile(string rows, bool hasTables = true)
    {
        _connection = new($"Data Source={Path};Pooling=False");
        _connection.Open();
        if (hasTables) Run(Tables);
        Run(rows);
    }

    public string Path => _folder["eplusout.sql"];

    public void Run(string script, params (string Name, object Value)[] parameters)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = script;
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value);
        command.ExecuteNonQuery();
    }

    /// <summary>Finished: what reads it has it for itself.</summary>
    public SqlResults Open()
    {
        _connection.Close();
        return SqlResults.Open(Path);
    }

    public void Dispose()
    {
        _connection.Dispose();
        _folder.Dispose();
    }
}

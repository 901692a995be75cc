using IdfKit.Runs;
using IdfKit.Runs.Tables;

namespace RunBed.Studies;

/// <summary>A table of a study of which nothing was ever run, column by column.</summary>
internal sealed class MadeUpTable(int rows) : ITableContent
{
    private readonly List<(RunColumn Column, Func<int, RunCell> Cell, bool IsOfFile)> _columns = [];

    public IReadOnlyList<RunColumn> Columns => [.. _columns.Select(column => column.Column)];

    public int RowCount => rows;

    public RunCell Cell(int row, int column) => _columns[column].Cell(row);

    public string? DigitsOf(int row, int column) => _columns[column].IsOfFile ? Cell(row, column).Text : null;

    /// <summary>Numbers that the study's file has.</summary>
    public MadeUpTable Set(string heading, Func<int, double> number) =>
        Add(heading, RunColumnKind.Number, row => RunCell.Of(number(row)), true);

    /// <summary>Texts that the study's file has; null: nothing.</summary>
    public MadeUpTable Set(string heading, Func<int, string?> text) => Add(heading, RunColumnKind.Text, row => RunCell.Of(text(row)), true);

    public MadeUpTable Text(string name, Func<int, string?> text) => Add(name, RunColumnKind.Text, row => RunCell.Of(text(row)), false);

    /// <summary>Numbers, of which those that are none stand for nothing.</summary>
    public MadeUpTable Figure(string name, Func<int, double> number) =>
        Add(name, RunColumnKind.Number, row => RunCell.Of(number(row)), false);

    /// <summary>What every table of a study ends with.</summary>
    public MadeUpTable End(Func<int, string> status) => this
        .Add("warnings", RunColumnKind.Whole, row => status(row) == "completed" ? RunCell.Of((long)row % 4) : default, false)
        .Figure("hours_simulated", row => status(row) == "completed" ? 8760 : double.NaN)
        .Figure("seconds", row => status(row) == "not_run" ? double.NaN : 0.8 + row % 7 / 10.0)
        .Text("run_folder", row => $"runs/{row}");

    private MadeUpTable Add(string name, RunColumnKind kind, Func<int, RunCell> cell, bool isOfFile)
    {
        _columns.Add((new(name, kind), cell, isOfFile));
        return this;
    }
}

namespace IdfKit.Runs.Records;

/// <summary>
/// Which of a run's files is which, whatever prefix and style of names it was given: the <c>.end</c> file gives the stem, else the
/// <c>.err</c> or <c>.audit</c> of a run that did not get so far.
/// </summary>
internal sealed class ResultNames
{
    private const string SqliteLog = "sqlite.err"; // EnergyPlus's own log of its database, beside the run's .err

    private readonly HashSet<string> _files;
    private readonly string? _stem;

    /// <param name="files">Paths relative to the run's folder.</param>
    public ResultNames(IEnumerable<string> files)
    {
        _files = new(files, StringComparer.Ordinal);
        _stem = StemOf(".end") ?? StemOf(".err") ?? StemOf(".audit");
    }

    public string? End => Output("end");
    public string? Errors => Output("err");
    public string? Sql => Output("sql");
    public string? Eso => Output("eso");
    public string? Mtr => Output("mtr");
    public string? Csv => Output("csv");
    public string? VariableDictionary => Output("rdd");
    public string? MeterDictionary => Output("mdd");
    public string? Html => Table("htm");

    private string? Output(string extension) => Present($"{_stem}.{extension}");

    // eplustbl.htm of eplusout.* (style L), else eplusTable.htm (C) or eplus-table.htm (D) of eplus.*
    private string? Table(string extension) =>
        (_stem is not null && _stem.EndsWith("out", StringComparison.Ordinal) ? Present($"{_stem[..^3]}tbl.{extension}") : null)
        ?? Present($"{_stem}Table.{extension}") ?? Present($"{_stem}-table.{extension}");

    private string? Present(string name) => _stem is not null && _files.Contains(name) ? name : null;

    private string? StemOf(string extension)
    {
        var found = _files
            .Where(file => file != SqliteLog && file.EndsWith(extension, StringComparison.Ordinal) && !file.Contains('/'))
            .Order(StringComparer.Ordinal)
            .FirstOrDefault();
        return found?[..^extension.Length];
    }
}

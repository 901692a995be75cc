namespace IdfKit.Runs.Records;

/// <summary>
/// Which of a run's files is which, whatever prefix and style of names it was given: the <c>.end</c> file gives the stem, else the
/// <c>.err</c> or <c>.audit</c> of a run that did not get so far. A folder may also hold single results, whatever their names.
/// </summary>
internal sealed class ResultNames
{
    private const string SqliteLog = "sqlite.err"; // EnergyPlus's own log of its database, beside the run's .err

    private const string Report = "report"; // our own page

    // Of no run's series: the tables, the meters and what EnergyPlus writes as .csv besides, in each style of names.
    private static readonly string[] OtherCsv =
    [
        "tbl.csv", "table.csv", "mtr.csv", "meter.csv", "ssz.csv", "zsz.csv", "spsz.csv", "psz.csv", "map.csv", "screen.csv", "shading.csv",
    ];

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
    public string? Sql => Output("sql") ?? First(".sql");
    public string? Eso => Output("eso") ?? First(".eso");
    public string? Mtr => Output("mtr") ?? First(".mtr");
    public string? Eio => Output("eio") ?? First(".eio");
    public string? VariableDictionary => Output("rdd") ?? First(".rdd");
    public string? MeterDictionary => Output("mdd") ?? First(".mdd");
    public string? Html => Table("htm") ?? Table("html") ?? First(".htm", IsTables) ?? First(".html", IsTables);

    /// <summary>Beside a run's other files a <c>.csv</c> of another name may be anything, such as a schedule.</summary>
    public string? Csv => Output("csv") ?? (_stem is null ? First(".csv", file => !OtherCsv.Any(other => HasEnd(file, other))) : null);

    /// <summary>Whether there is any file that EnergyPlus writes.</summary>
    public bool HasAny =>
        _stem is not null || (Sql ?? Eso ?? Mtr ?? Eio ?? VariableDictionary ?? MeterDictionary ?? Html ?? Csv) is not null;

    private string? Output(string extension) => Present($"{_stem}.{extension}");

    // eplustbl.htm of eplusout.* (style L), else eplusTable.htm (C) or eplus-table.htm (D) of eplus.*
    private string? Table(string extension) =>
        (_stem is not null && _stem.EndsWith("out", StringComparison.Ordinal) ? Present($"{_stem[..^3]}tbl.{extension}") : null)
        ?? Present($"{_stem}Table.{extension}") ?? Present($"{_stem}-table.{extension}");

    private string? Present(string name) => _stem is not null && _files.Contains(name) ? name : null;

    private string? StemOf(string extension) => First(extension, file => file != SqliteLog)?[..^extension.Length];

    /// <summary>The first by name that lies in the folder itself.</summary>
    private string? First(string extension, Func<string, bool>? isWanted = null) => _files
        .Where(file => file.EndsWith(extension, StringComparison.Ordinal) && !file.Contains('/') && isWanted?.Invoke(file) is not false)
        .Order(StringComparer.Ordinal)
        .FirstOrDefault();

    /// <summary>Beside a run's other files a web page of another name may be anything.</summary>
    private bool IsTables(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        return HasEnd(name, "tbl") || HasEnd(name, "table") || (_stem is null && name != Report);
    }

    private static bool HasEnd(string file, string end) => file.EndsWith(end, StringComparison.OrdinalIgnoreCase);
}

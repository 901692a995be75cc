using System.IO.Compression;

using IdfKit.Engine;
using IdfKit.Runs;
using IdfKit.Simulation.Results;
using IdfKit.Storage;

namespace IdfKit.Simulation;

public sealed partial class SimulationResult
{
    // Up to this size a file is fetched at once and read from memory; a larger one is read while it comes.
    private const long LargestInMemory = 256L << 20;

    private readonly ReadOnce<ErrReport?> _errors;
    private readonly ReadOnce<EioTables?> _eio;
    private readonly ReadOnce<EsoResults?> _eso;
    private readonly ReadOnce<EsoResults?> _mtr;
    private readonly ReadOnce<CsvResults?> _csv;
    private readonly ReadOnce<HtmlTables?> _html;
    private readonly ReadOnce<VariableCatalog?> _variables;
    private readonly ReadOnce<EnergySummary?> _summary;
    private readonly ReadOnce<OpenedSql?> _sql;
    private OpenedSql? _openSql;

    /// <summary>What EnergyPlus complained of; empty when the run left no <c>.err</c>.</summary>
    public ErrReport Errors => Blocking.Wait(() => GetErrorsAsync());

    /// <summary>The database; null when the run wrote none. From a remote file system it is first brought to a temporary file.</summary>
    /// <exception cref="ResultsException">It is cut off or no database of EnergyPlus.</exception>
    public SqlResults? Sql => Blocking.Wait(() => GetSqlAsync());

    /// <summary>
    /// The time series of variables; null when the run wrote none. What a stopped run wrote by then is there, and says
    /// that it is cut.
    /// </summary>
    public EsoResults? Eso => Blocking.Wait(() => GetEsoAsync());

    /// <summary>The time series of meters; null when the run wrote none.</summary>
    public EsoResults? Mtr => Blocking.Wait(() => GetMtrAsync());

    /// <summary>What the run tells of itself: zones, constructions, sizes; null when it wrote none.</summary>
    public EioTables? Eio => Blocking.Wait(() => GetEioAsync());

    /// <summary>The time series that ReadVarsESO wrote; null when it did not run.</summary>
    public CsvResults? Csv => Blocking.Wait(() => GetCsvAsync());

    /// <summary>The tables of the report; null when the run wrote none.</summary>
    public HtmlTables? Html => Blocking.Wait(() => GetHtmlAsync());

    /// <summary>
    /// The variables and meters that the model could report, from <c>.rdd</c> and <c>.mdd</c>; null when the run wrote
    /// neither.
    /// </summary>
    public VariableCatalog? Variables => Blocking.Wait(() => GetVariablesAsync());

    /// <summary>What the run comes down to: as its record has it, or else its <c>summary.json</c>; null when there is neither.</summary>
    public EnergySummary? Summary => Blocking.Wait(() => GetSummaryAsync());

    /// <inheritdoc cref="Errors"/>
    public async Task<ErrReport> GetErrorsAsync(CancellationToken cancellationToken = default) =>
        await _errors.GetAsync(cancellationToken).ConfigureAwait(false) ?? ErrReport.Read(Stream.Null);

    /// <inheritdoc cref="Sql"/>
    public async Task<SqlResults?> GetSqlAsync(CancellationToken cancellationToken = default) =>
        (await _sql.GetAsync(cancellationToken).ConfigureAwait(false))?.Results;

    /// <inheritdoc cref="Eso"/>
    public Task<EsoResults?> GetEsoAsync(CancellationToken cancellationToken = default) => _eso.GetAsync(cancellationToken);

    /// <inheritdoc cref="Mtr"/>
    public Task<EsoResults?> GetMtrAsync(CancellationToken cancellationToken = default) => _mtr.GetAsync(cancellationToken);

    /// <inheritdoc cref="Eio"/>
    public Task<EioTables?> GetEioAsync(CancellationToken cancellationToken = default) => _eio.GetAsync(cancellationToken);

    /// <inheritdoc cref="Csv"/>
    public Task<CsvResults?> GetCsvAsync(CancellationToken cancellationToken = default) => _csv.GetAsync(cancellationToken);

    /// <inheritdoc cref="Html"/>
    public Task<HtmlTables?> GetHtmlAsync(CancellationToken cancellationToken = default) => _html.GetAsync(cancellationToken);

    /// <inheritdoc cref="Variables"/>
    public Task<VariableCatalog?> GetVariablesAsync(CancellationToken cancellationToken = default) =>
        _variables.GetAsync(cancellationToken);

    /// <inheritdoc cref="Summary"/>
    public Task<EnergySummary?> GetSummaryAsync(CancellationToken cancellationToken = default) => _summary.GetAsync(cancellationToken);

    /// <summary>Opens any of <see cref="Files"/>, each time anew; one that is stored compressed is read as EnergyPlus wrote it.</summary>
    /// <exception cref="StorageException">NotFound: the run has no such file, or it has gone.</exception>
    public async Task<Stream> OpenFileAsync(string file, CancellationToken cancellationToken = default)
    {
        var stored = _folder.Files.FirstOrDefault(known => known.Path == file)
            ?? throw new StorageException(
                StorageErrorKind.NotFound, nameof(OpenFileAsync), file, $"The run in '{Directory}' has no file '{file}'.");
        var path = _place.At(file);
        var content = _place.LocalPath is not null || stored.SizeBytes > LargestInMemory
            ? await _place.FileSystem.OpenReadAsync(path, cancellationToken).ConfigureAwait(false)
            : InMemory(await _place.FileSystem.ReadBytesAsync(path, cancellationToken).ConfigureAwait(false));
        return await IsCompressedAsync(stored, content, cancellationToken).ConfigureAwait(false)
            ? new GZipStream(content, CompressionMode.Decompress)
            : content;
    }

    /// <summary>
    /// What copies a run may unpack what its record calls compressed, as browsers do; and of a run without a record only its tables may be
    /// so. Therefore the content decides, where it can be looked at.
    /// </summary>
    private async ValueTask<bool> IsCompressedAsync(StoredRunFile stored, Stream content, CancellationToken cancellationToken)
    {
        if (!content.CanSeek) return stored.ContentEncoding is "gzip";
        if (stored.ContentEncoding is not "gzip" && (Record is not null || stored.Path != _names.Html)) return false;
        var mark = new byte[2];
        var count = await content.ReadAtLeastAsync(mark, mark.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        content.Position = 0;
        return count == 2 && mark is [0x1F, 0x8B];
    }

    // Readers may take the bytes as they are, without copying them once more.
    private static MemoryStream InMemory(byte[] content) => new(content, 0, content.Length, writable: false, publiclyVisible: true);

    private async Task<T?> ReadAsync<T>(string? file, Func<Stream, T> read, CancellationToken cancellationToken)
        where T : class
    {
        if (file is null) return null;
        var stream = await OpenFileAsync(file, cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            try { return read(stream); }
            catch (ResultsException e) { throw Named(file, e.Message, e); } // a reader of streams knows no names
            catch (InvalidDataException e) { throw Named(file, SimulationSentences.NotCompressed, e); }
        }
    }

    private ResultsException Named(string file, string message, Exception cause) =>
        new(Shown(file), $"{Shown(file)}: {message}", cause);

    private string Shown(string file) => _place.Shown.Length == 0 ? file : _place.Shown + "/" + file;

    private async Task<VariableCatalog?> ReadVariablesAsync(CancellationToken cancellationToken)
    {
        var variables = await ReadAsync(_names.VariableDictionary, VariableCatalog.Read, cancellationToken).ConfigureAwait(false);
        var meters = await ReadAsync(_names.MeterDictionary, VariableCatalog.Read, cancellationToken).ConfigureAwait(false);
        return variables is null || meters is null ? variables ?? meters : variables.With(meters);
    }

    private async Task<EsoResults?> ReadSeriesAsync(string? file, CancellationToken cancellationToken)
    {
        if (file is null) return null;
        var periods = await ReadPeriodsAsync(cancellationToken).ConfigureAwait(false);
        return await ReadAsync(file, stream => EsoResults.Read(stream, periods), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The run periods with their years, which the files of series do not say: of the summary, else of the <c>.eio</c>.</summary>
    private async Task<IReadOnlyList<SummaryPeriod>> ReadPeriodsAsync(CancellationToken cancellationToken)
    {
        try
        {
            var summary = await GetSummaryAsync(cancellationToken).ConfigureAwait(false);
            if (summary is { HoursSimulated: not null }) return summary.Periods;
            return (await GetEioAsync(cancellationToken).ConfigureAwait(false))?.Periods ?? [];
        }
        catch (StorageException e) when (e.Kind is StorageErrorKind.NotFound)
        {
            return []; // the file has gone; the series are there without it
        }
    }

    private async Task<EnergySummary?> ReadSummaryAsync(CancellationToken cancellationToken)
    {
        if (Record?.Summary is { } recorded) return recorded;
        if (!Files.Contains(RunRecordFile.SummaryName)) return null;
        return RunRecordFile.SummaryFromJson(await _place.FileSystem.ReadBytesAsync(
            _place.At(RunRecordFile.SummaryName), cancellationToken).ConfigureAwait(false));
    }

    private async Task<OpenedSql?> OpenSqlAsync(CancellationToken cancellationToken)
    {
        if (_names.Sql is not { } file) return null;
        if (_place.LocalPath is { } folder) return _openSql = new(OpenSql(Path.Combine(folder, file)), null);
        var copy = await LocalCopy.DownloadAsync(_place.FileSystem, _place.At(file), cancellationToken).ConfigureAwait(false);
        try
        {
            return _openSql = new(OpenSql(copy.Path), copy);
        }
        catch (ResultsException e)
        {
            copy.Dispose();
            throw new ResultsException(Shown(file), e.Message.Replace(copy.Path, Shown(file), StringComparison.Ordinal), e);
        }
    }

    private SqlResults OpenSql(string path)
    {
        var sql = SqlResults.Open(path);
        if (Record?.Summary is { HoursSimulated: not null } summary) sql.Periods = summary.Periods;
        return sql;
    }

    /// <summary>A database, and the copy that it reads when the file itself is not on local disk.</summary>
    private sealed record OpenedSql(SqlResults Results, LocalCopy? Copy);
}

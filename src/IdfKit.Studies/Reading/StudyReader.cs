using IdfKit.Engine;
using IdfKit.Engine.Schemas;
using IdfKit.Simulation;
using IdfKit.Studies.Columns;
using IdfKit.Studies.Files;
using IdfKit.Studies.Variants;

namespace IdfKit.Studies.Reading;

/// <summary>Reads one study, and finds all that is wrong with it.</summary>
internal sealed class StudyReader(StoredPlace place, StudyOptions options)
{
    private const string CsvEnding = ".study.csv", JsonEnding = ".study.json";

    private readonly StudyFolder _folder = new(place);
    private readonly FaultList _faults = new();
    private readonly Dictionary<string, VariantMaker?> _makers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> _weather = new(StringComparer.Ordinal);
    private IReadOnlyList<EnergyPlusInstallation> _installations = [];
    private readonly HashSet<VariantMaker> _checked = [];
    private readonly HashSet<string> _headingFaults = new(StringComparer.Ordinal);
    private bool _hasParameters;

    private bool IsModel => place.Name.EndsWith(".idf", StringComparison.OrdinalIgnoreCase);

    public async Task<Study> ReadAsync(CancellationToken cancellationToken)
    {
        var bytes = IsModel
            ? await _folder.ReadAsync(place.Path, cancellationToken).ConfigureAwait(false)
            : await _folder.ReadStudyAsync(StudyText.MostBytes + 1, cancellationToken).ConfigureAwait(false);
        return await ReadAsync(bytes, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads the study as if its file held these bytes.</summary>
    public async Task<Study> ReadAsync(byte[] bytes, CancellationToken cancellationToken)
    {
        var (reading, rows) = RowsOf(bytes);
        _installations = options.Installation is { } given ? [given] : options.Installations ?? EnergyPlusInstallation.FindSeveral();
        List<StudyVariant> variants = [];
        foreach (var row in rows)
            if (await VariantOfAsync(reading, row, cancellationToken).ConfigureAwait(false) is { } variant) variants.Add(variant);
        _faults.ThrowIfAny();
        return new(place, reading.Columns, variants);
    }

    /// <summary>
    /// The study as its file says it, with neither base nor weather: its variants have values and cannot be made. For who collects what
    /// has been checked before.
    /// </summary>
    /// <param name="bytes">The study's file.</param>
    /// <exception cref="StudyException">It is no study.</exception>
    public Study ReadUnchecked(byte[] bytes)
    {
        var (reading, rows) = RowsOf(bytes);
        _faults.ThrowIfAny();
        var nothing = new VariantMaker(new BaseModel("", []), schema: null);
        return new(place, reading.Columns, [.. rows.Select(row => new StudyVariant(row, nothing, null, [.. reading.ValuesOf(row)]))]);
    }

    private (RowReading Reading, IReadOnlyList<StudyRow> Rows) RowsOf(byte[] bytes)
    {
        var table = TableOf(bytes);
        _faults.ThrowIfAny();
        _hasParameters = table!.HasParameters;
        var columns = Heading.ReadAll(table.Headings, _hasParameters, _faults);
        _faults.ThrowIfAny();
        var reading = new RowReading([.. columns.Select(column => column!)], table.HasDecimalCommas, _faults);
        return (reading, reading.Read(table.Rows));
    }

    private RawTable? TableOf(byte[] bytes)
    {
        if (IsModel) return ParametricTableOf(bytes);
        if (StudyText.Decode(bytes, _faults) is not { } text) return null;
        if (place.Name.EndsWith(CsvEnding, StringComparison.OrdinalIgnoreCase)) return StudyCsv.Read(text, _faults);
        if (place.Name.EndsWith(JsonEnding, StringComparison.OrdinalIgnoreCase)) return StudyJson.Read(text, _faults);
        _faults.Add(StudySentences.NoStudyFile(place.Name));
        return null;
    }

    private RawTable? ParametricTableOf(byte[] bytes)
    {
        try
        {
            return ParametricTable.Read(new BaseModel(place.Path, bytes).Model, _faults);
        }
        catch (ModelSyntaxException e)
        {
            _faults.Add(e.Message);
            return null;
        }
    }

    private async Task<StudyVariant?> VariantOfAsync(RowReading reading, StudyRow row, CancellationToken cancellationToken)
    {
        var maker = await MakerAsync(reading, row, cancellationToken).ConfigureAwait(false);
        if (maker is null) return null;
        var isFirst = _checked.Add(maker);
        var weather = await WeatherAsync(reading, row, maker.Base, cancellationToken).ConfigureAwait(false);
        var values = reading.ValuesOf(row).ToArray();
        try
        {
            if (isFirst) maker.CheckAddresses(reading.Columns, values, Refuse);
            maker.Check(values, Refuse);
        }
        catch (ModelSyntaxException e)
        {
            _faults.Add(row.FileRow, null, StudySentences.InRow(row.FileRow, null, e.Message));
        }
        return new(row, maker, weather, values);

        void Refuse(VariantFault fault)
        {
            if (!fault.IsOfHeading) _faults.Add(row.FileRow, fault.Column, StudySentences.InRow(row.FileRow, fault.Column, fault.Message));
            else if (_headingFaults.Add(fault.Column + "\n" + fault.Message)) // not for every row
                _faults.Add(1, fault.Column, StudySentences.InColumn(fault.Column!, fault.Message));
        }
    }

    private async Task<VariantMaker?> MakerAsync(RowReading reading, StudyRow row, CancellationToken cancellationToken)
    {
        var named = reading.ValueOf(row, StudyColumnKind.Model);
        var key = named ?? "";
        if (_makers.TryGetValue(key, out var known)) return known;
        var path = named is null
            ? await OwnBaseAsync(cancellationToken).ConfigureAwait(false)
            : await NamedBaseAsync(row, named, cancellationToken).ConfigureAwait(false);
        return _makers[key] = path is null ? null : await OpenAsync(row, path, reading, cancellationToken).ConfigureAwait(false);
    }

    private async Task<string?> OwnBaseAsync(CancellationToken cancellationToken)
    {
        if (IsModel) return place.Path;
        var ending = place.Name.EndsWith(CsvEnding, StringComparison.OrdinalIgnoreCase) ? CsvEnding : JsonEnding;
        var stem = place.Name[..^ending.Length];
        var named = await _folder.ModelsAsync(stem, cancellationToken).ConfigureAwait(false);
        var models = named.Where(name => !StudyFolder.IsBundle(name)).ToList();
        var found = models.Count > 0 ? models : named; // a model goes before a zip with one
        if (found is [var only]) return Storage.StoragePath.Join(place.Folder, only);
        if (found.Count > 1)
        {
            _faults.Add(StudySentences.SeveralBases(place.Name, found[0], found[1]));
            return null;
        }
        var others = await _folder.ModelsAsync(null, cancellationToken).ConfigureAwait(false);
        _faults.AddMissing(
            null, null, StudySentences.NoBase(place.Name, stem, Runs.Spelling.Nearest(stem + ".idf", others)),
            _folder.Resolve(stem + ".idf"), _folder.Resolve(stem + ".epJSON"), _folder.Resolve(stem + ".zip"));
        return null;
    }

    private async Task<string?> NamedBaseAsync(StudyRow row, string named, CancellationToken cancellationToken)
    {
        var path = _folder.Resolve(named);
        if (path is not null && await _folder.ExistsAsync(path, cancellationToken).ConfigureAwait(false)) return path;
        var others = await _folder.ModelsAsync(null, cancellationToken).ConfigureAwait(false);
        _faults.AddMissing(
            row.FileRow, "model", StudySentences.NoNamedBase(row.FileRow, named, Runs.Spelling.Nearest(named, others)), path);
        return null;
    }

    private async Task<VariantMaker?> OpenAsync(StudyRow row, string path, RowReading reading, CancellationToken cancellationToken)
    {
        if (await BaseAsync(path, cancellationToken).ConfigureAwait(false) is not { } opened) return null;
        CheckTags([.. reading.Columns.Where(column => column.Kind is StudyColumnKind.Tag)], opened);
        try
        {
            var tags = reading.ValuesOf(row).Where(value => value.Column.Kind is StudyColumnKind.Tag).ToList();
            var model = tags.Count == 0 ? opened.Model : opened.Read(TagText.Replace(opened.Bytes.Span, tags));
            if (!_hasParameters && model.HasAny(ParametricTable.ClassPrefix)) _faults.Add(StudySentences.ParametricBase(opened.Name));
            return new(opened, SchemaFor(model), model.Version);
        }
        catch (ModelSyntaxException e)
        {
            _faults.Add(e.Message);
            return null;
        }
    }

    private async Task<BaseModel?> BaseAsync(string path, CancellationToken cancellationToken)
    {
        if (!StudyFolder.IsBundle(path) || options.HasOpenBundles)
            return await _folder.OpenAsync(path, cancellationToken).ConfigureAwait(false);
        if (options.OpenBundle is { } open)
            return await StudyFolder.OpenUnpackedAsync(
                path, await open(path, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        _faults.Add(StudySentences.NoBundles(path[(path.LastIndexOf('/') + 1)..]));
        return null;
    }

    private void CheckTags(List<StudyColumn> tags, BaseModel opened)
    {
        foreach (var tag in tags)
            if (!TagText.IsIn(opened.Bytes.Span, tag)) _faults.Add(1, tag.Heading, StudySentences.NoTag(tag.Heading, opened.Name));
        if (tags.Count > 0 && TagText.Other(opened.Bytes.Span, tags) is { } other)
            _faults.Add(StudySentences.TagWithoutColumn(other, opened.Name));
    }

    private ModelSchema? SchemaFor(Model model)
    {
        var own = _installations.FirstOrDefault(one => model.Version is not { } version || version.IsSameRelease(one.Version));
        if (own is not null) return ModelSchema.Of(own);
        _faults.Add(StudySentences.OtherVersion(model.Version!.Value.ToString(), _installations[0].Version.ToString()));
        return null;
    }

    private async Task<string?> WeatherAsync(RowReading reading, StudyRow row, BaseModel model, CancellationToken cancellationToken)
    {
        var named = reading.ValueOf(row, StudyColumnKind.Weather) ?? options.Weather;
        var key = named ?? "/" + model.Path;
        if (_weather.TryGetValue(key, out var known)) return known;
        if (named is null)
        {
            var brought = model.Unpacked is { } unpacked ? StudyFolder.WeatherUnpacked(unpacked) : null;
            return _weather[key] = brought ?? await _folder.WeatherBesideAsync(model.Path, cancellationToken).ConfigureAwait(false);
        }
        var path = _folder.Resolve(named);
        var isThere = path is not null && await _folder.ExistsAsync(path, cancellationToken).ConfigureAwait(false);
        if (!isThere) _faults.AddMissing(row.FileRow, "weather", StudySentences.NoWeather(row.FileRow, named), path);
        return _weather[key] = isThere ? path : null;
    }
}

using System.Collections.Concurrent;

using IdfKit.Engine;
using IdfKit.Engine.Schemas;
using IdfKit.Runs;
using IdfKit.Studies;
using IdfKit.Studies.Reading;

namespace IdfKit.Drops.Studies;

/// <summary>Readies rows of one study: finds base and weather of each, and what its run depends on.</summary>
/// <param name="study">The key of the study.</param>
/// <param name="bases">Its bases.</param>
/// <param name="engines">The EnergyPlus installations at hand, the default first.</param>
/// <param name="schemas">Of the installations, as far as they have been read.</param>
/// <param name="inputPrefix">What lies outside it is no base.</param>
internal sealed class RowStaging(
    ObjectKey study, StagedBases bases, IReadOnlyList<EnergyPlusInstallation> engines,
    ConcurrentDictionary<string, ModelSchema?> schemas, string inputPrefix)
{
    private readonly ConcurrentDictionary<string, RowsAtHand> _rowsOf = new(StringComparer.Ordinal);

    /// <summary>A row that the study's reader has read.</summary>
    public async Task<StagedRow> OfAsync(StudyVariant variant, CancellationToken cancellationToken)
    {
        var of = await bases.OfAsync(variant.Model, cancellationToken).ConfigureAwait(false);
        return await OfAsync(of, variant, WeatherOf(variant), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A row that a call hands over.</summary>
    /// <param name="row">The row.</param>
    /// <param name="baseKey">Its base, where the row names none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<StagedRow> OfAsync(CalledRow row, string baseKey, CancellationToken cancellationToken)
    {
        var key = row.Set.TryGetValue("model", out var named) ? StudyFolder.Resolve(study.Folder, named) ?? named : baseKey;
        var of = await bases.OfAsync(key, cancellationToken).ConfigureAwait(false);
        if (!key.StartsWith(inputPrefix, StringComparison.Ordinal))
            return new(of, of.Fetched.Request) { Rejection = new(RunReason.BadRow, DropSentences.BaseOutside(key)) };
        if (of.Model is not { } model) return new(of, of.Fetched.Request) { Rejection = of.Fetched.Rejection };
        var rows = _rowsOf.GetOrAdd(key, _ => new(model, engines, key == study.Value, SchemaOf));
        try
        {
            var variant = rows.Read(row.N, row.Name, row.Set);
            return await OfAsync(of, variant, row.Weather, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is StudyException or ModelSyntaxException)
        {
            return new(of, of.Fetched.Request) { Rejection = new(RunReason.BadRow, e.Message, e) };
        }
    }

    /// <summary>The weather that a row names, as its file has it; null: none.</summary>
    public static string? WeatherOf(StudyVariant variant) =>
        variant.Values.FirstOrDefault(value => value.Column.Kind == StudyColumnKind.Weather).Value;

    private async Task<StagedRow> OfAsync(
        StagedBase of, StudyVariant variant, string? weatherName, CancellationToken cancellationToken)
    {
        var request = RowRequest.Of(of.Fetched.Request, variant.Row);
        var weatherKey = RowRequest.WeatherKey(study, weatherName);
        var weather = await of.WeatherAsync(weatherKey, ModelOf(of, variant), cancellationToken).ConfigureAwait(false);
        var identity = RowRequest.Identity(variant, request, weather.Sha256, engines);
        return new(of, request)
        {
            Variant = variant, WeatherKey = weatherKey, OfWeather = weather.Asked, Identity = identity, Rejection = of.Fetched.Rejection,
        };
    }

    /// <summary>The base; where that is no model before its tags are filled in, the variant.</summary>
    private static Model ModelOf(StagedBase of, StudyVariant variant)
    {
        try { return of.Model!.Model; }
        catch (ModelSyntaxException) { return of.Model!.Read(variant.MakeModel()); }
    }

    private ModelSchema? SchemaOf(EnergyPlusInstallation installation) =>
        schemas.GetOrAdd(installation.Directory, _ => ModelSchema.Of(installation));
}

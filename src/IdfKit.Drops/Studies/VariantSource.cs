using IdfKit.Engine;
using IdfKit.Runs;
using IdfKit.Runs.Preflight;
using IdfKit.Runs.Staging;
using IdfKit.Studies;

namespace IdfKit.Drops.Studies;

/// <summary>The inputs of a row: a variant that is made on the staged copy of its base, and what lies beside the base.</summary>
/// <param name="row">The row on its base.</param>
/// <param name="study">The row, for the record.</param>
internal sealed class VariantSource(StagedRow row, RunStudy study) : IModelSource
{
    private Workspace? _workspace;

    public async Task<FetchedModel> FetchModelAsync(Workspace workspace, CancellationToken cancellationToken)
    {
        _workspace = workspace;
        var fetched = row.Base.Fetched;
        if (row.Variant is null) return new(fetched.Input, new() { Study = study }) { Rejection = row.Rejection };
        var request = row.Request with { Study = study };
        var path = Path.Combine(workspace.Inputs, StagedModel.NameFor(Path.GetExtension(fetched.Path!)));
        var staged = fetched with { Request = request, Path = path, Rejection = row.Rejection ?? fetched.Rejection };
        try
        {
            await File.WriteAllBytesAsync(path, row.Variant.MakeModel(), cancellationToken).ConfigureAwait(false);
            return staged;
        }
        catch (StudyException e) { return staged with { Path = null, Rejection = new(RunReason.BadRow, e.Message, e) }; }
    }

    public async Task<FetchedWeather> FetchWeatherAsync(Model model, RunRequest request, CancellationToken cancellationToken)
    {
        var weather = await row.Base.WeatherAsync(row.WeatherKey, model, cancellationToken).ConfigureAwait(false);
        if (weather.Path is { } path)
        {
            File.Copy(path, _workspace!.Weather, overwrite: true);
            return weather.Found with { Awaited = [] };
        }
        if (row.WeatherKey is not null) return weather.Found;
        return Checks.NeedsWeather(model, request) ? weather.Found : default;
    }

    public CompanionSource CompanionsOf(string? dataSets) => row.Base.CompanionsOf(dataSets);
}

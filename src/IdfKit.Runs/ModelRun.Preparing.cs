using IdfKit.Engine;

namespace IdfKit.Runs;

/// <summary>Makes the staged model ready for EnergyPlus.</summary>
internal sealed partial class ModelRun
{
    private async Task<Rejection?> PrepareModelAsync(CancellationToken cancellationToken)
    {
        var options = new PreparationOptions
        {
            VersionPolicy = Request.VersionPolicy,
            ModelName = _name,
            MigratedPath = Path.Combine(workspace.Outputs, RunMigration.FileName),
            RunMacros = Request.RunMacros,
            ExpandObjects = Request.ExpandObjects,
            Variables = Request.Variables,
            Meters = Request.Meters,
            ReportMeters = Request.ReportMeters && !IsDesignDay,
            Annual = Request.Annual,
            WeatherPath = WeatherPath,
            Timeout = Request.PreprocessorTimeout,
            Engine = engines.Options,
        };
        var prepared = await ModelPreparation.PrepareAsync(
            Model, ModelPath, engines.Installations, options, cancellationToken).ConfigureAwait(false);
        var isRewritten = prepared.Model != _model;
        if (isRewritten) await ForgetIfLargeAsync().ConfigureAwait(false);
        (_model, _isExpanded) = (prepared.Model, prepared.IsExpanded);
        _installation = prepared.Installation ?? _installation;
        Record = Record with
        {
            Engine = Chosen,
            AddedObjects = prepared.AddedObjects,
            Migration = RunMigration.Of(prepared.Migration),
            Options = Request.ForRecord(IsDesignDay, Expands),
        };
        if (prepared.Refusal is { } refusal) return Rejection.Of(refusal);

        // What EPMacro has included may name files of its own.
        return isRewritten ? await FetchCompanionsAsync(cancellationToken).ConfigureAwait(false) : null;
    }
}

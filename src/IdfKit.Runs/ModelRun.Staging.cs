using System.Runtime.CompilerServices;

using IdfKit.Engine;
using IdfKit.Runs.Preflight;
using IdfKit.Runs.Staging;

namespace IdfKit.Runs;

/// <summary>Brings the inputs to local disk, and looks what speaks against the model.</summary>
internal sealed partial class ModelRun
{
    private async Task<Rejection?> FetchModelAsync(CancellationToken cancellationToken)
    {
        var fetched = await source.FetchModelAsync(workspace, cancellationToken).ConfigureAwait(false);
        Request = fetched.Request;
        Record = Record with { Input = fetched.Input, Label = Request.Label, Tags = Request.Tags, Study = Request.Study };
        Notice(fetched.Notices);
        if (fetched.Path is not { } path) return fetched.Rejection;

        StagedModel staged;
        try { staged = StagedModel.Read(path, fetched.Name); }
        catch (ModelSyntaxException e) { return new(RunReason.NotAModel, e.Message, e); }
        (_name, ModelPath) = (fetched.Name, staged.Path);
        _model = _dropped = staged.Model;
        Notice([.. staged.Notices, WhyOneProcess ?? ""]);
        return fetched.Rejection;
    }

    private Rejection? ChooseEngine()
    {
        (_installation, var refused) = Checks.OfVersion(Model, engines.Installations, Request);
        return refused;
    }

    private Rejection? CheckEnd()
    {
        if (!Model.HasClosedEnd) return null;
        var (refused, last) = (Checks.OfEnd(Model, Installation), Model.Objects[^1]);
        if (refused is null) Notice([EngineSentences.EndsWithComma(Model.Text.Who, last.ClassName, last.Line)]);
        return refused;
    }

    private Rejection? CheckPrograms()
    {
        var refused = Checks.OfPrograms(Model, Installation, Request);
        if (refused is not null) Record = Record with { Engine = Chosen };
        return refused;
    }

    private async Task<Rejection?> FetchWeatherAsync(CancellationToken cancellationToken)
    {
        var fetched = await source.FetchWeatherAsync(Model, Request, cancellationToken).ConfigureAwait(false);
        if (fetched.Weather is not null) (WeatherPath, Record) = (workspace.Weather, Record with { Weather = fetched.Weather });
        // Of a run that is rejected for want of weather nobody has asked for design days.
        var isDesignDay = fetched.Rejection is null ? IsDesignDay : Request.DesignDay;
        Record = Record with { Options = Request.ForRecord(isDesignDay, Expands) };
        Notice(fetched.Notices);
        return fetched.Rejection
            ?? (WeatherPath is { } path ? await CheckWeatherAsync(fetched, path, cancellationToken).ConfigureAwait(false) : null);
    }

    private async Task<Rejection?> CheckWeatherAsync(FetchedWeather fetched, string path, CancellationToken cancellationToken)
    {
        var check = WeatherFile.Check(path, fetched.Name);
        if (check.Rejection is { } bad) return bad with { Missing = fetched.Awaited };
        var beside = await WeatherStatistics.FetchAsync(
            fetched.Files!, fetched.Path, path, Model, check, cancellationToken).ConfigureAwait(false);
        Notice([.. check.Notices, beside.Notice ?? ""]);
        var isOfModelsBucket = Record.Weather?.Bucket == Record.Input.Bucket; // only there does an arrival start anything
        return isOfModelsBucket ? beside.Rejection : beside.Rejection is { } alone ? alone with { Missing = [] } : null;
    }

    private async Task<Rejection?> FetchCompanionsAsync(CancellationToken cancellationToken)
    {
        var companions = new Companions(source.CompanionsOf(DataSetsFolder.Of(Installation.Directory)));
        var fetched = await companions.FetchAsync(Model, ModelPath, workspace.Inputs, cancellationToken).ConfigureAwait(false);
        (WorkingDirectory, CompanionFiles) = (fetched.WorkingDirectory, fetched.Files);
        Notice(fetched.Notices);
        if (!fetched.IsModelRewritten) return fetched.Rejection;
        await ForgetIfLargeAsync().ConfigureAwait(false);
        _model = StagedModel.Read(ModelPath, Path.GetFileName(ModelPath)).Model;
        return fetched.Rejection;
    }

    /// <summary>Of two large models only the one that runs is held: the lines of the other one's errors are not told.</summary>
    private async Task ForgetIfLargeAsync()
    {
        const int Large = 8_000_000, MostTries = 5;
        if (Model.Text.Length <= Large) return;
        var forgotten = Forget();
        for (var tries = 0; forgotten.IsAlive && tries < MostTries; tries++)
        {
            // What has ended just now holds it until its thread, which may have to wait for a processor, has returned from it.
            if (tries == 0) await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            else await Task.Delay(1, CancellationToken.None).ConfigureAwait(false);
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive); // by itself only when as much again has been taken
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // the caller would hold it
    private WeakReference Forget()
    {
        var model = new WeakReference(Model);
        (_model, _dropped) = (null, null);
        return model;
    }
}

using IdfKit.Cli.Inputs;
using IdfKit.Cli.Places;
using IdfKit.Cli.Terminal;
using IdfKit.Cli.Watch;
using IdfKit.Runs;
using IdfKit.Storage;

namespace IdfKit.Cli.Submit;

/// <summary><c>idfkit submit</c> from beginning to end.</summary>
internal sealed class SubmitSession(Place place, SubmitOptions options)
{
    private const string Name = "submit";

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var models = await CheckAsync(cancellationToken);
        var plan = await SubmitPlan.MakeAsync(place, models, cancellationToken);
        Say(plan);
        if (options.IsDry) return ExitCode.Success;
        var before = options.Watches ? await RunsBeforeAsync(plan, cancellationToken) : null;
        if (!await PutAsync(plan, cancellationToken)) return ExitCode.Failure;
        if (!options.IsJson && plan.ToPut > 0) Console.Out.WriteLine(CliSentences.Submitted(plan.Runs, place.Given));
        if (Served.Is(place) == false && plan.Runs > 0) CommandGuard.Say(Name, CliSentences.NobodyServes(place.LocalRoot!));
        if (before is null) return ExitCode.Success;
        var watching = new WatchOptions { Every = TimeSpan.FromSeconds(2), Only = before, IsJson = options.IsJson };
        return await new WatchSession(place, watching, TimeProvider.System).RunAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<SubmitModel>> CheckAsync(CancellationToken cancellationToken)
    {
        if (options.Weather is { } weather && !NamedFiles.IsFile(weather)) throw new CommandException(CliSentences.NoWeather(weather));
        var files = await NamedFiles.FindAsync(options.Files, cancellationToken);
        var check = await SubmitCheck.CreateAsync(place, options);
        var models = await SubmitModels.OfAsync(check, files, place, cancellationToken);
        foreach (var (file, sentence) in check.Refused) CommandGuard.Say(Name, CliSentences.RefusedFile(file, sentence));
        if (check.Refused.Count > 0 && !options.SkipsRefused)
            throw new CommandException(CliSentences.NothingPut(check.Refused.Count, check.Refused.Count + models.Count));
        if (models.Count == 0) throw new CommandException(CliSentences.NoModelIn(options.Files));
        return models;
    }

    private void Say(SubmitPlan plan)
    {
        if (options.IsJson)
        {
            Console.Out.WriteLine(SubmitJson.Of(place, plan, options.IsDry));
            return;
        }
        if (options.IsDry)
            foreach (var (file, action) in plan.Files)
                SayPlanned(action, file);
        var all = plan.Files.Count();
        Console.Out.WriteLine(CliSentences.Cost(plan.Runs, plan.ToPut, plan.Bytes, all - plan.ToPut));
        if (plan.Runs == 0) Console.Out.WriteLine(CliSentences.RunThereAlready(place.Given));
    }

    private void SayPlanned(SubmitAction action, SubmitFile file)
    {
        const int Beside = 22; // what is done, and the size
        var shown = place.Shown(file.Key);
        if (Screen.IsNarrow) shown = Screen.FitEnd(shown, Screen.Width - Beside);
        Console.Out.WriteLine(CliSentences.PlannedFile(Word(action), shown, file.SizeBytes));
    }

    private static string Word(SubmitAction action) => action.ToString().ToLowerInvariant();

    /// <summary>False: it was stopped.</summary>
    private async Task<bool> PutAsync(SubmitPlan plan, CancellationToken cancellationToken)
    {
        var progress = new ProgressLine(Console.Error, Screen.IsLive && !Console.IsErrorRedirected, TimeProvider.System);
        var upload = new SubmitUpload(place, plan, progress);
        try
        {
            await upload.RunAsync(cancellationToken);
            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            progress.End();
            CommandGuard.Say(Name, CliSentences.StoppedPutting(upload.Put, plan.ToPut));
            return false;
        }
        catch (StorageException)
        {
            progress.End();
            CommandGuard.Say(Name, CliSentences.StoppedPutting(upload.Put, plan.ToPut));
            throw;
        }
        finally
        {
            progress.End();
        }
    }

    /// <summary>Of each model the run that is there before it is put again, and so is none of those that are waited for.</summary>
    private async Task<IReadOnlyDictionary<string, string?>> RunsBeforeAsync(SubmitPlan plan, CancellationToken cancellationToken)
    {
        var before = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (model, action) in plan.Models)
        {
            var folder = place.Layout.FolderOf(IdfKit.Drops.ObjectKey.FromText(model.File.Key));
            var isNew = action is SubmitAction.Put or SubmitAction.Leave;
            var json = isNew ? null : await place.ReadAsync(StoragePath.Join(folder, RunRecordFile.Name), cancellationToken);
            var record = json is null ? null : RunRecordFile.FromJson(json);
            before[folder[(place.Outputs.Length == 0 ? 0 : place.Outputs.Length + 1)..]] = record?.RunId;
        }
        return before;
    }
}

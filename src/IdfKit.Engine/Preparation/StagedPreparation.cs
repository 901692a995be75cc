using IdfKit.Engine.Models;

namespace IdfKit.Engine.Preparation;

/// <summary>One staged copy on its way to EnergyPlus, a step after another; the first refusal ends it.</summary>
/// <param name="model">What the copy holds.</param>
/// <param name="path">The copy; it is changed.</param>
/// <param name="installations">What there is to choose among, the default first.</param>
/// <param name="options">What is asked for.</param>
internal sealed class StagedPreparation(
    Model model, string path, IReadOnlyList<EnergyPlusInstallation> installations, PreparationOptions options)
{
    private PreparedModel _prepared = new() { Model = model }; // what has become of it by now, which a refusal comes with

    private EnergyPlusInstallation Installation => _prepared.Installation!; // once the version has been chosen

    /// <exception cref="EnergyPlusException">Broken or CannotStart: a program did not run at all.</exception>
    public async Task<PreparedModel> RunAsync(CancellationToken cancellationToken)
    {
        StagedText.Rewrite(model, path);
        try
        {
            var refusal = await CarryOutMacrosAsync(cancellationToken).ConfigureAwait(false)
                ?? await ChooseVersionAsync(cancellationToken).ConfigureAwait(false)
                ?? await AddAndExpandAsync(cancellationToken).ConfigureAwait(false);
            return _prepared with { Refusal = refusal };
        }
        catch (EnergyPlusException e) when (e.Kind is EnergyPlusErrorKind.ProgramMissing or EnergyPlusErrorKind.PreprocessorFailed)
        {
            return _prepared with { Refusal = new(ModelRefusalKind.Preprocessor, e.Message, e) };
        }
        catch (EnergyPlusException e) when (e.Kind is EnergyPlusErrorKind.PreprocessorTimedOut)
        {
            return _prepared with { Refusal = new(ModelRefusalKind.PreprocessorTimeout, e.Message, e) };
        }
        catch (ModelSyntaxException e)
        {
            return _prepared with { Refusal = new(ModelRefusalKind.NotAModel, EngineSentences.PreparedCannotBeRead(e.Message), e) };
        }
    }

    private async Task<ModelRefusal?> CarryOutMacrosAsync(CancellationToken cancellationToken)
    {
        if (ProgramRule.OfMacros(model, options.RunMacros) is { } refusal) return refusal;
        if (!model.Macros.Any()) return null;
        var withMacros = installations.FirstOrDefault(found => found.EPMacroPath is not null) ?? installations[0];
        await ProgramsOf(withMacros).RunMacrosAsync(path, path, cancellationToken).ConfigureAwait(false);
        Reread("EPMacro");
        return null;
    }

    private async Task<ModelRefusal?> ChooseVersionAsync(CancellationToken cancellationToken)
    {
        var decision = VersionRule.Decide(_prepared.Model, installations, options.VersionPolicy);
        if (decision is VersionDecision.Refuse refuse) return refuse.Refusal;
        if (decision is VersionDecision.Migrate migrate) await MigrateAsync(migrate, cancellationToken).ConfigureAwait(false);
        else _prepared = _prepared with { Installation = ((VersionDecision.RunAsIs)decision).Installation };
        return null;
    }

    private async Task MigrateAsync(VersionDecision.Migrate migrate, CancellationToken cancellationToken)
    {
        List<MigrationStep> steps = []; // of a migration that fails, too
        _prepared = _prepared with
        {
            Installation = migrate.Installation,
            Migration = new(_prepared.Model.Version!.Value, migrate.Installation.Version, steps),
        };
        await ProgramsOf(migrate.Installation).MigrateAsync(path, path, migrate.Chain, steps, cancellationToken).ConfigureAwait(false);
        if (options.MigratedPath is { } kept) File.Copy(path, kept, overwrite: true);
        Reread([.. migrate.Chain.Select(program => program.Title)]);
    }

    private async Task<ModelRefusal?> AddAndExpandAsync(CancellationToken cancellationToken)
    {
        var staged = _prepared.Model;
        if (ProgramRule.OfExpansion(staged, Installation, options.ExpandObjects) is { } refusal) return refusal;
        var expands = ProgramRule.StartsExpansion(staged, Installation, options.ExpandObjects);
        var meters = expands ? [] : MissingMeters(); // of one that is expanded they are known afterwards
        var added = ModelPreparation.ApplyFor(Installation.Version, staged, path, options.Variables, options.Meters, meters);
        _prepared = _prepared with { AddedObjects = added };
        if (!expands) return null;
        var ran = await ProgramsOf(Installation).ExpandAllAsync(path, options.WeatherPath, cancellationToken).ConfigureAwait(false);
        _prepared = _prepared with
        {
            Programs = [.. _prepared.Programs, .. ran],
            AddedObjects = [.. added, .. AddMetersToExpanded()],
        };
        return null;
    }

    private IReadOnlyList<AddedObject> MissingMeters() =>
        AsksForReportMeters ? ReportMeters.Missing(_prepared.Model, Installation.Version, options.Meters) : [];

    /// <summary>Adds the meters to the copy once it has been expanded, and gives them as one line of IDF text each.</summary>
    private IEnumerable<string> AddMetersToExpanded()
    {
        if (!AsksForReportMeters) return [];
        var expanded = Model.ReadFile(path);
        var meters = ReportMeters.Missing(expanded, Installation.Version, []); // what was asked for besides is in it by now
        var text = StagedText.BytesOf(expanded, path);
        var edits = new TextEdits();
        ModelAppender.Append(expanded, text.Length, edits, meters);
        if (!edits.IsEmpty) edits.WriteTo(path, text.Span);
        return meters.Select(meter => meter.Idf);
    }

    /// <summary>A replayed run has what it has, and the page shows run periods only.</summary>
    private bool AsksForReportMeters
    {
        get
        {
            if (!options.ReportMeters || Installation.IsReplay) return false;
            var plan = _prepared.Model.Plan;
            return (options.Annual ? plan.ForWholeYear() : plan).SimulatesRunPeriods;
        }
    }

    private Preprocessors ProgramsOf(EnergyPlusInstallation installation) =>
        new(installation) { Timeout = options.Timeout, ModelName = options.ModelName, Engine = options.Engine };

    private void Reread(params string[] programs) =>
        _prepared = _prepared with { Model = Model.ReadFile(path), Programs = [.. _prepared.Programs, .. programs] };
}

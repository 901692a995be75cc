using IdfKit.Engine.Models;
using IdfKit.Engine.Preparation;

namespace IdfKit.Engine;

public static partial class ModelPreparation
{
    /// <summary>
    /// Makes the staged copy ready, in this order: version rule, EPMacro, Transition programs, output requests
    /// (<see cref="Apply"/>), ExpandObjects, Basement, Slab. Programs run only for models that need them; the common model costs
    /// what <see cref="Apply"/> costs.
    /// </summary>
    /// <param name="model">What <paramref name="path"/> holds.</param>
    /// <param name="path">The staged copy; it is changed. Scratch files of the programs are kept out of its folder.</param>
    /// <param name="installation">The EnergyPlus that will run it.</param>
    /// <param name="options">Null: the defaults.</param>
    /// <param name="cancellationToken">Stops the program that runs.</param>
    /// <returns>A model that must not or cannot be run has <see cref="PreparedModel.Refusal"/>.</returns>
    /// <exception cref="EnergyPlusException">Broken or CannotStart: a program did not run at all.</exception>
    public static Task<PreparedModel> PrepareAsync(
        Model model, string path,
        EnergyPlusInstallation installation, PreparationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(installation);
        return PrepareAsync(model, path, [installation], options ?? new(), cancellationToken);
    }

    /// <summary>
    /// The same where there are several, of which <see cref="PreparedModel.Installation"/> is the one that is to run
    /// the model.
    /// </summary>
    /// <param name="model">What <paramref name="path"/> holds.</param>
    /// <param name="path">The staged copy; it is changed.</param>
    /// <param name="installations">What there is, the default first.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Stops the program that runs.</param>
    internal static async Task<PreparedModel> PrepareAsync(
        Model model, string path,
        IReadOnlyList<EnergyPlusInstallation> installations,
        PreparationOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        var prepared = new PreparedModel { Model = model };
        List<MigrationStep> steps = [];
        StagedText.Rewrite(model, path);
        try
        {
            if (ProgramRule.OfMacros(model, options.RunMacros) is { } unread) return prepared with { Refusal = unread };
            if (model.Macros.Any())
            {
                var withMacros = installations.FirstOrDefault(found => found.EPMacroPath is not null) ?? installations[0];
                await ProgramsOf(withMacros, options).RunMacrosAsync(path, path, cancellationToken).ConfigureAwait(false);
                prepared = Reread(prepared, path, "EPMacro");
            }
            var decision = VersionRule.Decide(prepared.Model, installations, options.VersionPolicy);
            if (decision is VersionDecision.Refuse refuse) return prepared with { Refusal = refuse.Refusal };
            if (decision is VersionDecision.Migrate migrate)
            {
                prepared = Migrating(prepared, migrate.Installation, steps);
                await ProgramsOf(migrate.Installation, options)
                    .MigrateAsync(path, path, migrate.Chain, steps, cancellationToken).ConfigureAwait(false);
                if (options.MigratedPath is { } kept) File.Copy(path, kept, overwrite: true);
                prepared = Reread(prepared, path, [.. migrate.Chain.Select(program => program.Title)]);
            }
            else prepared = prepared with { Installation = ((VersionDecision.RunAsIs)decision).Installation };

            var installation = prepared.Installation!;
            if (ProgramRule.OfExpansion(prepared.Model, installation, options.ExpandObjects) is { } unexpanded)
                return prepared with { Refusal = unexpanded };
            var expands = ProgramRule.StartsExpansion(prepared.Model, installation, options.ExpandObjects);
            var meters = expands ? [] : MetersOf(prepared, options); // of one that is expanded they are known afterwards
            var added = ApplyFor(installation.Version, prepared.Model, path, options.Variables, options.Meters, meters);
            prepared = prepared with { AddedObjects = added };
            if (expands)
            {
                var programs = ProgramsOf(installation, options);
                var ran = await programs.ExpandAllAsync(path, options.WeatherPath, cancellationToken).ConfigureAwait(false);
                prepared = prepared with
                {
                    Programs = [.. prepared.Programs, .. ran],
                    AddedObjects = [.. added, .. AddMetersToExpanded(prepared, path, options)],
                };
            }
            return prepared;
        }
        catch (EnergyPlusException e) when (e.Kind is EnergyPlusErrorKind.ProgramMissing or EnergyPlusErrorKind.PreprocessorFailed)
        {
            return prepared with { Refusal = new(ModelRefusalKind.Preprocessor, e.Message, e) };
        }
        catch (EnergyPlusException e) when (e.Kind is EnergyPlusErrorKind.PreprocessorTimedOut)
        {
            return prepared with { Refusal = new(ModelRefusalKind.PreprocessorTimeout, e.Message, e) };
        }
        catch (ModelSyntaxException e)
        {
            return prepared with { Refusal = new(ModelRefusalKind.NotAModel, EngineSentences.PreparedCannotBeRead(e.Message), e) };
        }
    }

    private static PreparedModel Migrating(
        PreparedModel prepared, EnergyPlusInstallation target, IReadOnlyList<MigrationStep> steps) => prepared with
    {
        Installation = target,
        Migration = new(prepared.Model.Version!.Value, target.Version, steps),
    };

    private static Preprocessors ProgramsOf(EnergyPlusInstallation installation, PreparationOptions options) =>
        new(installation) { Timeout = options.Timeout, ModelName = options.ModelName, Engine = options.Engine };

    private static PreparedModel Reread(PreparedModel prepared, string path, params string[] programs) =>
        prepared with { Model = Model.ReadFile(path), Programs = [.. prepared.Programs, .. programs] };
}

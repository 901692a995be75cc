using IdfKit.Engine.Models;

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
    public static async Task<PreparedModel> PrepareAsync(
        Model model, string path, EnergyPlusInstallation installation, PreparationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(installation);
        options ??= new();
        var prepared = new PreparedModel { Model = model };
        var programs = new Preprocessors(installation) { Timeout = options.Timeout };
        StagedText.Rewrite(model, path);
        try
        {
            if (model.Macros.FirstOrDefault() is { } macro)
            {
                if (!options.RunMacros)
                    return prepared with { Refusal = new(ModelRefusalKind.Macros, $"The model has EPMacro lines (the first is {macro.Command} in line {macro.Line}), which EnergyPlus does not read; run EPMacro on it first, or ask for macros to be run.") };
                await programs.RunMacrosAsync(path, path, cancellationToken).ConfigureAwait(false);
                prepared = Reread(prepared, path, "EPMacro");
            }
            if (VersionRule.Check(prepared.Model, installation, options.VersionPolicy) is { } refusal) return prepared with { Refusal = refusal };
            if (VersionRule.Migrates(prepared.Model, installation, options.VersionPolicy))
            {
                var steps = await programs.MigrateAsync(path, path, cancellationToken).ConfigureAwait(false);
                prepared = Reread(prepared, path, [.. steps]);
            }
            prepared = prepared with { AddedObjects = Apply(prepared.Model, path, options.Variables, options.Meters) };
            if (options.ExpandObjects && prepared.Model.Needs.HasFlag(ModelNeeds.ExpandObjects) && !installation.IsReplay)
            {
                var ran = await programs.ExpandAllAsync(prepared.Model, path, options.WeatherPath, cancellationToken).ConfigureAwait(false);
                prepared = prepared with { Programs = [.. prepared.Programs, .. ran] };
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
            return prepared with { Refusal = new(ModelRefusalKind.NotAModel, $"What was made of the model before its run cannot be read: {e.Message}", e) };
        }
    }

    private static PreparedModel Reread(PreparedModel prepared, string path, params string[] programs)
    {
        using var stream = File.OpenRead(path);
        return prepared with { Model = Model.Read(stream), Programs = [.. prepared.Programs, .. programs] };
    }
}

using IdfKit.Engine;
using IdfKit.Simulation.Records;

namespace IdfKit.Simulation.Staging;

/// <summary>What is done to the staged copy of a model before EnergyPlus may have it, by the programs that come with EnergyPlus.</summary>
internal static class ModelPreprocessing
{
    /// <summary>Why a model is not run with its version; null when it is.</summary>
    /// <param name="check">What the versions say.</param>
    /// <param name="wayOut">How to have it run as it is: the rest of a sentence after "or".</param>
    public static Rejection? RejectionOf(VersionCheck check, string wayOut) =>
        check.Refusal is { } why ? new(RunReason.WrongVersion, check.MayRunAnyway ? $"{why}, or {wayOut}." : why + ".") : null;

    /// <summary>
    /// Migrates the copy and computes its ground, as far as it needs that. Templates alone are left to EnergyPlus, which runs
    /// ExpandObjects itself and keeps what that says among the results.
    /// </summary>
    /// <returns>What the copy holds now, or why it cannot be prepared. That a program cannot be started throws.</returns>
    /// <exception cref="EnergyPlusException">Broken or CannotStart.</exception>
    public static async Task<(Model Model, Rejection? Rejection)> ApplyAsync(
        Model model, string modelPath, string? weatherPath, EnergyPlusInstallation installation, VersionCheck check, bool expand, TimeSpan timeout, CancellationToken cancellationToken)
    {
        const ModelNeeds Ground = ModelNeeds.Slab | ModelNeeds.Basement;
        try
        {
            if (check.Transitions.Count > 0)
                model = Read(await Preprocessors.MigrateAsync(installation, modelPath, modelPath, timeout, cancellationToken).ConfigureAwait(false));
            if (expand && (model.Needs & Ground) != 0)
                model = Read(await Preprocessors.ExpandAllAsync(installation, modelPath, weatherPath, modelPath, timeout, cancellationToken).ConfigureAwait(false));
            return (model, null);
        }
        catch (Exception e) when (IsOfTheModel(e)) { return (model, new(RunReason.Preprocessor, e.Message, e)); }
    }

    /// <summary>Carries out the macro lines of the copy; its includes lie beside it.</summary>
    /// <returns>Why they cannot be carried out; null when they have been.</returns>
    /// <exception cref="EnergyPlusException">Broken or CannotStart.</exception>
    public static async Task<Rejection?> ExpandMacrosAsync(string modelPath, EnergyPlusInstallation installation, TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            await Preprocessors.ExpandMacrosAsync(installation, modelPath, modelPath, timeout, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (Exception e) when (IsOfTheModel(e)) { return new(RunReason.Preprocessor, e.Message, e); }
    }

    /// <summary>That macro lines are not carried out unasked: they can read any file.</summary>
    public static Rejection UnwantedMacros(string wayOut) =>
        new(RunReason.Preprocessor, $"The model has macro lines (##), which EnergyPlus itself does not understand; run EPMacro on it first{wayOut}.");

    /// <summary>As opposed to a program that does not run at all on this machine.</summary>
    public static bool IsOfTheModel(Exception e) => e is ModelSyntaxException
        or EnergyPlusException { Kind: EnergyPlusErrorKind.PreprocessorFailed or EnergyPlusErrorKind.PreprocessorTimedOut or EnergyPlusErrorKind.NotFound };

    private static Model Read(string path)
    {
        using var stream = File.OpenRead(path);
        return Model.Read(stream);
    }
}

using IdfKit.Engine.Preparation;

namespace IdfKit.Engine;

public static partial class ModelPreparation
{
    /// <summary>
    /// Makes the staged copy ready, in this order: EPMacro, version rule, Transition programs, output requests
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
    internal static Task<PreparedModel> PrepareAsync(
        Model model, string path,
        IReadOnlyList<EnergyPlusInstallation> installations,
        PreparationOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new StagedPreparation(model, path, installations, options).RunAsync(cancellationToken);
    }
}

namespace IdfKit.Engine.Preparation;

/// <summary>Which programs ready a model for EnergyPlus, and why it is refused where they may not, or cannot. Nothing is started.</summary>
internal static class ProgramRule
{
    /// <summary>EnergyPlus reads no macros, and EPMacro runs only where that is asked for. Null: no objection.</summary>
    public static ModelRefusal? OfMacros(Model model, bool runsMacros) => !runsMacros && model.Macros.FirstOrDefault() is { } macro
        ? new(ModelRefusalKind.Macros, EngineSentences.HasMacros(macro.Command, macro.Line))
        : null;

    /// <summary>Whether ExpandObjects belongs to the run of a model: it has objects for it, and that is asked for.</summary>
    public static bool Expands(Model model, bool expandsObjects) => expandsObjects && model.Needs.HasFlag(ModelNeeds.ExpandObjects);

    /// <summary>Whether ExpandObjects and the ground programs are started for it; a replayed run has what it has.</summary>
    public static bool StartsExpansion(Model model, EnergyPlusInstallation installation, bool expandsObjects) =>
        Expands(model, expandsObjects) && !installation.IsReplay;

    /// <summary>ExpandObjects reads IDF alone. Null: no objection.</summary>
    public static ModelRefusal? OfExpansion(Model model, EnergyPlusInstallation installation, bool expandsObjects) =>
        model.Format is ModelFormat.EpJson && StartsExpansion(model, installation, expandsObjects)
            ? new(ModelRefusalKind.Preprocessor, EngineSentences.EpJsonNotExpanded)
            : null;
}

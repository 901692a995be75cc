using IdfKit.Engine;

namespace IdfKit.Drops;

/// <summary>What <c>IDFKIT_CONFINEMENT</c> says.</summary>
/// <param name="IsOn">Whether EnergyPlus is confined, by all layers that the machine has.</param>
/// <param name="Required">The layers without which the function does not start.</param>
internal sealed record ConfinementSetting(bool IsOn, ConfinementLayers Required)
{
    public const string Variable = "IDFKIT_CONFINEMENT";

    public static ConfinementSetting Best { get; } = new(true, ConfinementLayers.None);

    private static ConfinementSetting Off { get; } = new(false, ConfinementLayers.None);

    /// <param name="text">The variable; null: it is not set.</param>
    /// <param name="allowsUnsafeObjects">Whether models may run code of their own, which needs what confinement refuses.</param>
    /// <returns>What it means, and what is wrong with it.</returns>
    public static (ConfinementSetting Setting, string? Fault) Of(string? text, bool allowsUnsafeObjects)
    {
        var setting = text?.ToLowerInvariant() switch
        {
            null or "best" => Best,
            "filter" => new(true, ConfinementLayers.Filter),
            "full" => new(true, ConfinementLayers.Filter | ConfinementLayers.Landlock),
            "off" => Off,
            _ => null,
        };
        if (setting is null) return (Best, DropSentences.BadSetting(Variable, text!, "best, filter, full or off"));
        if (!allowsUnsafeObjects) return (setting, null);
        return (Off, setting.Required is ConfinementLayers.None ? null : DropSentences.ConfinedAndUnsafe(Variable, text!));
    }
}

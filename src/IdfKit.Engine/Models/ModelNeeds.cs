namespace IdfKit.Engine;

/// <summary>The programs that must see a model before EnergyPlus can run it.</summary>
[Flags]
public enum ModelNeeds
{
    /// <summary>EnergyPlus runs it as it is.</summary>
    None = 0,

    /// <summary>ExpandObjects: the model has <c>HVACTemplate:*</c> or ground heat transfer objects.</summary>
    ExpandObjects = 1,

    /// <summary>Slab: the model has <c>GroundHeatTransfer:Slab*</c>.</summary>
    Slab = 2,

    /// <summary>Basement: the model has <c>GroundHeatTransfer:Basement*</c>.</summary>
    Basement = 4,

    /// <summary>EPMacro: the model has lines that start with <c>##</c>.</summary>
    Macro = 8,
}

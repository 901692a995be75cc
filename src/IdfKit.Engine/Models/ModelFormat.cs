namespace IdfKit.Engine;

/// <summary>How a model is written.</summary>
public enum ModelFormat
{
    /// <summary>IDF text.</summary>
    Idf,

    /// <summary>EnergyPlus's JSON.</summary>
    EpJson,
}

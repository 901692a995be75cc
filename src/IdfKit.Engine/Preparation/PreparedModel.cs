namespace IdfKit.Engine;

/// <summary>A staged model that EnergyPlus can be given, or why it cannot.</summary>
public sealed record PreparedModel
{
    /// <summary>
    /// What the staged file held before output requests were added and objects expanded: migrated and with macros
    /// carried out.
    /// </summary>
    public required Model Model { get; init; }

    /// <summary>Why it is not run; null when it is ready.</summary>
    public ModelRefusal? Refusal { get; init; }

    /// <summary>The EnergyPlus that is to run it; null when it was refused before one was chosen.</summary>
    public EnergyPlusInstallation? Installation { get; init; }

    /// <summary>What the Transition programs did, the step that failed included; null when the model was not migrated.</summary>
    public Migration? Migration { get; init; }

    /// <summary>The objects that were appended, as one line of IDF text each.</summary>
    public IReadOnlyList<string> AddedObjects { get; init; } = [];

    /// <summary>
    /// The programs that rewrote the staged copy, in order ("Transition 25.1 to 25.2", "EPMacro", "ExpandObjects",
    /// "Slab").
    /// </summary>
    public IReadOnlyList<string> Programs { get; init; } = [];

    /// <summary>Whether ExpandObjects has been run, so that EnergyPlus need not.</summary>
    public bool IsExpanded => Programs.Contains("ExpandObjects");
}

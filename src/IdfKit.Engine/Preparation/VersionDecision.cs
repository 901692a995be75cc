namespace IdfKit.Engine.Preparation;

/// <summary>Which EnergyPlus is to run a model, and what must happen to the model first; or why none may.</summary>
internal abstract record VersionDecision
{
    private VersionDecision() { }

    /// <summary>This EnergyPlus runs it, unchanged.</summary>
    internal sealed record RunAsIs(EnergyPlusInstallation Installation) : VersionDecision;

    /// <summary>These programs rewrite it, in order, and this EnergyPlus runs what they make.</summary>
    internal sealed record Migrate(EnergyPlusInstallation Installation, IReadOnlyList<TransitionProgram> Chain) : VersionDecision;

    /// <summary>It is not run.</summary>
    internal sealed record Refuse(ModelRefusal Refusal) : VersionDecision;
}

namespace IdfKit.Engine.Preparation;

/// <summary>What can be done with a model of a known version.</summary>
internal sealed class VersionChoice(EnergyPlusVersion version, ModelFormat format, IReadOnlyList<EnergyPlusInstallation> installations)
{
    private readonly EnergyPlusInstallation[] _newestFirst =
        [.. installations.OrderBy(found => found.IsReplay).ThenByDescending(found => found.Version)];

    private EnergyPlusVersion[] Here => [.. _newestFirst.Select(found => found.Version).Distinct().OrderDescending()];

    public VersionDecision Decide(VersionPolicy policy)
    {
        if (Equal is { } equal && (policy is not VersionPolicy.Migrate || equal.IsReplay)) return new VersionDecision.RunAsIs(equal);
        EnergyPlusInstallation[] newer = [.. Newer];
        if (policy is VersionPolicy.Migrate) return MigrateToNewest(newer);
        if (newer.Length == 0) return VersionRule.Refused(EngineSentences.NewerThanAll(version, Here));
        return policy switch
        {
            VersionPolicy.AsIs => new VersionDecision.RunAsIs(newer[0]),
            VersionPolicy.Exact => VersionRule.Refused(EngineSentences.VersionNotExact(version, Here, newer[0].Version)),
            _ => MigrateToNearest(newer),
        };
    }

    /// <summary>
    /// The EnergyPlus of the model's version; the one that was named first where there are several, a real one before a
    /// replay.
    /// </summary>
    private EnergyPlusInstallation? Equal =>
        installations.OrderBy(found => found.IsReplay).FirstOrDefault(found => found.Version.IsSameRelease(version));

    /// <summary>Those of later versions, the nearest first. A replay has runs of models of its own version only.</summary>
    private IEnumerable<EnergyPlusInstallation> Newer =>
        _newestFirst.Where(found => !found.IsReplay && found.Version > version && !found.Version.IsSameRelease(version)).Reverse();

    private VersionDecision MigrateToNearest(EnergyPlusInstallation[] newer)
    {
        var programs = TransitionProgram.Of(_newestFirst);
        if (format is ModelFormat.EpJson) return VersionRule.Refused(EngineSentences.EpJsonCannotMigrate(version, Here, newer[0].Version));
        foreach (var installation in newer)
            if (TransitionProgram.Chain(programs, version, installation.Version) is { } chain)
                return new VersionDecision.Migrate(installation, chain);
        return VersionRule.Refused(EngineSentences.VersionNotHere(version, Here, newer[0].Version));
    }

    private VersionDecision MigrateToNewest(EnergyPlusInstallation[] newer)
    {
        if (newer.Length == 0)
            return Equal is { } newest
                ? new VersionDecision.RunAsIs(newest)
                : VersionRule.Refused(EngineSentences.NewerThanAll(version, Here));
        if (format is ModelFormat.EpJson) return VersionRule.Refused(EngineSentences.EpJsonCannotMigrate(version, Here, newer[^1].Version));
        return TransitionProgram.Chain(TransitionProgram.Of(_newestFirst), version, newer[^1].Version) is { } chain
            ? new VersionDecision.Migrate(newer[^1], chain)
            : VersionRule.Refused(EngineSentences.CannotMigrateTo(version, newer[^1].Version));
    }
}

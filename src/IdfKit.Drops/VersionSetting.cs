using IdfKit.Engine;
using IdfKit.Engine.Preparation;

namespace IdfKit.Drops;

/// <summary>What becomes of models of other versions, from the function's two variables.</summary>
internal static class VersionSetting
{
    public const string Variable = "IDFKIT_VERSION_POLICY";
    public const string Alias = "IDFKIT_ALLOW_VERSION_MISMATCH";

    /// <summary>The policy, and what is wrong with the variables: a sentence, or null.</summary>
    /// <param name="policy">The value of <see cref="Variable"/>; null: it is not set.</param>
    /// <param name="allowMismatch">Whether <see cref="Alias"/> is true, which means <c>as_is</c>; false says nothing.</param>
    public static (VersionPolicy Policy, string? Fault) Of(string? policy, bool allowMismatch)
    {
        if (policy is null) return (allowMismatch ? VersionPolicy.AsIs : VersionPolicy.ExactOrMigrate, null);
        if (VersionPolicyNames.Parse(policy) is not { } named)
            return (VersionPolicy.ExactOrMigrate, DropSentences.BadSetting(Variable, policy, VersionPolicyNames.Choice));
        if (allowMismatch && named is not VersionPolicy.AsIs)
            return (named, DropSentences.SettingsContradict(Variable, policy, Alias));
        return (named, null);
    }
}

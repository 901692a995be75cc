using IdfKit.Engine;

namespace IdfKit.Runs;

/// <summary>What EnergyPlus's Transition programs made of a model before it ran, or before a step failed.</summary>
/// <param name="From">The version that the model was for, such as <c>9.4</c>.</param>
/// <param name="To">The version that it ran with, or was to run with.</param>
/// <param name="Steps">The programs, in order; one that failed is the last.</param>
public sealed record RunMigration(string From, string To, IReadOnlyList<RunMigrationStep> Steps)
{
    /// <summary>
    /// The name of the model that ran, among the results; EnergyPlus's own files have <c>out</c>, <c>tbl</c> and the
    /// like in their names.
    /// </summary>
    public const string FileName = "migrated.idf";

    internal static RunMigration? Of(Migration? migration) =>
        migration is null ? null : new(Short(migration.From), Short(migration.To), [.. migration.Steps.Select(StepOf)]);

    private static RunMigrationStep StepOf(MigrationStep step) =>
        new(step.Program, Short(step.From), Short(step.To), (long)step.Elapsed.TotalMilliseconds, step.Said);

    private static string Short(EnergyPlusVersion version) => FormattableString.Invariant($"{version.Major}.{version.Minor}");
}

/// <summary>One program of a migration.</summary>
/// <param name="Program">Such as <c>Transition-V24-2-0-to-V25-1-0</c>.</param>
/// <param name="From">The version that it reads.</param>
/// <param name="To">The version that it writes.</param>
/// <param name="Ms">How long it ran, in milliseconds.</param>
/// <param name="Said">Its warnings, errors and the objects that it left out, as one line; where there were none, the
/// end of what it printed.</param>
public sealed record RunMigrationStep(string Program, string From, string To, long Ms, string Said);

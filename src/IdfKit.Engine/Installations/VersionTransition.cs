using System.Globalization;

namespace IdfKit.Engine;

/// <summary>One step of a model from a version of EnergyPlus to the next, as one Transition program makes it.</summary>
/// <param name="From">The version that the model is for.</param>
/// <param name="To">The version that it is for afterwards.</param>
public sealed record VersionTransition(EnergyPlusVersion From, EnergyPlusVersion To)
{
    // The versions that have a program to or from them: src/Transition of EnergyPlus 25.2. Earlier ones are not distributed any more.
    private static readonly EnergyPlusVersion[] Known =
    [
        new(7, 2), new(8, 0), new(8, 1), new(8, 2), new(8, 3), new(8, 4), new(8, 5), new(8, 6), new(8, 7), new(8, 8), new(8, 9),
        new(9, 0), new(9, 1), new(9, 2), new(9, 3), new(9, 4), new(9, 5), new(9, 6),
        new(22, 1), new(22, 2), new(23, 1), new(23, 2), new(24, 1), new(24, 2), new(25, 1), new(25, 2), new(26, 1),
    ];

    /// <summary>The name of the program, such as <c>Transition-V25-1-0-to-V25-2-0</c>.</summary>
    public string ProgramName => $"Transition-{Name(From)}-to-{Name(To)}";

    /// <summary>The steps between two versions, in order; the third number does not matter.</summary>
    /// <returns>None when the versions are the same or no program starts at <paramref name="from"/>.</returns>
    public static IReadOnlyList<VersionTransition> Between(EnergyPlusVersion from, EnergyPlusVersion to)
    {
        var target = new EnergyPlusVersion(to.Major, to.Minor);
        EnergyPlusVersion[] versions = [.. Known.Where(version => version < target), target];
        var first = Array.FindIndex(versions, version => (version.Major, version.Minor) == (from.Major, from.Minor));
        return first < 0 ? [] : [.. versions[first..^1].Zip(versions[(first + 1)..], (one, next) => new VersionTransition(one, next))];
    }

    /// <summary>"V24-2-0 → V25-1-0 → V25-2-0".</summary>
    internal static string Describe(IReadOnlyList<VersionTransition> steps) =>
        string.Join(" → ", steps.Select(step => Name(step.From)).Append(Name(steps[^1].To)));

    private static string Name(EnergyPlusVersion version) => string.Create(CultureInfo.InvariantCulture, $"V{version.Major}-{version.Minor}-{version.Patch}");
}

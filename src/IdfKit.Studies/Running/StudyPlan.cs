using IdfKit.Studies.Running;

namespace IdfKit.Studies;

/// <summary>Which variants of a study are to be run, and which have run already.</summary>
public sealed class StudyPlan
{
    internal StudyPlan(Study study, IReadOnlyList<PlannedVariant> variants)
    {
        Study = study;
        ToRun = [.. variants.Where(one => !one.HasRun).Select(one => one.Variant)];
        HasRun = [.. variants.Where(one => one.HasRun).Select(one => one.Variant)];
        Variants = variants;
    }

    /// <summary>The study.</summary>
    public Study Study { get; }

    /// <summary>Those that are to be run, in the order of the file.</summary>
    public IReadOnlyList<StudyVariant> ToRun { get; }

    /// <summary>
    /// Those that have run, whatever way they ended: with the same base content, values, weather content, options and EnergyPlus.
    /// </summary>
    public IReadOnlyList<StudyVariant> HasRun { get; }

    internal IReadOnlyList<PlannedVariant> Variants { get; }

    /// <summary>A plan by which these variants are run, whether they have run or not, and no others.</summary>
    /// <param name="names">Their names.</param>
    public StudyPlan Only(IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var wanted = names.ToHashSet(StringComparer.Ordinal);
        return new(Study, [.. Variants.Select(one => one with { HasRun = !wanted.Contains(one.Variant.Name) })]);
    }
}

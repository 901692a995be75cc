using IdfKit.Engine;
using IdfKit.Engine.Models;
using IdfKit.Engine.Preparation;
using IdfKit.Engine.Schemas;
using IdfKit.Runs.Staging;

namespace IdfKit.Runs.Preflight;

/// <summary>
/// What can keep a staged model from being run, each rule with its sentence; null when a rule has no objection. Nothing
/// is started.
/// </summary>
internal static class Checks
{
    private const int MostRisks = 100, LongestRisk = 300; // in the record, which is read whole
    private const int MostReferences = 20_000, MostFiles = 1_000, LongestPath = 4_096; // as systems have it

    /// <summary>The EnergyPlus that is to run the model; null, and why, when none may.</summary>
    public static (EnergyPlusInstallation? Installation, Rejection? Rejection) OfVersion(
        Model model, IReadOnlyList<EnergyPlusInstallation> installations, RunRequest request) =>
        VersionRule.Decide(model, installations, request.VersionPolicy) switch
        {
            VersionDecision.Refuse refuse => (null, Rejection.Of(refuse.Refusal)),
            VersionDecision.Migrate migrate => (migrate.Installation, null),
            var asIs => (((VersionDecision.RunAsIs)asIs).Installation, null),
        };

    /// <summary>Whether a run of the model, as it is asked for, reads a weather file.</summary>
    public static bool NeedsWeather(Model model, RunRequest request)
    {
        var plan = request.Annual ? model.Plan.ForWholeYear() : request.DesignDay ? model.Plan.ForDesignDays() : model.Plan;
        return plan.NeedsWeather;
    }

    /// <summary>
    /// A list is made of what a model names, which would take more than a model that has nothing else; and each file is asked for by
    /// itself.
    /// </summary>
    public static Rejection? OfReferences(Model model)
    {
        var (count, files) = (0, new HashSet<string>(StringComparer.Ordinal));
        foreach (var path in FileReferences.PathsOf(model))
        {
            if (path.Length > LongestPath) return TooLarge(RunSentences.PathTooLong(path, LongestPath));
            if (++count > MostReferences) return TooLarge(RunSentences.TooManyReferences(MostReferences));
            if (files.Add(path) && files.Count > MostFiles) return TooLarge(RunSentences.TooManyFiles(MostFiles));
        }
        return null;
    }

    /// <summary>
    /// A model that ends with a comma is whole where EnergyPlus takes it so, which its schema tells. Where no EnergyPlus is installed the
    /// function decides.
    /// </summary>
    public static Rejection? OfEnd(Model model, EnergyPlusInstallation installation)
    {
        if (!model.HasClosedEnd || installation.Directory.Length == 0) return null;
        var last = model.Objects[^1];
        return ModelSchema.Of(installation)?.Find(last.ClassName)?.MayEndWithComma(last.Fields) is true
            ? null
            : new(RunReason.NotAModel, EngineSentences.IdfCutOff(model.Text.Who, last.ClassName, last.Line));
    }

    /// <summary>What the programs that see a model before EnergyPlus may not do, or cannot.</summary>
    public static Rejection? OfPrograms(Model model, EnergyPlusInstallation installation, RunRequest request)
    {
        var refusal = ProgramRule.OfMacros(model, request.RunMacros)
            ?? ProgramRule.OfExpansion(model, installation, request.ExpandObjects);
        return refusal is null ? null : Rejection.Of(refusal);
    }

    /// <summary>EnergyPlus itself refuses what its preprocessor for parametric runs is to divide.</summary>
    public static Rejection? OfStudies(Model model) => model.ObjectsOfAny("Parametric:").FirstOrDefault() is { } first
        ? new(RunReason.IsStudy, RunSentences.IsStudy(first.ClassName, first.Line))
        : null;

    private static Rejection TooLarge(string sentence) => new(RunReason.TooLarge, sentence);

    public static Rejection? OfRisks(Model model, RunRequest request)
    {
        if (request.AllowUnsafeObjects) return null;
        var risks = model.Risks.Where(risk => !Companions.Answers(risk.Kind)).ToList();
        if (risks.Count == 0) return null;
        return new(RunReason.UnsafeObject, RunSentences.UnsafeObjects(risks[0].Message, risks.Count - 1))
        {
            Risks = [.. risks.Take(MostRisks).Select(risk => OneLine.Of(risk.Message, LongestRisk))],
        };
    }
}

using IdfKit.Engine;

namespace IdfKit.Runs;

/// <summary>What is said of the files that a model names.</summary>
internal static partial class RunSentences
{
    // Not found, or not to be read

    public static string CompanionMissing(FileReference reference, string place, IReadOnlyList<string> near, int others, bool waits) =>
        Fitting(longest => $"{Named(reference, longest)}, which is not at '{End(place, longest)}'{Found(near, longest)}; put it there"
            + $"{(waits ? ", and the model is run" : " and run the job again")}"
            + $"{(others > 0 ? $" ({others} more are missing)" : "")}.");

    public static string RootedCompanionMissing(FileReference reference, string name, IReadOnlyList<string> near) =>
        Fitting(longest => $"{Named(reference, longest)}{Found(near, longest)}; give a path relative to the model: "
            + $"write only '{End(name, longest)}' and put it beside the model.");

    public static string CompanionDenied(FileReference reference, string place, bool waits) =>
        Fitting(longest => $"{Named(reference, longest)}, and '{End(place, longest)}' is not there or may not be read; "
            + (waits
                ? "put it there, and the model is run; or ask the function's owner to let its role read it."
                : "ask its owner for the right to read it, or put it beside the model."));

    // Unfit paths

    public static string PathLeadsOut(FileReference reference) =>
        Fitting(longest => $"{Named(reference, longest)}, which leads out of the folder that models may use; "
            + "give a path relative to the model and put the file there.");

    public static string PathIsNoFile(FileReference reference) =>
        Fitting(longest => $"{Named(reference, longest)}, which cannot be the name of a file; "
            + "put the file beside the model and write its name.");

    public static string PathNotRewritten(FileReference reference) =>
        Fitting(longest => $"{Named(reference, longest)}, which could not be changed in the copy that is run; "
            + "put the file beside the model and write only its name.");

    // Found elsewhere

    public static string FoundOtherwise(FileReference reference, string taken) =>
        Fitting(longest => $"{Named(reference, longest)}; {End(taken, longest)} was taken for it.");

    public static string FoundInEnergyPlus(FileReference reference) =>
        Fitting(longest => $"{Named(reference, longest)}; EnergyPlus's own data was taken for it.");

    private static string Named(FileReference reference, int longest)
    {
        var name = reference.ObjectName is { } given ? $" '{OneLine.Of(given, longest / 2)}'" : "";
        return $"{OneLine.Of(reference.ClassName, 45)}{name} (line {reference.Line}) names the file '{End(reference.Path, longest)}'";
    }

    private static string Found(IReadOnlyList<string> near, int longest) =>
        near.Count == 0 ? "" : $" (found {string.Join(" and ", near.Take(2).Select(found => OneLine.Of(found, Math.Min(longest, 40))))})";

    /// <summary>The sentence with its names as long as there is room for them.</summary>
    private static string Fitting(Func<int, string> sentence)
    {
        foreach (var longest in (int[])[70, 50, 36])
            if (sentence(longest) is { Length: <= Longest } fits) return fits;
        return sentence(24);
    }
}

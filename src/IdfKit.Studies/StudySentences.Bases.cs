using IdfKit.Engine;

namespace IdfKit.Studies;

/// <summary>What is said of the models and the weather that a study begins from.</summary>
internal static partial class StudySentences
{
    public static string NoBase(string study, string stem, string? nearest) =>
        $"There is no model for '{OneLine.Of(study, 50)}'; put '{OneLine.Of(stem, 40)}.idf' or '{OneLine.Of(stem, 40)}.epJSON' beside it"
            + $"{(nearest is null ? "" : $" (found '{OneLine.Of(nearest, 50)}')")}.";

    public static string SeveralBases(string study, string one, string other) =>
        $"Beside '{OneLine.Of(study, 60)}' lie '{OneLine.Of(one, 60)}' and '{OneLine.Of(other, 60)}'; name the one that is "
            + "meant in a column 'model', or take the other away.";

    public static string NoNamedBase(int row, string name, string? nearest) =>
        $"Row {row}, column 'model': there is no model '{OneLine.Of(name, 80)}'{Meant(nearest)}; put it beside the study.";

    public static string NoWeather(int row, string name) =>
        $"Row {row}, column 'weather': there is no weather file '{OneLine.Of(name, 80)}'; put it beside the study.";

    public static string OtherVersion(string model, string installed) =>
        $"The base model is for EnergyPlus {OneLine.Of(model, 20)} and EnergyPlus {OneLine.Of(installed, 20)} is here; migrate the model "
            + "first, since a study's addresses are those of one version.";

    public static string NoTag(string tag, string model) =>
        $"The tag '{OneLine.Of(tag, 80)}' stands nowhere in '{OneLine.Of(model, 80)}'; write it where its values "
            + "belong, or take the column out.";

    public static string TagWithoutColumn(string tag, string model) =>
        $"'{OneLine.Of(model, 80)}' has the tag '{OneLine.Of(tag, 80)}' and the study no column for it; add one with a value in every row.";

    public static string NoBundles(string bundle) =>
        $"'{OneLine.Of(bundle, 80)}' is a zip, which is not unpacked here; put the model that is in it beside the study, with its files.";

    // Models that are studies by themselves

    public static string ParametricBase(string model) =>
        $"'{OneLine.Of(model, 80)}' has objects of the group Parametric, which make it a study by itself; take them out, or "
            + "run it without another file.";

    public static string NoParametric { get; } =
        "The model is no study by itself: it has no Parametric:SetValueForRun; put a file such as 'office.study.csv' beside 'office.idf'.";

    public static string ParametricLogic(int line) =>
        $"The model has a Parametric:Logic (line {line}), which is not carried out here; write its results as values of "
            + "Parametric:SetValueForRun, or put a file such as 'office.study.csv' beside the model.";

    public static string ParametricTwice(string className, int line) =>
        $"The model has a second {OneLine.Of(className, 60)} (line {line}); put both into one.";

    public static string BadParameter(int line) =>
        $"The Parametric:SetValueForRun in line {line} needs a name of a dollar sign, letters and digits, and at least one value.";
}

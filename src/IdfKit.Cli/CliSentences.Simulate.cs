namespace IdfKit.Cli;

/// <summary>What <c>idfkit run</c> says.</summary>
internal static partial class CliSentences
{
    public static string NoFolderForResults(string folder) =>
        $"'{Clean(folder)}' cannot be made the folder of the results; name another with -o.";

    public static string JobFileNotRead(string name) => $"{Clean(name)} is not read; options stand on the command line.";

    public static string BundleNotRun(string name) => $"{Clean(name)} is a bundle, which 'idfkit dev' runs; unpack it to run it here.";

    public static string NotAModel(string name) => IsMacroModel(name)
        ? MacroModel(name)
        : $"{Clean(name)} is no model (.idf, .epJSON); it was left out.";

    public static string AnnualModelWithoutWeather(string name) =>
        $"--annual needs weather, and '{Clean(name)}' has none; name it with --weather.";

    public static string RunsBegin(int count, int there, string folder)
    {
        var left = there > 0 ? $" {Counted(there, "model")} {(there == 1 ? "has" : "have")} run already." : "";
        return $"{Counted(count, "model")} {(count == 1 ? "is" : "are")} run, with results in {Clean(folder)}.{left}";
    }

    public static string RunsSoFar(int ended, int all, TimeSpan? left, string running)
    {
        var time = left is { } span ? $", about {Duration(span)} left" : "";
        return $"{Number(ended)}/{Number(all)}{time}{(running.Length > 0 ? ": " : "")}{Clean(running)}";
    }

    public static string StoppedRunning(int ended, int all) =>
        $"stopped; {Number(ended)} of {Counted(all, "run")} had ended. The same command runs the other {Number(all - ended)}.";

    public static string LookAt(string folder) => $"To see them: idfkit show {Quoted(Clean(folder))}";
}

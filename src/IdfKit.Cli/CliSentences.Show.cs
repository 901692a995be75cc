using System.Globalization;

namespace IdfKit.Cli;

/// <summary>What <c>idfkit show</c> says.</summary>
internal static partial class CliSentences
{
    public static string MoreRuns(int count) => $"and {Counted(count, "more run")}; --limit 0 shows all.";

    public static string MoreCauses(int count) => $"and {Counted(count, "more cause")}.";

    public static string FailedRuns(int count, string reason, string sentence, IReadOnlyList<string> examples)
    {
        var names = Clean(string.Join(", ", examples.Select(name => name.Length == 0 ? "." : name)));
        var such = count > examples.Count ? "such as " : "";
        return $"{Counted(count, "run")} ({Clean(reason)}), {such}{names}: {(sentence.Length > 0 ? Line(sentence) : "nothing is said.")}";
    }

    public static string Took(TimeSpan simulated, long warnings, double? gbSeconds)
    {
        var cloud = gbSeconds is { } seconds ? string.Create(CultureInfo.InvariantCulture, $", {seconds:#,0} GB-seconds of Lambda") : "";
        var count = warnings.ToString("#,0", CultureInfo.InvariantCulture);
        return $"EnergyPlus took {Duration(simulated)} in all; {count} warnings{cloud}.";
    }
}

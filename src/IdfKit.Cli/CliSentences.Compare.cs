using IdfKit.Engine;

namespace IdfKit.Cli;

/// <summary>What <c>idfkit compare</c> says.</summary>
internal static partial class CliSentences
{
    public static string OneIsNoRun(string given) =>
        $"'{Clean(given)}' is no run and the other is one; name two runs, or two folders of runs.";

    public static string DidNotComplete(string run, string status, string? reason, string? message)
    {
        var how = reason is null ? status : $"{status} ({Clean(reason)})";
        return $"{Clean(run)} did not complete: {how}. {Line(message ?? "Nothing more is said.")}";
    }

    public static string HasNotEnded(string run, string how) => $"{Clean(run)} has not ended and has no figures yet: {how.TrimEnd('.')}.";

    public static string DidNotCompleteIn(string which) => $"What did not complete in {which}:";

    public static string FormatsDiffer { get; } = "The models were not compared: one is IDF and the other epJSON.";

    public static string BundleNotCompared(string model) => $"The models were not compared: {model} is a bundle.";

    public static string ModelHasChanged(string model) => $"The models were not compared: {model} is no longer what it was when it ran.";

    public static string ModelNotRead(string model, string why) =>
        $"The models were not compared: {model} cannot be read ({Line(why).TrimEnd('.')}).";

    public static string ObjectsDiffer(int count, bool hasMore) => count == 0
        ? "The objects of the models are the same."
        : $"The models differ in {(hasMore ? "more than " : "")}{Counted(count, "place")}:";

    public static string Difference(ModelDifference one)
    {
        var name = one.ObjectName is { Length: > 0 } given ? $" \"{Line(given)}\"" : "";
        var at = $"{Line(one.ClassName)}{name}";
        if (one.Field is { } field) return $"{at}, {Line(field)}: {Said(one.First)} -> {Said(one.Second)}";
        return one.First is null ? $"{at}: only in B" : $"{at}: only in A";
    }

    public static string MoreDifferences(int count, bool hasMore) =>
        $"and {(hasMore ? "more than " : "")}{Number(count)} more; --json lists them.";

    public static string Said(string? value) => value is null ? "nothing" : value.Length == 0 ? "''" : Line(value);

    public static string Matched(int both, IReadOnlyList<string> onlyA, IReadOnlyList<string> onlyB)
    {
        static string Only(string which, IReadOnlyList<string> names) => names.Count == 0
            ? ""
            : $" {Number(names.Count)} only in {which} ({Clean(string.Join(", ", names.Take(3)))}{(names.Count > 3 ? ", …" : "")}).";
        return $"{Counted(both, "run")} in both.{Only("A", onlyA)}{Only("B", onlyB)}";
    }
}

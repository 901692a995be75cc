namespace IdfKit.Cli;

/// <summary>What <c>idfkit retry</c> says.</summary>
internal static partial class CliSentences
{
    public static string SeveralRunChoices { get; } = "Give --failed, --reason or KEY, not several of them.";

    public static string NoSuchRun(string name, string place) =>
        $"there is no run of '{Clean(name)}' in {Clean(place)}; 'idfkit show' lists them.";

    public static string NoSuchReasonOfRuns(string reason, IReadOnlyList<string> reasons) => reasons.Count == 0
        ? $"no run has ended with the reason '{Clean(reason)}', or failed at all."
        : $"no run has ended with the reason '{Clean(reason)}'; there are {Clean(string.Join(", ", reasons))}.";

    public static string RowsOfStudy(int count, string study) =>
        $"{Counted(count, "row")} of a study left out; 'idfkit study retry {Quoted(study)}' runs rows again.";

    public static string ModelsUnknown(int count) => $"{Counted(count, "run")} left out, whose record does not say of which model it is.";

    public static string ModelIsGone(string model) => $"{model} is no longer there; submit it again.";

    public static string ModelWasReplaced(string model) => $"{model} was put by somebody else at this moment; it is run as it is now.";

    public static string WaitAlready(int count)
    {
        var (was, waits, them) = count == 1 ? ("was", "waits", "it") : ("were", "wait", "them");
        return $"{Counted(count, "model")} {was} put again a while ago already and {waits} to be run; when nothing has begun after "
            + $"15 minutes, the same command puts {them} again.";
    }

    public static string AnotherRetries(string file) =>
        $"another 'idfkit retry' works here and is waited for, a minute at most ({file}).";

    public static string WouldRetry(string status, string key, string? reason) =>
        $"{status,-11}  {Clean(key)}{(reason is null ? "" : $" ({Clean(reason)})")}";

    public static string Retries(int count, bool isDry)
    {
        if (count == 0) return "There is nothing to run again.";
        return isDry
            ? $"{Counted(count, "model")} would be run again."
            : $"{Counted(count, "model")} {(count == 1 ? "is" : "are")} to be run again.";
    }

    public static string PutAgain(int count, string place) =>
        $"{Counted(count, "model")} put again. To follow: idfkit watch {Quoted(Clean(place))}";

    public static string StoppedRetrying(int put, int all) =>
        $"stopped; {Number(put)} of {Counted(all, "model")} had been put again. The same command goes on with what has not completed.";
}

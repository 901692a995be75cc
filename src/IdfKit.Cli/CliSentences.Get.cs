namespace IdfKit.Cli;

/// <summary>What <c>idfkit get</c> says.</summary>
internal static partial class CliSentences
{
    public static string NoFileCalled(IReadOnlyList<string> patterns) =>
        $"no file of a run is called {Clean(string.Join(" or ", patterns))}; 'idfkit show RUN --json' lists them.";

    public static string NothingToGet(string run, bool isRunning) => isRunning
        ? $"{run} has not ended; it was left out."
        : $"{run} has no record of a run that can be read; it was left out.";

    public static string LeadsOut(string file, string run) =>
        $"the record of {run} lists '{Clean(file)}', which is no file that a run has below it; it was left out.";

    public static string IsInTheWay(string path) =>
        $"{Clean(path)} is here with another content and was not fetched by an earlier call; it was left. --overwrite replaces it.";

    public static string WrongChecksum(string file) =>
        $"{file} is not what its record says; it was not kept. Try again when no run writes there.";

    public static string FileIsGone(string file) => $"{file} is listed in its record and no longer there.";

    public static string IsEncoded(string file, string encoding) =>
        $"{Clean(file)} is stored as {Clean(encoding)} and kept so; 'gunzip -c' makes it readable for browsers.";

    public static string GetsOntoItself(string folder) => $"the results are in {Clean(folder)} already; name another folder with -o.";

    public static string MoreTroubles(int count) => $"and {Counted(count, "more file")} like that.";

    public static string Got(int files, long bytes, int left, int runs, string folder)
    {
        var there = left > 0 ? $", {Number(left)} {(left == 1 ? "was" : "were")} there already" : "";
        return $"{Counted(files, "file")} of {Counted(runs, "run")} fetched ({Size(bytes)}){there}: {Clean(folder)}";
    }

    public static string GotSoFar(int runs, int all, long bytes) => $"{Number(runs)}/{Number(all)} runs, {Size(bytes)}";

    public static string StoppedGetting(int runs, int all) => $"{HadBeenFetched(runs, all)} The same command goes on.";

    public static string FailedGetting(int runs, int all) => $"{HadBeenFetched(runs, all)} The same command goes on when that is mended.";

    private static string HadBeenFetched(int runs, int all) => $"stopped; {Number(runs)} of {Counted(all, "run")} had been fetched.";
}

namespace IdfKit.Cli;

/// <summary>What <c>idfkit collect</c> says.</summary>
internal static partial class CliSentences
{
    public static string StoppedCollecting(string path, bool isThere) =>
        $"stopped; {Clean(path)} {(isThere ? "is as it was" : "was not written")}. The same command begins anew.";

    public static string HoldsNoTable(string path) =>
        $"{Clean(path)} is there and holds no table of runs of this version; it was left as it is. "
            + "Name another file, or replace it with --fresh.";

    public static string NothingCollected(string source) =>
        $"there is no run in {Clean(source)}, and nothing was written. "
            + "Name the folder that holds the folders of results, such as outputs.";
}

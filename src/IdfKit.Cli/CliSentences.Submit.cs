using IdfKit.Engine;

namespace IdfKit.Cli;

/// <summary>What <c>idfkit submit</c> says.</summary>
internal static partial class CliSentences
{
    public static string BadLabel(string field, int longest) => $"{field} must be one line of 1 to {longest} characters.";

    public static string BadTag(string tag, string example) => $"'{Clean(tag)}' is no KEY=VALUE; write {example}.";

    public static string TagTwice(string key) => $"the tag '{Clean(key)}' is given more than once; a run has one value of each.";

    public static string TooManyTags(int most) => $"S3 takes at most {most} tags.";

    public static string BundleHasItsOwnJob(string fields) => $"a bundle brings its own job file: {fields} do not reach into it.";

    public static string CheckedFor(EnergyPlusVersion version) => $"there is no EnergyPlus here, so models are checked for {version}.";

    public static string RefusedFile(string file, string sentence) => $"{Clean(file)}: refused. {Line(sentence)}";

    public static string LiesOutside(string file, string place) =>
        $"it names '{Clean(file)}', which would lie outside the inputs of {Clean(place)}; submit the folder that holds both.";

    public static string NothingPut(int refused, int all) =>
        $"{Number(refused)} of {Counted(all, "model")} would be refused, and nothing was put; --skip-refused puts the others.";

    public static string PlannedFile(string action, string place, long bytes) => $"{action,-8}  {place}  {Size(bytes)}";

    public static string Cost(int runs, int files, long bytes, int there)
    {
        var left = there > 0 ? $"; {Counted(there, "file")} {(there == 1 ? "is" : "are")} there already" : "";
        return $"{Counted(runs, "run")}, {Counted(files, "file")} to put, {Size(bytes)}{left}.";
    }

    public static string RunThereAlready(string place) =>
        $"No model is new. To run some again: idfkit retry {Quoted(Clean(place))} KEY";

    public static string PutSoFar(int put, int all, long bytes, long allBytes) =>
        $"{Number(put)}/{Number(all)} files, {Size(bytes)} of {Size(allBytes)}";

    public static string Submitted(int runs, string place) =>
        $"{Counted(runs, "model")} put. To follow: idfkit watch {Quoted(Clean(place))}";

    public static string StoppedPutting(int put, int all) =>
        $"stopped; {Number(put)} of {Counted(all, "file")} had been put, each whole. The same command puts the other {Number(all - put)}.";
}

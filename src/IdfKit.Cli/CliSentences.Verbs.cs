using System.Globalization;

using IdfKit.Engine;
using IdfKit.Runs;
using IdfKit.Storage;

namespace IdfKit.Cli;

/// <content>What the tool says of places, models and runs.</content>
internal static partial class CliSentences
{
    private const int MostNamed = 3;

    // Wrong usage

    public static string SeveralRunChoices { get; } = "Give --failed, --reason or KEY, not several of them.";

    public static string NoPlace(string given) =>
        $"'{Clean(given)}' is no place; write a folder, the address that 'idfkit dev' prints, or s3://bucket/prefix.";

    public static string NoDev(string given) =>
        $"'{Clean(given)}' is not the address of an 'idfkit dev' on this machine, such as http://127.0.0.1:9000; for another server "
            + "set AWS_ENDPOINT_URL_S3 and write s3://bucket.";

    public static string NobodyAnswers(string given) =>
        $"nothing answers at {Clean(given)}; start 'idfkit dev' on its folder (again) and take the address that it prints.";

    public static string BadEndpoint(string variable, string value) =>
        $"{variable} is '{Clean(value)}'; it must be a URL that begins with http:// or https://, without user or query.";

    public static string BadRegion(string variable, string value) =>
        $"{variable} is '{Clean(value)}'; it must be the name of a region, such as eu-central-1.";

    public static string BadLabel(string field, int longest) => $"{field} must be one line of 1 to {longest} characters.";

    public static string BadTag(string tag, string example) => $"'{Clean(tag)}' is no KEY=VALUE; write {example}.";

    public static string TooManyTags(int most) => $"S3 takes at most {most} tags.";

    public static string NoNumber(string option, string value) => $"{option} takes a whole number, not '{Clean(value)}'.";

    // What is not there, or is in the way

    public static string PlaceIsFile(string given) => $"'{Clean(given)}' is a file; give a folder.";

    public static string PlaceIsAbsent(string given) =>
        $"there is no folder '{Clean(given)}'; 'idfkit dev' makes and serves one, and buckets are written s3://bucket.";

    public static string PartIsAbsent(string given, string written) =>
        $"there is no folder '{Clean(given)}'; a part of the bucket that it would lie in is written {Quoted(Clean(written))}.";

    public static string PlaceIsGone(string given) =>
        $"the folder '{Clean(given)}' is no longer there: it was removed or renamed while it was looked at.";

    public static string NoBucket(string given) =>
        $"'{Clean(given)}' is no bucket and no folder that is one: it has no inputs. Name the folder that 'idfkit dev' serves.";

    public static string NotThere { get; } = "There is no such file.";

    public static string NoFile(string given) => given.EndsWith('\r')
        ? $"'{Clean(given[..^1])}' has a carriage return behind it: the list that it stands in has the line ends of Windows; "
            + "take them out (tr -d '\\r')."
        : $"there is no file or folder '{Clean(given)}'.";

    public static string NoMatch(string pattern) => $"no file matches '{Clean(pattern)}'.";

    public static string NoPattern(string pattern) =>
        $"'{Clean(pattern)}' matches folders and no file; write '{Clean(pattern.TrimEnd('/'))}/*.idf' for the models in them.";

    public static string NoModelIn(IReadOnlyList<string> given) => given is [var only] && IsMacroModel(only)
        ? MacroModel(only)
        : $"there is no model (.idf, .epJSON or .zip) in {Clean(string.Join(", ", given.Take(MostNamed)))}.";

    public static string SameName(string one, string other) =>
        $"'{Clean(one)}' and '{Clean(other)}' would go to the same place; name the folder that holds both.";

    public static string NoRuns(string place) =>
        $"there is no run in {Clean(place)}; name the folder of a run's results, or one that holds many, such as outputs.";

    public static string NoRecord(string place) => $"the {RunRecordFile.Name} in {Clean(place)} is no record of a run.";

    public static string NobodyServes(string folder) =>
        $"nobody serves {Clean(folder)}; 'idfkit dev {Quoted(Clean(folder))}' runs what waits there.";

    // Show

    public static string MoreRuns(int count) => $"and {Counted(count, "more run")}; --limit 0 shows all.";

    public static string MoreCauses(int count) => $"and {Counted(count, "more cause")}.";

    public static string FailedRuns(int count, string reason, string sentence, IReadOnlyList<string> examples)
    {
        var names = Clean(string.Join(", ", examples.Select(name => name.Length == 0 ? "." : name)));
        var such = count > examples.Count ? "such as " : "";
        return $"{Counted(count, "run")} ({Clean(reason)}), {such}{names}: {(sentence.Length > 0 ? Line(sentence) : "nothing is said.")}";
    }

    public static string CountedRuns(int runs, IReadOnlyDictionary<string, int> counts)
    {
        var ends = counts.Where(count => count.Value > 0).Select(count => $"{Number(count.Value)} {count.Key.Replace('_', ' ')}");
        return $"{Counted(runs, "run")}: {string.Join(", ", ends)}.";
    }

    public static string Took(TimeSpan simulated, long warnings, double? gbSeconds)
    {
        var cloud = gbSeconds is { } seconds ? string.Create(CultureInfo.InvariantCulture, $", {seconds:#,0} GB-seconds of Lambda") : "";
        var count = warnings.ToString("#,0", CultureInfo.InvariantCulture);
        return $"EnergyPlus took {Duration(simulated)} in all; {count} warnings{cloud}.";
    }

    // Watch

    public static string Watched(IReadOnlyDictionary<string, int> counts, int all, TimeSpan? rest)
    {
        var parts = counts.Where(count => count.Value > 0).Select(count => $"{Number(count.Value)} {count.Key.Replace('_', ' ')}");
        var time = rest is { } span && span > TimeSpan.Zero ? $"; about {Duration(span)} left" : "";
        return all == 0 ? "nothing is here yet" : string.Join(", ", parts) + time;
    }

    public static string WatchedRun(string status, string name, double? seconds, double? intensity, string? message)
    {
        var time = seconds is { } value ? string.Create(CultureInfo.InvariantCulture, $"  {value:0.0} s") : "";
        var figure = intensity is { } eui ? string.Create(CultureInfo.InvariantCulture, $"  {eui:0.0} kWh/m²") : "";
        return $"{status,-11}  {Clean(name)}{time}{figure}{(message is null ? "" : "  " + Line(message))}";
    }

    public static string RunsNow(string name, RunProgress? progress)
    {
        var percent = progress?.Percent is { } value ? string.Create(CultureInfo.InvariantCulture, $" {value:0} %") : "";
        return $"{Clean(name)}{percent}{(progress is null ? "" : "  " + Clean(progress.Phase.Replace('_', ' ')))}";
    }

    public static string Waits(IReadOnlyList<string> names, int count)
    {
        var more = count > names.Count ? $" and {Number(count - names.Count)} more" : "";
        return $"  next: {Clean(string.Join(", ", names))}{more}";
    }

    public static string StoppedWatching(IReadOnlyDictionary<string, int> counts, string place)
    {
        var (running, waiting) = (counts.GetValueOrDefault("running"), counts.GetValueOrDefault("waiting"));
        return $"stopped watching; {Number(running)} run and {Number(waiting)} wait, and go on without it. "
            + $"To look again: idfkit watch {Quoted(Clean(place))}";
    }

    public static string NothingToWatch(string place) => $"nothing was put there and there is no run in {Clean(place)}.";

    public static string RetryThem(string place) => $"To run again what did not complete: idfkit retry {Quoted(Clean(place))}";

    // Submit

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

    // Collect

    public static string StoppedCollecting(string path, bool isThere) =>
        $"stopped; {Clean(path)} {(isThere ? "is as it was" : "was not written")}. The same command begins anew.";

    public static string HoldsNoTable(string path) =>
        $"{Clean(path)} is there and holds no table of runs of this version; it was left as it is. "
            + "Name another file, or replace it with --fresh.";

    public static string NothingCollected(string source) =>
        $"there is no run in {Clean(source)}, and nothing was written. "
            + "Name the folder that holds the folders of results, such as outputs.";

    // Retry

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

    // Get

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

    public static string StoppedGetting(int runs, int all) =>
        $"stopped; {Number(runs)} of {Counted(all, "run")} had been fetched. The same command goes on.";

    // Compare

    public static string DidNotComplete(string run, string status, string? reason, string? message)
    {
        var how = reason is null ? status : $"{status} ({Clean(reason)})";
        return $"{Clean(run)} did not complete: {how}. {Line(message ?? "Nothing more is said.")}";
    }

    public static string HasNotEnded(string run, string how) => $"{Clean(run)} has not ended and has no figures yet: {how.TrimEnd('.')}.";

    public static string DidNotCompleteIn(string which) => $"What did not complete in {which}:";

    public static string FormatsDiffer { get; } = "The models were not compared: one is IDF and the other epJSON.";

    public static string OneIsNoRun(string given) =>
        $"'{Clean(given)}' is no run and the other is one; name two runs, or two folders of runs.";

    public static string BundleNotCompared(string model) => $"The models were not compared: {model} is a bundle.";

    public static string ModelHasChanged(string model) => $"The models were not compared: {model} is no longer what it was when it ran.";

    public static string ModelNotRead(string model, string why) =>
        $"The models were not compared: {model} cannot be read ({Line(why).TrimEnd('.')}).";

    public static string Said(string? value) => value is null ? "nothing" : value.Length == 0 ? "''" : Line(value);

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

    public static string Matched(int both, IReadOnlyList<string> onlyA, IReadOnlyList<string> onlyB)
    {
        static string Only(string which, IReadOnlyList<string> names) => names.Count == 0
            ? ""
            : $" {Number(names.Count)} only in {which} ({Clean(string.Join(", ", names.Take(3)))}{(names.Count > 3 ? ", …" : "")}).";
        return $"{Counted(both, "run")} in both.{Only("A", onlyA)}{Only("B", onlyB)}";
    }

    // Run

    public static string NoFolderForResults(string folder) =>
        $"'{Clean(folder)}' cannot be made the folder of the results; name another with -o.";

    public static string NoFileCalled(IReadOnlyList<string> patterns) =>
        $"no file of a run is called {Clean(string.Join(" or ", patterns))}; 'idfkit show RUN --json' lists them.";

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

    public static string JobFileNotRead(string name) => $"{Clean(name)} is not read; options stand on the command line.";

    public static string BundleNotRun(string name) => $"{Clean(name)} is a bundle, which 'idfkit dev' runs; unpack it to run it here.";

    public static string NotAModel(string name) => IsMacroModel(name)
        ? MacroModel(name)
        : $"{Clean(name)} is no model (.idf, .epJSON); it was left out.";

    public static string MacroModel(string name) =>
        $"{Clean(name)} is a model with macros (##): run EPMacro on it and name the .idf that EPMacro writes.";

    public static string AnnualModelWithoutWeather(string name) =>
        $"--annual needs weather, and '{Clean(name)}' has none; name it with --weather.";

    public static string StoppedRunning(int ended, int all) =>
        $"stopped; {Number(ended)} of {Counted(all, "run")} had ended. The same command runs the other {Number(all - ended)}.";

    public static string LookAt(string folder) => $"To see them: idfkit show {Quoted(Clean(folder))}";

    /// <summary>Text of others as part of a line: a control character, a line end or a mark of direction is its number.</summary>
    public static string Clean(string text) => Printable.Of(text);

    private static bool IsMacroModel(string name) => name.EndsWith(".imf", StringComparison.OrdinalIgnoreCase);

    private static string Size(long bytes) => bytes switch
    {
        < 1_000 => $"{bytes} B",
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.0} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.00} GB"),
    };
}

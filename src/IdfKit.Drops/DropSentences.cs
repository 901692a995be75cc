using System.Globalization;

using IdfKit.Engine;

namespace IdfKit.Drops;

/// <summary>
/// What a modeller reads about a dropped file, a job file or a disk: one line each, what happened to what and what to do next.
/// Names and foreign text go in as one clean line of bounded length.
/// </summary>
internal static partial class DropSentences
{
    // Dropped files that are no model.

    internal static string OpenStudioModel(string name) =>
        $"'{File(name)}' is an OpenStudio model, which EnergyPlus cannot read; export it as IDF in OpenStudio "
            + "(File, Export, IDF) and drop that.";

    internal static string OpenStudioWorkflow(string name) =>
        $"'{File(name)}' is an OpenStudio workflow, which EnergyPlus cannot read; run it in OpenStudio and drop the in.idf that it makes.";

    internal static string MacroModel(string name) =>
        $"'{File(name)}' is a model with macros (##); run EPMacro on it and drop the .idf that EPMacro writes.";

    internal static string OtherJson(string name) =>
        $"'{File(name)}' was not run: a model in JSON ends in .epJSON, and the job file of office.idf is "
            + "office.job.json; rename it and drop it again.";

    internal static string CompressedModel(string name) =>
        $"'{File(name)}' is a compressed model; unpack it and drop the model itself, or drop a .zip with the model and its files.";

    internal static string OtherArchive(string name) =>
        $"'{File(name)}' is an archive of a kind that is not unpacked here; drop a .zip with one model and its files instead.";

    internal static string ForeignModel(string name, string program) =>
        $"'{File(name)}' is {Short(program)}, which EnergyPlus cannot read; export the building as IDF from your program and drop that.";

    internal static string MisnamedModel(string name) =>
        $"'{File(name)}' was not run: the name of a model ends in .idf or .epJSON, and of a bundle in .zip; rename it and drop it again.";

    internal static string NameIsOnlyExtension(string name) =>
        $"'{File(name)}' was not run: there is no name before the extension; call it office{File(name)}, for example, and drop it again.";

    internal static string KeyIsNoPath(string key) =>
        $"'{Key(key)}' was not run: its key is not a valid path (an empty part, '.', '..' or a control "
            + "character); drop it again under another key.";

    internal static string KeyTooLong(string key, int most) =>
        $"'{Key(key)}' was not run: its key is so long that keys of its results would pass {Count(most)} "
            + "bytes; give it a shorter name and drop it again.";

    // Dropped files that are only logged.

    internal static string OutsideInputs(string key, string inputPrefix) =>
        $"'{Key(key)}' is outside {Key(inputPrefix)}, so it is not run; put it under {Key(inputPrefix)} to run it.";

    internal static string UnderOutputs(string key, string outputPrefix) =>
        $"'{Key(key)}' is under the output prefix {Key(outputPrefix)}, where results go, so it is not run.";

    internal static string FolderMarker(string key) => $"'{Key(key)}' is a folder marker, which holds nothing to run.";

    internal static string NoModel(string key) =>
        $"'{Key(key)}' is not a model (.idf, .epJSON or a .zip with one), and no model waits for it.";

    // The model's object.

    internal static string NoSuchObject(string url) => $"There is no {Url(url)}; check the bucket and the key.";

    internal static string NoLongerThere(string url) => $"{Url(url)} was removed or renamed before its run began; drop it again to run it.";

    // Job files.

    internal static string BadJobFile(string key, string what) => $"The job file '{Key(key, 40)}' {OneLine.Of(what, 240).TrimEnd('.')}.";

    internal static string JobFileTooLarge(int most) => $"is longer than {Count(most / 1024)} KB; a job file is a few lines of JSON.";

    internal static string JobFileNotUtf8(int line) => $"is not UTF-8 text (line {Count(line)}); save it as UTF-8.";

    internal static string JobFileEmpty() => "is empty; it must hold one JSON object, such as {\"annual\": true}.";

    internal static string JobFileNoObject() => "must hold one JSON object, such as {\"annual\": true}.";

    internal static string NotJson(string reason, long? line) =>
        $"is no valid JSON{(line is { } number ? $" (line {Count(number)})" : "")}: {Foreign(reason, 150)}";

    internal static string UnknownJobField(string field, int line, string? nearest, IReadOnlyList<string> fields) =>
        $"has the unknown field '{Short(field, 20)}' (line {Count(line)}){DidYouMean(nearest)} "
            + $"The fields are {List(fields, longest: 170)}.";

    internal static string JobFieldTwice(string field, int line) => $"has '{Short(field)}' twice (line {Count(line)}); keep one of them.";

    internal static string JobFieldOfWrongKind(string field, int line, string wanted) =>
        $"has a wrong value in '{Short(field)}' (line {Count(line)}): it must be {Foreign(wanted, 100)}";

    internal static string HalfCharacter(string field, int line) =>
        $"has text in {Short(field)} (line {Count(line)}) that is cut in the middle of a character; write it again.";

    internal static string AnnualAndDesignDay() => "asks for annual and design_day at once; choose one.";

    internal static string BadJobTimeout(string written, int line, double least, double most) =>
        $"has timeout_seconds {Short(written, 30)} (line {Count(line)}); it must be a number from "
            + $"{Number(least)} to {Number(most)}, which is a week.";

    internal static string BadJobWeather(string weather, int line, string why) =>
        $"has the weather '{Short(weather, 60)}' (line {Count(line)}), {Foreign(why, 110)}";

    internal static string UnknownChoice(string field, string written, int line, IReadOnlyList<string> known) =>
        $"has the {Short(field)} '{Short(written, 30)}' (line {Count(line)}); it must be one of {List(known)}.";

    internal static string UnknownProfile(string written, int line, string? nearest, IReadOnlyList<string> known) =>
        $"has the outputs '{Short(written, 30)}' (line {Count(line)}){DidYouMean(nearest)} "
            + $"It is one of {List(known)}, or a list of patterns such as [\"*.csv\"].";

    /// <summary>What <c>outputs</c> may be, as a part of a sentence.</summary>
    internal static string ProfileOrPatterns(IReadOnlyList<string> known) => $"one of {List(known)}, or a list in [ ].";

    internal static string TooManyInJobField(string field, int most) =>
        $"has more than {Count(most)} entries in '{Short(field)}'; leave some out.";

    internal static string UnknownRequestMember(string field, string member, int line, string? nearest) =>
        $"has the unknown member '{Short(member, 30)}' in '{Short(field)}' (line "
            + $"{Count(line)}){DidYouMean(nearest)} The members are name, key and frequency.";

    internal static string RequestWithoutName(string field, int line) =>
        $"has an entry without a name in '{Short(field)}' (line {Count(line)}).";

    internal static string BadRequestText(string field, int line, int most) =>
        $"has an entry in '{Short(field)}' (line {Count(line)}) that a model cannot hold: "
            + $"a name and a key are 1 to {Count(most)} characters without commas, semicolons, "
            + "exclamation marks and line ends.";

    internal static string BadGlob(string glob, int line, int most) =>
        $"has the pattern '{Short(glob, 30)}' in 'outputs' (line {Count(line)}); a pattern is 1 to "
            + $"{Count(most)} characters such as *.csv or eplusout.[es]*, with no / at its ends.";

    internal static string LongLabel(int length, int most) => $"has a label of {Count(length)} characters; at most {Count(most)} are kept.";

    internal static string LabelWithLineEnd(int line) =>
        $"has a label with a line end or another control character (line {Count(line)}); write it on one line.";

    internal static string TooManyTags(int count, int most) => $"has {Count(count)} tags; an object takes at most {Count(most)}.";

    internal static string LongTags() =>
        "has tags that are too long together for S3; shorten them to 4,000 characters in all, accents counting up to nine each.";

    internal static string BadTagName(string name, int line) =>
        $"has the tag name '{Short(name, 30)}' (line {Count(line)}); it must be 1 to 128 letters, digits, "
            + "spaces and + - = . _ : / @, and not begin with aws:.";

    internal static string BadTagValue(string name, int line) =>
        $"has a value that a tag cannot have in tags.{Short(name, 30)} (line {Count(line)}); "
            + "it must be at most 256 letters, digits, spaces and + - = . _ : / @.";

    // The name of a weather file.

    internal static string WeatherNameEmpty() => "which is empty; leave it out or name a file.";

    internal static string WeatherNameWithLineEnd() =>
        "which has a line end or another control character; write the plain name of the file.";

    internal static string WeatherNameTooLong() => "which is longer than any key; name a file beside the model, or s3://bucket/key.";

    internal static string WeatherNameIsArn() => "which is an ARN; write it as s3://bucket/key.";

    internal static string WeatherNameIsOtherUrl() =>
        "which cannot be fetched; put the file beside the model and name it, or give s3://bucket/key.";

    // Deliveries

    internal static string MoreModelsWait(int models, string companion) =>
        $"{Count(models)} more models wait for {Url(companion)}; they are run when this event is delivered again.";

    internal static string Superseded(string model) =>
        $"Another run of {Url(model)}, of newer content or after this one's claim had run out, took over; this one stopped.";

    internal static string AlreadyRun(string model, string results) =>
        $"{Url(model)} has been run already, with results in {Url(results).TrimEnd('.')}.";

    internal static string FolderOfAnother(string model, string other) =>
        $"{Key(model, 75)} was not run: the folder of its results holds those of {Key(other, 75)}, which came later or is all that can be "
            + "read; give each bucket of models a bucket of results.";

    internal static string RunsElsewhere(string model) => $"{Url(model)} is being run by another invocation.";

    internal static string MayBeDead(string model) =>
        $"{Url(model)} is being run by another invocation, of which no sign of life is seen; "
            + "this event is to be delivered again, in case that one is dead.";

    internal static string EventIsOld(string model) => $"Newer content of {Url(model)} has been taken up; this event is old.";

    internal static string OlderRunIsWriting(string model, string results) =>
        $"An older run of {Url(model)} is writing its results to {Url(results)}; the newer content is run when "
            + "this event is delivered again.";

    internal static string ClaimNotRenewed(string model, string failure) =>
        $"The claim on {Url(model)} could not be renewed before it ran out, so the run stopped; "
            + $"it is to be run again. {Foreign(failure, 80)}";

    internal static string RecordGone(string path) =>
        $"The record {Key(path)} was removed while its run was under way, so the run stopped; it is to be run again.";

    internal static string RecordNotWritten(string path, int attempts, string failure) =>
        $"The record {Key(path, 80)} could not be written in {Count(attempts)} tries, so the run stopped; it is to be run again. "
            + Foreign(failure, 80);

    internal static string ConditionsRefused(string path) =>
        $"The store refuses conditional writes of {Key(path, 80)} though their condition holds, so no result can be kept; "
            + "the bucket's owner can see it with 'idfkit doctor --bucket' (on Ceph before 17, turn versioning off).";

    internal static string ResultAltered(string path) =>
        $"The result {Key(path)} was changed by an earlier run that was thought dead, so this run stopped; it is to be run again.";

    internal static string Stalled(string model, TimeSpan staged) =>
        $"Storage took {Number(Math.Round(staged.TotalSeconds, 1))} s to give what {Url(model)} needs, and the time that was left did not "
            + "suffice to simulate it; it is to be run again.";

    internal static string NoteTakenUp(string note) => $"The note {Url(note)} has been taken up already.";

    internal static string OtherBucketUnchecked(string bucket) => $"What lies in the bucket {Short(bucket)} is not looked at by a check.";

    // What a model needs

    internal static string DiskTooSmall(string url, long megabytes, long needed, long there) =>
        $"{Url(url)} has {Count(megabytes)} MB and needs about {Count(needed)} MB of disk, "
            + $"where {Count(there)} MB are in all; name a folder on a larger disk (IDFKIT_WORK_DIR), "
            + "or on Lambda give the function more ephemeral storage.";

    internal static string ModelTooLarge(string url, long megabytes, long most) =>
        $"{Url(url)} has {Count(megabytes)} MB, and a model may have {Count(most)} MB; "
            + "take out what it does not need, or put long schedules into files (Schedule:File).";

    // Weather

    internal static string NoWeather(string sibling, bool isSiblingDenied, bool isFolderClosed)
    {
        var own = isSiblingDenied ? $"{Url(sibling)} is not there or may not be read" : $"no {Url(sibling)}";
        var folder = isFolderClosed ? "its folder may not be listed" : "no single .epw in its folder";
        var put = isFolderClosed ? "Put it there under this name" : "Put an .epw beside the model";
        return $"The model simulates a weather year, but there is no weather file: {own}, {folder}, and no default. {put}; it is then run.";
    }

    internal static string WeatherNotChosen(IReadOnlyList<string> names, string jobFile, string sibling) =>
        $"The model simulates a weather year, and of weather files there are {Count(names.Count)}: {Listed(names)}. "
        + $"Name one in {Short(jobFile)}, or call it {Short(sibling)}; the model is then run.";

    internal static string WeatherIsNoFile(string name, string who) =>
        $"The weather '{Short(name, 60)}' that {Short(who)} names is neither a file of the bucket nor s3://bucket/key; "
        + "correct it and drop the model again.";

    internal static string WeatherOutside(string name, string who, string place) =>
        $"The weather '{Short(name, 30)}' that {Short(who, 30)} names is not read: {Key(place, 60)} is outside the input prefix. "
        + "Put it beside the model and name that, or ask the function's owner to add its folder to IDFKIT_WEATHER_PLACES.";

    internal static string WeatherAmongResults(string name, string who, string place) =>
        $"The weather '{Short(name, 30)}' that {Short(who, 30)} names is not read: {Key(place, 60)} lies among results. "
        + "Put a copy of it beside the model, name that, and drop the model again.";

    internal static string NamedWeatherElsewhere(string name, string who, string place, string outside) =>
        $"The weather '{Short(name, 30)}' that {Short(who, 30)} names is not at {Key(place, 36)} or may not be read; put it "
        + $"there, and the model is run. {Key(outside, 31)} is read only if the function's owner adds its folder to IDFKIT_WEATHER_PLACES.";

    internal static string NamedWeatherMissing(string name, string who, IReadOnlyList<string> places, bool mayArrive) =>
        $"The weather '{Short(name)}' that {Short(who)} names is not there; looked for {Places(places)}. "
        + (mayArrive ? "Put it there, and the model is run." : "Put it there, then drop the model again.");

    internal static string DefaultWeatherMissing(string name, IReadOnlyList<string> places) =>
        $"The default weather '{Short(name, 30)}' is not there; looked for {Places(places, 45)}. "
        + "Put an .epw beside the model, and the model is run; or ask the function's owner to put it there.";

    private static string Places(IReadOnlyList<string> places, int longest = 60) =>
        string.Join(", ", places.Take(2).Select(place => Key(place, longest)));

    // Bundles

    internal static string BadBundle(string name, string why) =>
        $"The bundle '{Short(name, 60)}' cannot be run: {OneLine.Of(why, 200).TrimEnd('.')}.";

    internal static string BundleUnpacksTo(string name, string size) =>
        $"The bundle '{Short(name, 60)}' unpacks to more than {Short(size)}; drop its files without the bundle.";

    internal static string TooManyEntries(int count, int most) => $"it has {count} entries, and at most {Count(most)} are taken.";

    internal static string EntryListTooLong(int most) =>
        $"its list of entries is longer than that of {Count(most)} entries needs to be; pack fewer files, without comments.";

    internal static string EntryTwice(string path) => $"'{Key(path)}' is in it twice.";

    internal static string EntryIsFileAndFolder(string path) => $"'{Key(path)}' is a file in it and a folder too; pack it again.";

    internal static string EntryIsNoPath(string path) => $"'{Key(path)}' is no path inside it.";

    internal static string EntryIsLink(string path) => $"'{Key(path)}' is a link; pack the file itself.";

    internal static string EntryIsEncrypted(string path) => $"'{Key(path)}' is encrypted; pack it without a password.";

    internal static string EntryNameTooLong(string path, int most) =>
        $"'{Short(path)}' has a name of more than {Count(most)} bytes; shorten it.";

    internal static string NoModelInBundle() => "it holds no model (.idf or .epJSON).";

    internal static string SeveralModelsInBundle(IReadOnlyList<string> models) =>
        $"it holds {models.Count} models ({Listed(models)}); drop one .zip for each.";

    internal static string DamagedBundle(string why) => $"it cannot be unpacked ({OneLine.Of(why, 120).TrimEnd('.')}); pack it again.";

    private static string Listed(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(3).Select(name => Key(name, 30))) + (names.Count > 3 ? ", …" : "");

    // Settings of the function.

    internal static string BadSetting(string name, string value, string wanted) =>
        $"{Short(name)} is '{Short(value, 80)}'; it must be {Foreign(wanted, 100)}";

    internal static string CacheUnderInputs(string cache, string inputPrefix) =>
        $"The cache '{Short(cache, 80)}' lies under the input prefix '{Short(inputPrefix, 80)}', "
        + "so what is kept would start runs; choose another.";

    internal static string ConfinedAndUnsafe(string name, string value) =>
        $"{Short(name)} is '{Short(value, 80)}', and IDFKIT_ALLOW_UNSAFE_OBJECTS lets models do what that refuses; "
        + "take one of the two back.";

    internal static string BadWeatherPlace(string place) =>
        $"the place '{Short(place, 80)}' must be a folder of a bucket that ends with a slash, such as s3://bucket/weather/.";

    internal static string NoSuchFolder(string name, string folder) =>
        $"{Short(name)} is '{Short(folder, 120)}', and there is no such folder.";

    internal static string UnusableSetting(string name, string why) => $"{Short(name)} cannot be used: {Foreign(why, 200)}";

    internal static string SettingsContradict(string name, string value, string alias) =>
        $"{Short(name)} is '{Short(value, 80)}' and {Short(alias)} is true, which means as_is; leave one of them out.";

    internal static string UnknownVariable(string name, string? nearest) =>
        $"{Short(name)} means nothing to this "
            + $"version{(nearest is null ? "" : $" (did you mean {Short(nearest)}?)")}; "
            + "docs/configuration.md lists the variables that do.";

    private static string DidYouMean(string? nearest) => nearest is null ? "." : $"; did you mean '{Short(nearest)}'?";

    private static string File(string name) => OneLine.Of(name, 80);

    private static string Short(string text, int longest = 40) => OneLine.Of(text, longest);

    private static string Url(string url) => Key(url, 90);

    /// <summary>The end of a key says most.</summary>
    private static string Key(string key, int longest = 80)
    {
        var line = OneLine.Of(key, int.MaxValue);
        if (line.Length <= longest) return line;
        var start = line.Length - longest + 1;
        return "…" + line[(char.IsLowSurrogate(line[start]) ? start + 1 : start)..];
    }

    private static string List(IEnumerable<string> words, int longest = 125) => OneLine.Of(string.Join(", ", words), longest);

    private static string Foreign(string text, int longest) => OneLine.Of(text, longest).TrimEnd('.') + ".";

    private static string Count(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Number(double number) => number.ToString("G6", CultureInfo.InvariantCulture);
}

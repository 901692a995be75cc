namespace IdfKit.Drops;

/// <summary>What a modeller reads of an object that was dropped.</summary>
internal static partial class DropSentences
{
    // Dropped files that are no model

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

    // Dropped files that are only logged

    internal static string OutsideInputs(string key, string inputPrefix) =>
        $"'{Key(key)}' is outside {Key(inputPrefix)}, so it is not run; put it under {Key(inputPrefix)} to run it.";

    internal static string UnderOutputs(string key, string outputPrefix) =>
        $"'{Key(key)}' is under the output prefix {Key(outputPrefix)}, where results go, so it is not run.";

    internal static string FolderMarker(string key) => $"'{Key(key)}' is a folder marker, which holds nothing to run.";

    internal static string NoModel(string key) =>
        $"'{Key(key)}' is not a model (.idf, .epJSON or a .zip with one), and no model waits for it.";

    internal static string OtherBucketUnchecked(string bucket) => $"What lies in the bucket {Short(bucket)} is not looked at by a check.";

    // The model's object

    internal static string NoSuchObject(string url) => $"There is no {Url(url)}; check the bucket and the key.";

    internal static string NoLongerThere(string url) => $"{Url(url)} was removed or renamed before its run began; drop it again to run it.";

    internal static string DiskTooSmall(string url, long megabytes, long needed, long there) =>
        $"{Url(url)} has {Count(megabytes)} MB and needs about {Count(needed)} MB of disk, "
            + $"where {Count(there)} MB are in all; name a folder on a larger disk (IDFKIT_WORK_DIR), "
            + "or on Lambda give the function more ephemeral storage.";

    internal static string ModelTooLarge(string url, long megabytes, long most) =>
        $"{Url(url)} has {Count(megabytes)} MB, and a model may have {Count(most)} MB; "
            + "take out what it does not need, or put long schedules into files (Schedule:File).";
}

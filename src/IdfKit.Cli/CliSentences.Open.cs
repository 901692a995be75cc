using IdfKit.Runs;

namespace IdfKit.Cli;

/// <summary>What <c>idfkit open</c> and its page say.</summary>
internal static partial class CliSentences
{
    public static string NoToken { get; } =
        "This page answers only who opens it by the address that 'idfkit open' has printed, token included. "
        + "Where it was started again, open the new address.";

    public static string NothingDropped { get; } = "nothing was dropped under this name; drop the files again.";

    public static string NoModelDropped { get; } =
        "there is no model (.idf, .epJSON or .zip) in what was dropped, and nothing was put; drop a model with its files.";

    public static string PageIsAt(string place, Uri address) =>
        $"The page of {Clean(place)}: {address}\nIt answers on this machine alone, and who has this address. Ctrl-C ends it.";

    public static string PageIsClosed(string place, bool hasServed) => hasServed
        ? $"The page of {Clean(place)} is closed, and models are no longer run here; the next start goes on."
        : $"The page of {Clean(place)} is closed; what runs there goes on without it.";

    public static string PortIsTaken(int port) =>
        $"port {port} is taken by another program: choose another --port, or leave it out for a free one.";

    public static string PortIsRefused(int port, string why) =>
        $"the page cannot be served on port {port}: {Clean(why)}. Choose another --port, or leave it out for a free one.";

    public static string ServesFolders(string place) =>
        $"models can be run here only for a folder of this machine, and '{Clean(place)}' is none.";

    public static string NothingToOpen(string folder) =>
        $"there is no folder '{Clean(folder)}'; 'idfkit open {Quoted(Clean(folder))} --serve' makes it and runs what is put there.";

    public static string NoFolderToServe(string place) => ServesFolders(place).TrimEnd('.') + "; leave out --serve.";

    public static string NothingToServe(string place) =>
        ServesFolders(place).TrimEnd('.') + $"; 'idfkit open {Quoted(Clean(place))}' shows what is there.";

    public static string IsServedAlready(string place) => $"{Clean(place)} is served already: what is put there is run.";

    public static string IsNotServed(string place, string why) =>
        $"Models in {Clean(place)} are not run here: {Shortly(why)}. What is there can be seen all the same.";

    public static string ServesNoLonger(string place, string why) =>
        $"Models in {Clean(place)} are no longer run here: {Shortly(why)}. "
        + "What is there can be seen all the same, and the page's button runs them again.";

    public static string HasEnded { get; } = "what ran them has ended";

    private static string Shortly(string why)
    {
        var lines = why.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var said = lines is [var first, .., var last] ? $"{Clean(first).TrimEnd('.')}. It said: {Clean(last)}" : Clean(why);
        return said.TrimEnd('.');
    }

    public static string ServesNow(string place) => $"Models in {Clean(place)} are run on this machine from now on.";

    public static string ForeignHost(string host) =>
        $"This page is of this machine alone and does not answer to '{Clean(host)}'; open the address that 'idfkit open' has printed.";

    public static string ForeignOrigin(string origin) => $"Pages of '{Clean(origin)}' may ask nothing of this one.";

    public static string NoWriteHeader(string header) => $"A request that changes something needs the header {header}: 1, and was refused.";

    public static string NoSuchPage(string path) => $"there is nothing at '{Line(path)}'; the page is at /.";

    public static string NotListed(string file, string run) => $"the record of '{Clean(run)}' lists no file '{Line(file)}'.";

    public static string CannotBeDropped(string path) => $"a file cannot be called '{Line(path)}' here; rename it and drop it again.";

    public static string TooManyDropped(int most) => $"at most {Number(most)} files can be dropped at once; 'idfkit submit' takes more.";

    public static string ComparesSeveral(int most) => $"choose two to {most} runs to compare.";

    public static string Dropped(int runs, int files, long bytes) =>
        $"{Counted(runs, "model")} put, {Counted(files, "file")}, {Size(bytes)}.";

    public static string DroppedAside(int files) =>
        $"{Counted(files, "other file")} left out, which no model here needs; a file that is dropped by itself is put.";

    public static string RecordIsTooLarge(string place, long most) =>
        $"the {RunRecordFile.Name} in {Clean(place)} is larger than {Size(most)}, which no record of a run is; it was not read.";
}

using IdfKit.Runs;

namespace IdfKit.Cli;

/// <summary>What the tool says of places, and of what is found there.</summary>
internal static partial class CliSentences
{
    // Addresses

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

    // What is there

    public static string PlaceIsFile(string given) => $"'{Clean(given)}' is a file; give a folder.";

    public static string PlaceIsAbsent(string given) =>
        $"there is no folder '{Clean(given)}'; 'idfkit dev' makes and serves one, and buckets are written s3://bucket.";

    public static string PartIsAbsent(string given, string written) =>
        $"there is no folder '{Clean(given)}'; a part of the bucket that it would lie in is written {Quoted(Clean(written))}.";

    public static string NoSuchPart(string given, string bucket) =>
        $"there is no folder '{Clean(given)}', and the bucket {Quoted(Clean(bucket))} that it would lie in has no such part.";

    public static string PlaceIsGone(string given) =>
        $"the folder '{Clean(given)}' is no longer there: it was removed or renamed while it was looked at.";

    public static string NoBucket(string given) =>
        $"'{Clean(given)}' is no bucket and no folder that is one: it has no inputs. Name the folder that 'idfkit dev' serves.";

    public static string NoRuns(string place) =>
        $"there is no run in {Clean(place)}; name the folder of a run's results, or one that holds many, such as outputs.";

    public static string NoRecord(string place) => $"the {RunRecordFile.Name} in {Clean(place)} is no record of a run.";

    public static string NobodyServes(string folder) =>
        $"nobody serves {Clean(folder)}; 'idfkit dev {Quoted(Clean(folder))}' runs what waits there.";
}

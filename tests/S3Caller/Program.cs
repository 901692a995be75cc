using System.Globalization;
using IdfKit.Storage;
using IdfKit.Storage.S3;

// Asks whether an object exists, as whoever the environment and the files say: S3Caller BUCKET PATH SECONDS [PROFILE].
// The SDK reads variables and files once per process, so every way of signing in needs a process of its own.
var options = new S3FileSystemOptions
{
    OperationTimeout = TimeSpan.FromSeconds(double.Parse(args[2], CultureInfo.InvariantCulture)),
    Profile = args.Length > 3 ? args[3] : null,
};
await using var bucket = new AsyncS3FileSystem(args[0], options);
try
{
    Console.WriteLine(await bucket.ExistsAsync(args[1]) ? "exists" : "absent");
    return 0;
}
catch (StorageException error)
{
    Console.WriteLine($"{error.Kind} {(error.IsTransient ? "transient" : "final")}");
    Console.WriteLine(error.Message);
    Console.Error.WriteLine(error);
    return 3;
}

using IdfKit.Runs;

namespace IdfKit.Drops.Notes;

/// <summary>A file that arrived after the model that needs it: what the record of a rejected run calls missing.</summary>
internal static class LateCompanion
{
    private const string AnyWeather = "*.epw";

    /// <summary>How a record names any weather file right in a folder.</summary>
    public static string AnyWeatherIn(string folder) => folder.Length == 0 ? AnyWeather : folder + "/" + AnyWeather;

    /// <summary>The ways in which a record may name this file.</summary>
    public static IEnumerable<string> NamesOf(ObjectKey file) => IsWeather(file) ? [file.Value, AnyWeatherIn(file.Folder)] : [file.Value];

    /// <summary>Whether a run was rejected for want of this very file.</summary>
    public static bool LetsRun(ObjectKey companion, RunRecord record) => record.Status == RunStatus.Rejected && IsMissing(companion, record);

    /// <summary>The same, or such a model is being run again: by this very event, before it crashed, or by another one, which the claim tells.</summary>
    public static bool MayLetRun(ObjectKey companion, RunRecord record) => record.Status is RunStatus.Rejected or RunStatus.Running && IsMissing(companion, record);

    /// <summary>The folder whose weather files are meant; null when <paramref name="missing"/> is a single key.</summary>
    public static string? WeatherFolder(string missing) =>
        missing == AnyWeather ? "" : missing.EndsWith("/" + AnyWeather, StringComparison.Ordinal) ? missing[..^(AnyWeather.Length + 1)] : null;

    private static bool IsMissing(ObjectKey companion, RunRecord record) => record.Missing.Any(missing => IsMeant(missing, companion));

    private static bool IsMeant(string missing, ObjectKey companion) => WeatherFolder(missing) is { } folder
        ? companion.Folder == folder && IsWeather(companion)
        : companion.Value == missing;

    private static bool IsWeather(ObjectKey file) => file.Extension.Equals(".epw", StringComparison.OrdinalIgnoreCase);
}

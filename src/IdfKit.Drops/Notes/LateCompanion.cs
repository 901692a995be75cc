using IdfKit.Runs;
using IdfKit.Runs.Staging;

namespace IdfKit.Drops.Notes;

/// <summary>
/// A file that arrived after the model that needs it: what the record of a rejected run calls missing. Capitals and the form of
/// accents do not matter: the model is run again, and finds out whether the file will do.
/// </summary>
internal static class LateCompanion
{
    /// <summary>The weather files right in a folder.</summary>
    public const string WeatherPattern = "*.[eE][pP][wW]";

    private const string AnyWeather = "*.epw";

    /// <summary>How a record names any weather file right in a folder.</summary>
    public static string AnyWeatherIn(string folder) => folder.Length == 0 ? AnyWeather : folder + "/" + AnyWeather;

    /// <summary>The ways in which a record may name this file, as <see cref="Fold"/> gives them.</summary>
    public static IEnumerable<string> NamesOf(ObjectKey file) =>
        IsWeather(file) ? [Fold(file.Value), Fold(AnyWeatherIn(file.Folder))] : [Fold(file.Value)];

    /// <summary>Equal for all spellings of a missing file.</summary>
    public static string Fold(string missing) => FileNames.Fold(missing);

    /// <summary>Whether a run was rejected for want of this very file.</summary>
    public static bool LetsRun(ObjectKey companion, RunRecord record) =>
        record.Status == RunStatus.Rejected && IsMissing(companion, record);

    /// <summary>
    /// The same, or such a model is being run again: by this very event, before it crashed, or by another one, which the claim
    /// tells.
    /// </summary>
    public static bool MayLetRun(ObjectKey companion, RunRecord record) =>
        record.Status is RunStatus.Rejected or RunStatus.Running && IsMissing(companion, record);

    /// <summary>Whether the file is the bad weather that a run was rejected for, and not another one in its place.</summary>
    public static bool IsWhatWasRefused(DroppedObject companion, RunRecord record) =>
        record is { Reason: RunReason.BadWeather, Weather: { ETag: { } refused } weather } && companion.ETag == refused
        && weather.Bucket == companion.Bucket && weather.Key == companion.Key.Value;

    /// <summary>Whether a record's missing file means this one.</summary>
    public static bool IsMeant(string missing, ObjectKey companion) => WeatherFolder(missing) is { } folder
        ? FileNames.AreAlike(companion.Folder, folder) && IsWeather(companion)
        : FileNames.AreAlike(companion.Value, missing);

    /// <summary>The folder whose weather files are meant; null when <paramref name="missing"/> is a single key.</summary>
    public static string? WeatherFolder(string missing)
    {
        if (missing == AnyWeather) return "";
        return missing.EndsWith("/" + AnyWeather, StringComparison.Ordinal) ? missing[..^(AnyWeather.Length + 1)] : null;
    }

    private static bool IsMissing(ObjectKey companion, RunRecord record) => record.Missing.Any(missing => IsMeant(missing, companion));

    private static bool IsWeather(ObjectKey file) => file.Extension.Equals(".epw", StringComparison.OrdinalIgnoreCase);
}

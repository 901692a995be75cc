using System.Globalization;

using IdfKit.Runs;

namespace IdfKit.Cli;

/// <summary>What <c>idfkit watch</c> says.</summary>
internal static partial class CliSentences
{
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
        var again = $"To look again: idfkit watch {Quoted(Clean(place))}";
        if (counts.Count == 0) return $"stopped watching before the first look was over; what runs goes on without it. {again}";
        var (running, waiting) = (counts.GetValueOrDefault("running"), counts.GetValueOrDefault("waiting"));
        var (run, wait) = (running == 1 ? "runs" : "run", waiting == 1 ? "waits" : "wait");
        return $"stopped watching; {Number(running)} {run} and {Number(waiting)} {wait}, and go on without it. {again}";
    }

    public static string NothingToWatch(string place) => $"nothing was put there and there is no run in {Clean(place)}.";

    public static string RetryThem(string place) => $"To run again what did not complete: idfkit retry {Quoted(Clean(place))}";
}

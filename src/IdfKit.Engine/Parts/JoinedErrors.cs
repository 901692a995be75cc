using System.Globalization;
using System.Text;

namespace IdfKit.Engine.Parts;

/// <summary>
/// Joins <c>.err</c> files of parts that completed: what a later part says again (its set-up, its sizing) is told once, what it says anew
/// follows, and the counts are those of all.
/// </summary>
internal static class JoinedErrors
{
    /// <param name="files">Of the parts.</param>
    /// <param name="into">Takes it.</param>
    /// <param name="elapsed">What all have taken.</param>
    /// <param name="name">What the modeller calls it.</param>
    /// <param name="ours">
    /// For each part anew tells whether a warning is about what the model does not ask for; those are left out. Null: none is.
    /// </param>
    /// <param name="notes">Lines that follow the title.</param>
    /// <returns>What the <c>.end</c> file holds.</returns>
    /// <exception cref="PartsUnlikeException">A file is not that of a run that completed.</exception>
    public static byte[] Write(
        IReadOnlyList<FileStream> files, FileStream into, TimeSpan elapsed, string name, Func<Func<string, bool>>? ours = null,
        params string[] notes)
    {
        if (files.Sum(file => file.Length) > PartLines.Largest) throw new PartsUnlikeException(EngineSentences.TooLargeToJoin(name));
        List<ErrParts> parts = [.. files.Select(file =>
            ErrParts.Of(PartLines.Of(file, name))?.Without(ours?.Invoke())
                ?? throw new PartsUnlikeException(EngineSentences.Unreadable(name)))];
        var first = parts[0];
        var (anew, again) = Messages(parts);
        var recurring = Recurring(parts);
        var sizing = parts.Skip(1).SelectMany(part => part.Recurring).ToList();
        var warnings = parts.Sum(part => part.InAll.Warnings) - again.Warnings - SizedAgain(isSevere: false);
        var severe = parts.Sum(part => part.InAll.Severe) - again.Severe - SizedAgain(isSevere: true);
        var warmup = (Warnings: parts.Sum(part => part.InWarmup.Warnings), Severe: parts.Sum(part => part.InWarmup.Severe));
        var end = $"EnergyPlus Completed Successfully-- {Counts((warnings, severe))}; Elapsed Time={Time(elapsed)}";
        List<string> lines = [first.Title, .. notes, .. first.Messages.Concat(anew).SelectMany(message => message), .. first.Head];
        if (recurring.Count > 0)
        {
            lines.AddRange(parts.First(part => part.RecurringTitles.Count > 0).RecurringTitles);
            foreach (var message in recurring) lines.AddRange([.. message.Lines, ErrParts.Row]);
            lines.Add(ErrParts.Row);
        }
        if (parts.Find(part => part.FinalTitles.Count > 0) is { } final)
        {
            lines.AddRange(final.FinalTitles);
            lines.AddRange(parts.SelectMany(part => part.Kinds).DistinctBy(kind => kind[0]).SelectMany(kind => kind));
            lines.Add(ErrParts.Row);
        }
        lines.Add($"{ErrParts.Row} EnergyPlus Warmup Error Summary. During Warmup: {Counts(warmup)}.");
        lines.Add($"{ErrParts.Row} EnergyPlus Sizing Error Summary. During Sizing: {Counts(first.InSizing)}.");
        lines.Add($"{ErrParts.Row} {end}");
        PartLines.Write(into, lines);
        return Encoding.ASCII.GetBytes(end + "\n");

        long SizedAgain(bool isSevere) => sizing.Where(one => one.IsSevere == isSevere).Sum(one => one.InSizing);
    }

    /// <summary>What later parts say that none before them has said, and how much else they count.</summary>
    private static (List<List<string>> Anew, (long Warnings, long Severe) Again) Messages(List<ErrParts> parts)
    {
        var (anew, warnings, severe) = (new List<List<string>>(), 0L, 0L);
        var said = parts[0].Messages.Select(Key).ToHashSet(StringComparer.Ordinal);
        foreach (var message in parts.Skip(1).SelectMany(part => part.Messages))
        {
            if (said.Add(Key(message))) anew.Add(message);
            else if (message[0].Contains("** Warning **", StringComparison.Ordinal)) warnings++;
            else if (message[0].Contains("** Severe  **", StringComparison.Ordinal)) severe++;
        }
        return (anew, (warnings, severe));
    }

    private static string Key(List<string> message) => string.Join('\n', message);

    private static List<RecurringError> Recurring(List<ErrParts> parts)
    {
        var all = new OrderedDictionary<string, RecurringError>(StringComparer.Ordinal);
        foreach (var message in parts[0].Recurring) all[message.Text] = message;
        foreach (var message in parts.Skip(1).SelectMany(part => part.Recurring))
            all[message.Text] = all.TryGetValue(message.Text, out var before) ? before.With(message) : message.WithoutSizing();
        return [.. all.Values.Where(message => message.InAll > 0)];
    }

    private static string Counts((long Warnings, long Severe) counts) =>
        string.Create(CultureInfo.InvariantCulture, $"{counts.Warnings} Warning; {counts.Severe} Severe Errors");

    private static string Time(TimeSpan time) => string.Create(
        CultureInfo.InvariantCulture, $"{(int)time.TotalHours:00}hr {time.Minutes:00}min {time.TotalSeconds % 60,5:0.00}sec");
}

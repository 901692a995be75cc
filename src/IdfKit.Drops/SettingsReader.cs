using System.Collections;
using System.Globalization;

using IdfKit.Engine;
using IdfKit.Runs;
using IdfKit.Runs.Publishing;

namespace IdfKit.Drops;

/// <summary>Reads variables, and notes every one that holds what it cannot.</summary>
internal sealed class SettingsReader(IDictionary variables)
{
    private readonly List<string> _faults = [];

    /// <summary>One sentence for each variable that cannot be used.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Null when it is not set, or blank.</summary>
    public string? Text(string name) => variables[name] as string is { } value && value.Trim().Length > 0 ? value.Trim() : null;

    public bool Flag(string name, bool otherwise = false) => Text(name)?.ToLowerInvariant() switch
    {
        null => otherwise,
        "0" or "false" or "no" => false,
        "1" or "true" or "yes" => true,
        var other => Fault(DropSentences.BadSetting(name, other, "true or false"), otherwise),
    };

    /// <summary>Null when it is not a whole number: only Lambda sets it.</summary>
    public int? Whole(string name) => int.TryParse(Text(name), CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A count of things.</summary>
    public int Count(string name, int least, int most, int otherwise)
    {
        if (Text(name) is not { } text) return otherwise;
        var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count);
        return isNumber && count >= least && count <= most
            ? count
            : Fault(DropSentences.BadSetting(name, text, $"a whole number from {least} to {most}"), otherwise);
    }

    /// <summary>Whether studies are left to a state machine.</summary>
    public bool StudiesByMachine(string name) => Text(name)?.ToLowerInvariant() switch
    {
        null or "self" => false,
        "machine" => true,
        var other => Fault(DropSentences.BadSetting(name, other, "self or machine"), false),
    };

    public int? Megabytes(string name)
    {
        const int Most = 10_000_000;
        if (Text(name) is not { } text) return null;
        var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var megabytes);
        return isNumber && megabytes is >= 1 and <= Most
            ? megabytes
            : Fault(DropSentences.BadSetting(name, text, $"a whole number of megabytes from 1 to {Most}"), default(int?));
    }

    public TimeSpan? Seconds(string name, double most)
    {
        if (Text(name) is not { } text) return null;
        var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds);
        return isNumber && seconds >= 0 && seconds <= most
            ? TimeSpan.FromSeconds(seconds)
            : Fault(DropSentences.BadSetting(name, text, $"a number of seconds from 0 to {most:0}"), default(TimeSpan?));
    }

    public Uri? Url(string name)
    {
        if (Text(name) is not { } text) return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url
            : Fault(DropSentences.BadSetting(name, text, "an http or https URL"), default(Uri?));
    }

    public string? Folder(string name)
    {
        if (Text(name) is not { } folder) return null;
        return Directory.Exists(folder) ? folder : Fault(DropSentences.NoSuchFolder(name, folder), default(string?));
    }

    public OutputProfile Outputs(string name)
    {
        if (Text(name) is not { } text) return OutputProfile.All;
        return OutputProfiles.Parse(text)
            ?? Fault(DropSentences.BadSetting(name, text, string.Join(", ", OutputProfiles.Names)), OutputProfile.All);
    }

    public Parallelism Parallel(string name)
    {
        if (Text(name) is not { } text) return Parallelism.Off;
        return ParallelismNames.Parse(text)
            ?? Fault(DropSentences.BadSetting(name, text, string.Join(", ", ParallelismNames.All)), Parallelism.Off);
    }

    public VersionPolicy VersionPolicy()
    {
        var (policy, fault) = VersionSetting.Of(Text(VersionSetting.Variable), Flag(VersionSetting.Alias));
        return fault is null ? policy : Fault(fault, policy);
    }

    public ConfinementSetting Confinement(bool allowsUnsafeObjects)
    {
        var (setting, fault) = ConfinementSetting.Of(Text(ConfinementSetting.Variable), allowsUnsafeObjects);
        return fault is null ? setting : Fault(fault, setting);
    }

    /// <summary>What <paramref name="read"/> makes of the variable; <paramref name="otherwise"/> when it is not set or refused.</summary>
    public T Checked<T>(string name, T otherwise, Func<string, T> read)
    {
        if (Text(name) is not { } text) return otherwise;
        try { return read(text); }
        catch (ArgumentException e) { return Fault(DropSentences.UnusableSetting(name, e.Message), otherwise); }
    }

    private T Fault<T>(string sentence, T otherwise)
    {
        _faults.Add(sentence);
        return otherwise;
    }
}

using IdfKit.Cli.Inputs;
using IdfKit.Cli.Places;
using IdfKit.Drops;
using IdfKit.Engine;
using IdfKit.Storage;

namespace IdfKit.Cli.Submit;

/// <summary>Checks models as the function will, and finds the files that go with them.</summary>
internal sealed class SubmitCheck(DropCheck check, Place place, SubmitOptions options)
{
    private const string WeatherFolder = "weather";

    /// <summary>What keeps models from being run: file and sentence.</summary>
    public List<(string File, string Sentence)> Refused { get; } = [];

    public static async Task<SubmitCheck> CreateAsync(Place place, SubmitOptions options)
    {
        var function = FunctionOptions.FromEnvironment(Environment.GetEnvironmentVariables());
        EnergyPlusInstallation? installation = null;
        try { installation = EnergyPlusInstallation.Find(function.EnergyPlusDirectory); }
        catch (EnergyPlusException e) when (e.Kind == EnergyPlusErrorKind.NotFound && function.EnergyPlusDirectory is null)
        {
            CommandGuard.Say("submit", CliSentences.CheckedFor(DropCheck.Version));
        }
        return new(new DropCheck(function.Runs with { WorkDirectory = Path.GetTempPath() }, installation), place, options);
    }

    /// <summary>The model with its files; null when it is refused.</summary>
    public async Task<SubmitModel?> CheckAsync(NamedFile file, CancellationToken cancellationToken)
    {
        var key = StoragePath.Join(place.Inputs, file.Relative);
        if (place.Layout.WhyNotRun(ObjectKey.FromText(key), inOutputBucket: true) is { } why) return Refuse(file, why);
        if (file.IsBundle && options.NeedsJobFile) return Refuse(file, CliSentences.BundleHasItsOwnJob(options.Words.All));
        var beside = JobText.PathFor(file.Path);
        var own = NamedFiles.IsFile(beside) ? await File.ReadAllBytesAsync(beside, cancellationToken) : null;
        var local = options.Weather is null ? null : Path.GetFullPath(options.Weather).Replace(Path.DirectorySeparatorChar, '/');
        var result = options.NeedsJobFile && JobText.Of(own, options, local) is { } job
            ? await check.CheckWithJobAsync(file.Path, job, cancellationToken)
            : await check.CheckAsync(file.Path, cancellationToken);
        return result.Reason is null ? Gather(file, key, own, result) : Refuse(file, result.Message ?? result.Reason);
    }

    private SubmitModel? Gather(NamedFile file, string key, byte[]? own, DropCheckResult result)
    {
        var companions = new List<SubmitFile>();
        var named = new List<string>(result.Companions);
        string? weather = null;
        if (options.Weather is not null)
        {
            weather = "/" + StoragePath.Join(StoragePath.Join(place.AllInputs, WeatherFolder), Path.GetFileName(options.Weather));
            companions.AddRange(WithStatistics(Path.GetFullPath(options.Weather)).Select(path => SubmitFile.Of(
                StoragePath.Join(StoragePath.Join(place.AllInputs, WeatherFolder), Path.GetFileName(path)), path)));
        }
        else if (result.Weather is { } found)
        {
            named.AddRange(WithStatistics(found));
        }
        foreach (var path in named)
        {
            if (KeyBeside(file.Path, key, path) is not { } beside) return Refuse(file, CliSentences.LiesOutside(path, place.Given));
            companions.Add(SubmitFile.Of(beside, path));
        }
        if (JobText.Of(own, options, weather) is { } job) companions.Add(SubmitFile.Of(JobText.PathFor(key), job));
        return new(SubmitFile.Of(key, file.Path), [.. companions.DistinctBy(companion => companion.Key)]);
    }

    private SubmitModel? Refuse(NamedFile file, string sentence)
    {
        Refused.Add((file.Path, sentence));
        return null;
    }

    /// <summary>EnergyPlus looks for the statistics by the name of the weather.</summary>
    private static IEnumerable<string> WithStatistics(string weather) =>
        ((string[])[weather, Path.ChangeExtension(weather, ".stat")]).Where(path => path == weather || File.Exists(path));

    /// <summary>Where a file goes that stands somewhere beside a model; null: that would be outside the inputs.</summary>
    private string? KeyBeside(string model, string key, string path)
    {
        var from = Path.GetRelativePath(Path.GetDirectoryName(model)!, path).Replace(Path.DirectorySeparatorChar, '/');
        var folder = ObjectKey.FromText(key).Folder.Split('/', StringSplitOptions.RemoveEmptyEntries).ToList();
        foreach (var part in from.Split('/'))
        {
            if (part != "..") folder.Add(part);
            else if (folder.Count > 0) folder.RemoveAt(folder.Count - 1);
            else return null;
        }
        var beside = string.Join('/', folder);
        return beside.StartsWith(place.AllInputs.Length == 0 ? "" : place.AllInputs + "/", StringComparison.Ordinal) ? beside : null;
    }
}

using IdfKit.Runs.Staging;

namespace IdfKit.Drops.Inputs;

/// <summary>
/// Where an author may name weather. The function reads with its role, which may reach more than the author: so under the input prefix,
/// the default weather itself, and what its owner lists; never what other models' runs have left.
/// </summary>
/// <param name="settings">The function's.</param>
/// <param name="bucket">The model's.</param>
internal sealed class WeatherPlaces(RunSettings settings, string bucket)
{
    private readonly string _inputs = S3Url.Of(bucket, settings.InputPrefix);
    private readonly string _outputs = S3Url.Of(settings.OutputBucket ?? bucket, settings.OutputPrefix);
    private readonly S3Url? _default = DefaultOf(settings.DefaultWeather, bucket);

    /// <summary>Whether a file may be read because an author names it.</summary>
    public bool Hold(S3Url file)
    {
        if (IsUnder(file, _inputs) || file == _default) return true;
        return !IsResult(file) && settings.WeatherPlaces.Any(place => IsUnder(file, place));
    }

    /// <summary>Whether the file lies where results go; under the input prefix none do.</summary>
    public bool IsResult(S3Url file) => !IsUnder(file, _inputs) && IsUnder(file, _outputs);

    private static S3Url? DefaultOf(string? name, string bucket)
    {
        if (name is null) return null;
        if (S3Url.TryParse(name, out var url)) return url;
        return CompanionPath.Of(name).From("", "") is { } key ? new(bucket, ObjectKey.FromText(key)) : null;
    }

    private static bool IsUnder(S3Url file, string place) => file.ToString().StartsWith(place, StringComparison.Ordinal);
}

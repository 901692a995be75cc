using System.Text.RegularExpressions;

using IdfKit.Engine.Results;

namespace IdfKit.Runs.Records;

/// <summary>EnergyPlus's warning that the weather is of another place than the model, lifted into a sentence (25.2).</summary>
internal static partial class OtherPlace
{
    /// <param name="warning">The warning, its lines apart; null when there was none.</param>
    public static string? Sentence(string? warning)
    {
        if (warning is null) return null;
        var (model, weather) = (OfModel().MatchOrNone(warning), OfWeather().MatchOrNone(warning));
        if (!model.Success || !weather.Success) return null;
        return RunSentences.OtherPlace(weather.Groups["place"].Value, model.Groups["place"].Value.Trim());
    }

    [GeneratedRegex(
        @"^\.\.Location object=(?<place>[^\n]+)",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        matchTimeoutMilliseconds: 200)]
    private static partial Regex OfModel();

    // "Denver Centennial  Golden   Nr CO USA TMY3 WMO#=724666": the name ends where the kind of the file begins.
    [GeneratedRegex(
        @"^\.\.Weather File Location=(?<place>[^\n]+?)( +\S+)? +WMO#=",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        matchTimeoutMilliseconds: 200)]
    private static partial Regex OfWeather();
}

using IdfKit.Engine;
using IdfKit.Runs.Staging;

namespace IdfKit.Runs.Preflight;

/// <summary>What can keep a staged model from being run, each rule with its sentence; null when a rule has no objection. Nothing is started.</summary>
internal static class Checks
{
    public static Rejection? OfVersion(Model model, EnergyPlusInstallation installation, RunRequest request) =>
        VersionRule.Check(model, installation, request.VersionPolicy) is { } refusal ? Rejection.Of(refusal) : null;

    public static Rejection? OfRisks(Model model, RunRequest request)
    {
        if (request.AllowUnsafeObjects || model.Risks.Count == 0) return null;
        return new(RunReason.UnsafeObject, RunSentences.UnsafeObject(model.Risks[0].Message, model.Risks.Count - 1));
    }

    public static Rejection? OfWeather(string path, FetchedWeather weather) => WeatherFile.FaultOf(path, weather.Name) is { } fault
        ? new(RunReason.BadWeather, fault) { Missing = weather.Weather is { Bucket.Length: > 0, Key: var key } ? [key] : [] }
        : null;
}

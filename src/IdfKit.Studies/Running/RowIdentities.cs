using System.Globalization;
using System.Security.Cryptography;
using System.Text;

using IdfKit.Engine;
using IdfKit.Simulation;
using IdfKit.Storage;

namespace IdfKit.Studies.Running;

/// <summary>
/// All that the run of a variant depends on: the base's content and the values (<see cref="StudyVariant.Content"/>), and then the
/// weather's content, the options and the EnergyPlus. What has run with the same one need not run again.
/// </summary>
/// <param name="files">Where the weather lies.</param>
/// <param name="engines">What the variants may go to, the default first; each goes to the one of its version.</param>
internal sealed class RowIdentities(IAsyncFileSystem files, IReadOnlyList<EnergyPlusInstallation> engines)
{
    // To be raised when the same variant gives other results, so that all run again.
    private const string Form = "idfkit.variant/1";
    private const int Digits = 32;

    private readonly Dictionary<string, string> _weather = new(StringComparer.Ordinal);

    /// <summary>The identity of a variant, run with these options. A weather file is read once.</summary>
    public async Task<string> OfAsync(StudyVariant variant, SimulationOptions options, CancellationToken cancellationToken)
    {
        var weather = variant.Weather is { } path ? await WeatherAsync(path, cancellationToken).ConfigureAwait(false) : null;
        var text = new StringBuilder();
        Add(text, options.Annual, options.DesignDay, options.ExpandObjects, options.ReadVars, options.RunMacros);
        Add(text, options.Timeout.TotalSeconds, options.OutputPrefix, options.OutputSuffix, options.VersionPolicy);
        Add(text, [.. options.Variables.Concat(options.Meters), .. options.ExtraArguments]);
        return Of(variant, engines, weather, text.ToString());
    }

    /// <summary>The identity of a variant, run with this weather and these options.</summary>
    /// <param name="variant">The variant.</param>
    /// <param name="engines">What it may go to, the default first.</param>
    /// <param name="weather">SHA-256 of the weather file; null: none.</param>
    /// <param name="options">All else that its run depends on, as text.</param>
    public static string Of(StudyVariant variant, IReadOnlyList<EnergyPlusInstallation> engines, string? weather, string options)
    {
        var text = new StringBuilder();
        var engine = engines.FirstOrDefault(one => variant.Version?.IsSameRelease(one.Version) ?? true) ?? engines[0];
        Add(text, Form, engine.Version.ToString(), engine.Build ?? "", weather ?? "no weather", options);
        return variant.Content + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..Digits];
    }

    private static void Add(StringBuilder text, params ReadOnlySpan<object> parts)
    {
        foreach (var part in parts) text.Append(CultureInfo.InvariantCulture, $"{part}\0");
    }

    private async Task<string> WeatherAsync(string path, CancellationToken cancellationToken)
    {
        if (_weather.TryGetValue(path, out var known)) return known;
        var stream = Path.IsPathFullyQualified(path) // it came in a bundle
            ? File.OpenRead(path)
            : await files.OpenReadAsync(path, cancellationToken).ConfigureAwait(false);
        await using var reading = stream.ConfigureAwait(false);
        return _weather[path] = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false));
    }
}

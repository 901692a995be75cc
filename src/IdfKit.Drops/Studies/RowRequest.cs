using System.Globalization;
using System.Text;

using IdfKit.Engine;
using IdfKit.Runs;
using IdfKit.Studies;
using IdfKit.Studies.Reading;
using IdfKit.Studies.Running;

namespace IdfKit.Drops.Studies;

/// <summary>How a row is run: as its base's job file and the settings ask for, with what the row says before it.</summary>
internal static class RowRequest
{
    public static RunRequest Of(RunRequest ofBase, StudyRow row)
    {
        var options = row.Options;
        return ofBase with
        {
            Annual = options.Annual ?? (ofBase.Annual && options.DesignDay is not true),
            DesignDay = options.DesignDay ?? (ofBase.DesignDay && options.Annual is not true),
            Timeout = options.Timeout ?? ofBase.Timeout,
            Label = options.Label ?? ofBase.Label ?? row.Name,
            Tags = Merged(ofBase.Tags, options.Tags),
        };
    }

    /// <summary>All that the run of a variant depends on, as one SHA-256: see <see cref="RowIdentities"/>.</summary>
    public static string Identity(
        StudyVariant variant, RunRequest request, string? weather, IReadOnlyList<EnergyPlusInstallation> engines)
    {
        var text = new StringBuilder();
        void Add(object? part) => text.Append(CultureInfo.InvariantCulture, $"{part}\0");
        foreach (var flag in (bool[])[request.Annual, request.DesignDay, request.ExpandObjects, request.ReadVars, request.RunMacros])
            Add(flag);
        foreach (var flag in (bool[])[request.TimeSeries, request.ReportMeters, request.AllowUnsafeObjects, request.Compresses]) Add(flag);
        Add(request.Timeout?.TotalSeconds);
        Add(request.VersionPolicy);
        Add(request.Profile);
        foreach (var output in request.Variables.Concat(request.Meters)) Add(output);
        foreach (var pattern in request.Outputs ?? []) Add(pattern);
        return RowIdentities.Of(variant, engines, weather, text.ToString());
    }

    /// <summary>The key that a row names as its weather, from the study's folder; null: it names none.</summary>
    public static string? WeatherKey(ObjectKey study, string? named) =>
        named is null ? null : StudyFolder.Resolve(study.Folder, named) ?? named;

    private static Dictionary<string, string> Merged(
        IReadOnlyDictionary<string, string> ofBase, IReadOnlyDictionary<string, string> ofRow)
    {
        var merged = new Dictionary<string, string>(ofBase, StringComparer.Ordinal);
        foreach (var (name, value) in ofRow) merged[name] = value;
        return merged;
    }
}

using System.Globalization;
using System.Runtime.InteropServices;

using IdfKit.Engine.Children.Linux;

namespace IdfKit.Engine.Children;

/// <summary>
/// The program <c>idfkit-engine</c>, through which others are started: within limits from their first instruction, confined, and
/// killed with this process.
/// </summary>
/// <param name="path">Where it is.</param>
/// <param name="limits">What each child may use.</param>
/// <param name="layers">What confines each child.</param>
internal sealed class HostProgram(string path, ChildLimits limits, ConfinementLayers layers)
{
    private readonly KeyValuePair<string, string>[] _variables = RuntimeVariables(path);

    /// <summary>What this machine has of the layers that can confine a child.</summary>
    public static ConfinementLayers Offered =>
        (KernelLayers.Here.HasFilter ? ConfinementLayers.Filter : 0)
        | (KernelLayers.Here.Landlock > 0 ? ConfinementLayers.Landlock : 0);

    /// <summary>The layers in words: <c>filter, landlock 7</c>, one of the two, or <c>none</c>.</summary>
    public static string NameOf(ConfinementLayers layers) => layers switch
    {
        ConfinementLayers.Filter => "filter",
        ConfinementLayers.Landlock => $"landlock {KernelLayers.Here.Landlock}",
        ConfinementLayers.None => "none",
        _ => $"filter, landlock {KernelLayers.Here.Landlock}",
    };

    /// <summary>The one that the options name; null when they name none, or this is not Linux.</summary>
    /// <exception cref="EnergyPlusException">NotFound: there is no such file. NotConfined: this machine lacks a layer
    /// that is required.</exception>
    public static HostProgram? Of(EngineOptions options) => Of(options, options.Limits());

    /// <inheritdoc cref="Of(EngineOptions)"/>
    public static HostProgram? Of(EngineOptions options, ChildLimits limits)
    {
        var path = options.EngineHostPath is { } given && OperatingSystem.IsLinux() ? Path.GetFullPath(given) : null;
        if (path is not null && !File.Exists(path))
            throw new EnergyPlusException(EnergyPlusErrorKind.NotFound,
                $"The engine host {path} does not exist; build idfkit-engine there or leave EngineHostPath out.");
        var layers = options.Confine && path is not null ? Offered : ConfinementLayers.None;
        if (options.Confine && (options.RequiredLayers & ~layers) is not ConfinementLayers.None and var missing)
            throw new EnergyPlusException(EnergyPlusErrorKind.NotConfined, EngineSentences.NotConfined(missing, path is not null));
        return path is null ? null : new(path, limits, layers);
    }

    /// <summary>What confines each child.</summary>
    public ConfinementLayers Layers => layers;

    /// <summary>
    /// The start of this program in the place of another, which it becomes.
    /// </summary>
    /// <param name="start">Of the other.</param>
    /// <param name="readable">Folders and files that it may read.</param>
    /// <param name="writable">Folders that it may write.</param>
    public ChildStart Exec(ChildStart start, IEnumerable<string> readable, IEnumerable<string> writable) =>
        Start("exec", start, PlacesOf(readable, writable).SelectMany(place => new[] { place[0] == 'r' ? "--read" : "--write", place[1..] }),
            [start.Program, .. start.Arguments]);

    /// <summary>The start of this program as a host for the EnergyPlus in a folder.</summary>
    public ChildStart Host(string folder, ChildStart start) => Start("host", start with { Program = path }, [], [folder]);

    /// <summary>
    /// What a run may reach as letters and paths, the format of IdfKit.Engine.Host/HostJob.cs; none when that is not
    /// confined.
    /// </summary>
    public IReadOnlyList<string> PlacesOf(IEnumerable<string> readable, IEnumerable<string> writable) =>
        layers.HasFlag(ConfinementLayers.Landlock)
            ? [.. readable.Select(place => "r" + place), .. writable.Select(place => "w" + place)]
            : [];

    private ChildStart Start(string verb, ChildStart start, IEnumerable<string> places, IEnumerable<string> command) =>
        start with
        {
            Program = path,
            Arguments = [
                verb, .. limits.Arguments(), .. Confining, .. places, "--parent",
                Environment.ProcessId.ToString(CultureInfo.InvariantCulture), "--", .. command
            ],
            Environment = [.. start.Environment, .. _variables],
            Limits = null,
        };

    /// <summary>The names are those of IdfKit.Engine.Host/Layers.cs.</summary>
    private string[] Confining => layers is ConfinementLayers.None ? [] : ["--confine", layers.ToString()];

    /// <summary>
    /// For the .NET runtime of idfkit-engine, which hands none of them on. Without the first it leaves pipes for debuggers among
    /// the results. Published ahead of time it needs no more; as built for development it looks for the runtime in the usual
    /// folder or in <c>DOTNET_ROOT</c>.
    /// </summary>
    private static KeyValuePair<string, string>[] RuntimeVariables(string host)
    {
        KeyValuePair<string, string> noPipes = new("DOTNET_EnableDiagnostics", "0");
        if (!File.Exists(host + ".runtimeconfig.json")) return [noPipes];
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        return Directory.Exists(Path.Combine(root, "host", "fxr")) ? [noPipes, new("DOTNET_ROOT", root)] : [noPipes];
    }
}

using System.Globalization;
using System.Runtime.InteropServices;

using IdfKit.Engine.Children.Linux;

namespace IdfKit.Engine.Children;

/// <summary>
/// The program <c>idfkit-engine</c>, through which others are started: within limits from their first instruction, confined, and
/// killed with this process.
/// </summary>
/// <param name="path">Where it is.</param>
/// <param name="layers">What confines each child.</param>
/// <param name="required">Without which of them none is started.</param>
internal sealed class HostProgram(string path, ConfinementLayers layers, ConfinementLayers required)
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

    /// <summary>What confines each child.</summary>
    public ConfinementLayers Layers => layers;

    /// <summary>Most memory of each child; null: no bound.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>The start of this program in the place of another, which it becomes.</summary>
    /// <param name="start">Of the other.</param>
    /// <param name="readable">Folders and files that it may read.</param>
    /// <param name="writable">Folders that it may write.</param>
    public ChildStart Exec(ChildStart start, IEnumerable<string> readable, IEnumerable<string> writable) =>
        Start("exec", start, PlacesOf(readable, writable).SelectMany(place => new[] { place[0] == 'r' ? "--read" : "--write", place[1..] }),
            [start.Program, .. start.Arguments]);

    /// <summary>The start of this program as a host for the EnergyPlus in a folder.</summary>
    public ChildStart Host(string folder, ChildStart start) => Start("host", start with { Program = path }, [], [folder]);

    /// <summary>The start of this program to try what a confined run must not do.</summary>
    public ChildStart Attack(string name, ChildStart start) => Start("attack", start with { Program = path }, [], [name]);

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
                verb, .. start.Limits?.Arguments() ?? [], .. Confining, .. places, "--parent",
                Environment.ProcessId.ToString(CultureInfo.InvariantCulture), "--", .. command
            ],
            Environment = [.. start.Environment, .. _variables],
            Limits = null,
        };

    /// <summary>The names are those of IdfKit.Engine.Host/Layers.cs.</summary>
    private string[] Confining =>
        layers is ConfinementLayers.None ? [] : ["--confine", layers.ToString(), "--require", required.ToString()];

    /// <summary>
    /// For the .NET runtime of idfkit-engine, which hands none of them on. Without the first it leaves pipes for debuggers among
    /// the results. Published ahead of time it needs no more; as built for development it must not share what it compiles with the
    /// processes that are forked from it, nor have a thread that compiles, and it looks for the runtime in the usual folder or in
    /// <c>DOTNET_ROOT</c>.
    /// </summary>
    private static KeyValuePair<string, string>[] RuntimeVariables(string host)
    {
        List<KeyValuePair<string, string>> variables =
        [
            new("DOTNET_EnableDiagnostics", "0"), new("DOTNET_EnableWriteXorExecute", "0"), new("DOTNET_TieredCompilation", "0")
        ];
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        if (File.Exists(host + ".runtimeconfig.json") && Directory.Exists(Path.Combine(root, "host", "fxr")))
            variables.Add(new("DOTNET_ROOT", root));
        return [.. variables];
    }
}

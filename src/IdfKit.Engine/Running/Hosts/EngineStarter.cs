using System.Globalization;
using System.Runtime.InteropServices;

using IdfKit.Engine.Children;
using IdfKit.Engine.Children.Linux;
using IdfKit.Engine.Installations;

namespace IdfKit.Engine.Running.Hosts;

/// <summary>Starts EnergyPlus, or a host for it, the way that this machine and the options allow.</summary>
internal sealed class EngineStarter
{
    private readonly EnergyPlusInstallation _installation;
    private readonly EngineOptions _options;
    private readonly ChildLimits _limits;
    private readonly string? _hostPath;
    private readonly KeyValuePair<string, string>[] _hostVariables;

    public EngineStarter(EnergyPlusInstallation installation, EngineOptions options)
    {
        (_installation, _options, _limits) = (installation, options, options.Limits());
        if (options.EngineHostPath is null || !OperatingSystem.IsLinux()) _hostVariables = [];
        else
        {
            _hostPath = Path.GetFullPath(options.EngineHostPath);
            if (!File.Exists(_hostPath))
                throw new EnergyPlusException(EnergyPlusErrorKind.NotFound,
                    $"The engine host {_hostPath} does not exist; build idfkit-engine there or leave EngineHostPath out.");
            _hostVariables = RuntimeVariables(_hostPath);
        }
    }

    /// <summary>The plain program; no file that it writes may be larger than <paramref name="mostOfFile"/>.</summary>
    public async Task<IChild> StartProgramAsync(EngineCommand command, long mostOfFile, OutputReceiver output)
    {
        var start = new ChildStart
        {
            Program = _installation.ExecutablePath,
            Arguments = command.Arguments,
            WorkingDirectory = command.WorkingDirectory,
            Environment = ChildEnvironment.For(command.WorkingDirectory),
            KillGrace = _options.KillGrace,
            Limits = _limits with { FileSizeBytes = Math.Min(mostOfFile, ChildLimits.OwnMostFileBytes) },
            Tree = _options.Tree(),
        };
        if (!OperatingSystem.IsLinux()) return PortableChild.Start(start, output);
        return await LinuxChild.StartAsync(
            _hostPath is null ? start : Through(_hostPath, "exec", [start.Program, .. start.Arguments], start, Places(command)),
            output).ConfigureAwait(false);
    }

    /// <summary>A host that loads EnergyPlus now and waits for a job on its standard input.</summary>
    public async Task<IChild> StartHostAsync(OutputReceiver output)
    {
        var start = new ChildStart
        {
            Program = _hostPath!,
            Arguments = [],
            WorkingDirectory = "/",
            Environment = ChildEnvironment.Waiting,
            KillGrace = _options.KillGrace,
            Limits = _limits,
            Tree = _options.Tree(),
            HasInput = true,
        };
        return await LinuxChild.StartAsync(Through(_hostPath!, "host", [_installation.Directory], start, []), output).ConfigureAwait(false);
    }

    /// <inheritdoc cref="EnergyPlusRunner.Confinement"/>
    public string Confinement =>
        _options.Confine && _hostPath is not null && Libc.LandlockVersion() is var version and > 0 ? $"landlock {version}" : "none";

    /// <summary>Why there can be no host; null when there can.</summary>
    public string? WhyNoHost() => this switch
    {
        _ when !OperatingSystem.IsLinux() => "engine hosts run on Linux only",
        { _hostPath: null } => "idfkit-engine was not given (EngineHostPath)",
        { _installation.IsReplay: true } => "recorded runs are played back, EnergyPlus is not run",
        { _installation.ApiLibraryPath: null } => $"{InstallationFiles.ApiLibrary} is not in {_installation.Directory}",
        _ => null,
    };

    /// <summary>
    /// What a run may reach as letters and paths, the format of IdfKit.Engine.Host/HostJob.cs; none when it is not
    /// confined.
    /// </summary>
    public IReadOnlyList<string> PlacesOf(EngineCommand command) =>
        _options.Confine ? [.. command.Readable.Select(path => "r" + path), .. command.Writable.Select(path => "w" + path)] : [];

    private IReadOnlyList<string> Places(EngineCommand command) =>
        [.. PlacesOf(command).Concat(_options.Confine ? ["r" + _installation.Directory] : [])
            .SelectMany(place => new[] { place[0] == 'r' ? "--read" : "--write", place[1..] })];

    private ChildStart Through(string host, string verb, IReadOnlyList<string> command, ChildStart start, IReadOnlyList<string> places) =>
        start with
        {
            Program = host,
            Arguments = [
                verb, .. start.Limits!.Arguments(), .. places, "--parent",
                Environment.ProcessId.ToString(CultureInfo.InvariantCulture), "--", .. command
            ],
            Environment = [.. start.Environment, .. _hostVariables],
            Limits = null,
        };

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

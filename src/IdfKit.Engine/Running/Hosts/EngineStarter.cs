using IdfKit.Engine.Children;
using IdfKit.Engine.Children.Linux;
using IdfKit.Engine.Installations;

namespace IdfKit.Engine.Running.Hosts;

/// <summary>Starts EnergyPlus, or a host for it, the way that this machine and the options allow.</summary>
internal sealed class EngineStarter(EnergyPlusInstallation installation, EngineOptions options)
{
    private readonly HostProgram? _host = options.Host(installation.IsReplay);
    private readonly ChildLimits _limits = options.Limits();

    /// <summary>
    /// The plain program; no file that it writes may be larger than <paramref name="mostOfFile"/>, and memory and processes are shared.
    /// </summary>
    public async Task<IChild> StartProgramAsync(EngineCommand command, long mostOfFile, int shares, OutputReceiver output)
    {
        var (own, tree) = (options.MaxMemoryBytes / shares, options.Tree());
        var start = new ChildStart
        {
            Program = installation.ExecutablePath,
            Arguments = command.Arguments,
            WorkingDirectory = command.WorkingDirectory,
            Environment = ChildEnvironment.For(command.WorkingDirectory),
            KillGrace = options.KillGrace,
            Limits = _limits with { FileSizeBytes = Math.Min(mostOfFile, ChildLimits.OwnMostFileBytes), MemoryBytes = own },
            Tree = tree with { MemoryBytes = own, Processes = Math.Max(1, tree.Processes / shares) },
        };
        if (!OperatingSystem.IsLinux()) return PortableChild.Start(start, output);
        var whole = _host?.Exec(start, [.. command.Readable, installation.Directory], command.Writable) ?? start;
        return await LinuxChild.StartAsync(whole, output).ConfigureAwait(false);
    }

    /// <summary>A host that loads EnergyPlus now and waits for a job on its standard input.</summary>
    public async Task<IChild> StartHostAsync(OutputReceiver output)
    {
        var start = new ChildStart
        {
            Program = "",
            Arguments = [],
            WorkingDirectory = "/",
            Environment = ChildEnvironment.Waiting,
            KillGrace = options.KillGrace,
            Limits = _limits,
            Tree = options.Tree(),
            HasInput = true,
        };
        return await LinuxChild.StartAsync(_host!.Host(installation.Directory, start), output).ConfigureAwait(false);
    }

    /// <summary>What confines each run.</summary>
    public ConfinementLayers Layers => _host?.Layers ?? ConfinementLayers.None;

    /// <summary>Why there can be no host; null when there can.</summary>
    public string? WhyNoHost() => this switch
    {
        _ when !OperatingSystem.IsLinux() => "engine hosts run on Linux only",
        { _host: null } => "idfkit-engine was not given (EngineHostPath)",
        _ when installation.IsReplay => "recorded runs are played back, EnergyPlus is not run",
        _ when installation.ApiLibraryPath is null => $"{InstallationFiles.ApiLibrary} is not in {installation.Directory}",
        _ => null,
    };

    /// <summary>What a run of a host may reach, as it is told.</summary>
    public IReadOnlyList<string> PlacesOf(EngineCommand command) => _host?.PlacesOf(command.Readable, command.Writable) ?? [];
}

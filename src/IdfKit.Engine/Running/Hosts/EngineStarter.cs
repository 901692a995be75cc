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
        var start = new ChildStart
        {
            Program = installation.ExecutablePath,
            Arguments = command.Arguments,
            WorkingDirectory = command.WorkingDirectory,
            Environment = ChildEnvironment.For(command.WorkingDirectory),
            KillGrace = options.KillGrace,
            Limits = _limits with
            {
                FileSizeBytes = Math.Min(mostOfFile, ChildLimits.OwnMostFileBytes), MemoryBytes = options.MaxMemoryBytes / shares
            },
            Tree = TreeOf(shares),
        };
        if (!OperatingSystem.IsLinux()) return PortableChild.Start(start, output);
        var whole = _host?.Exec(start, [.. command.Readable, installation.Directory], command.Writable) ?? start;
        return await LinuxChild.StartAsync(whole, output).ConfigureAwait(false);
    }

    /// <summary>A host that loads EnergyPlus now, and from which runs are forked.</summary>
    public Task<LinuxChild> StartHostAsync(OutputReceiver output) =>
        LinuxChild.StartAsync(_host!.Host(installation.Directory, Waiting with { ForksOthers = true }), output);

    /// <summary>A process forked from a host, which waits for its job on its standard input.</summary>
    public Task<LinuxChild> ForkAsync(LinuxChild host, int shares, OutputReceiver output) => LinuxChild.StartAsync(
        Waiting with { HasInput = true, Limits = null, Origin = host, Tree = TreeOf(shares) }, output); // the host sets them on it

    /// <summary>How much of the memory that a run may have goes to the others with which it shares; null: nothing.</summary>
    public long? MemoryOfOthers(int shares) => shares > 1 ? options.MaxMemoryBytes - (options.MaxMemoryBytes / shares) : null;

    private ChildStart Waiting => new()
    {
        Program = "",
        Arguments = [],
        WorkingDirectory = "/",
        Environment = ChildEnvironment.Waiting,
        KillGrace = options.KillGrace,
        Limits = _limits,
        Tree = options.Tree(),
    };

    private TreeBounds TreeOf(int shares) =>
        new(Math.Max(1, options.MaxProcesses / shares), options.MaxMemoryBytes / shares);

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

using IdfKit.Engine.Children;
using IdfKit.Engine.Children.Linux;

namespace IdfKit.Engine;

/// <summary>What of the outside a confined run reaches on this machine, tried in forms that do no harm.</summary>
/// <param name="Confinement">What confines it: <see cref="EnergyPlusRunner.Confinement"/>.</param>
/// <param name="Attacks">Each thing that was tried.</param>
public sealed record ConfinementCheck(string Confinement, IReadOnlyList<AttackCheck> Attacks)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <summary>The names are those of IdfKit.Engine.Host/AttackCommand.cs.</summary>
    private static readonly (string Name, string Deed)[] Tried =
    [
        ("tcp", "make a TCP socket"), ("mptcp", "make a multipath TCP socket"), ("udp", "make a UDP socket"),
        ("netlink", "make a netlink socket"), ("vsock", "make a vsock socket"),
        ("signal", "signal the process that started it"), ("signal-by-file", "have a file signal that process"),
        ("memory", "make the call that reads another's memory"), ("environment", "read that process's environment"),
        ("descriptor", "open a descriptor for that process"), ("trace", "make the call that traces another"),
        ("process", "start a process"), ("session", "leave its session"), ("namespace", "enter a namespace"),
        ("io_uring", "make an io_uring"), ("userfaultfd", "make a userfaultfd"), ("keys", "reach the kernel's keys"),
        ("shared-memory", "make System V shared memory"), ("link", "make a link"), ("device", "make a device or a FIFO"),
        ("reads", "read a file outside"), ("lists", "list a folder outside"), ("writes", "write a file outside"),
    ];

    /// <summary>Starts a confined <c>idfkit-engine</c> for each (20 ms).</summary>
    /// <exception cref="EnergyPlusException">NotFound: there is no file at <paramref name="engineHostPath"/>. Broken or
    /// CannotStart.</exception>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    public static async Task<ConfinementCheck> RunAsync(string engineHostPath, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(engineHostPath);
        var host = new EngineOptions { EngineHostPath = engineHostPath, Confine = true }.Host();
        List<AttackCheck> attacks = [];
        if (host is null) return new(HostProgram.NameOf(ConfinementLayers.None), attacks);
        foreach (var (name, deed) in Tried)
            attacks.Add(new(deed, await TryAsync(host, name, cancellationToken).ConfigureAwait(false)));
        return new(HostProgram.NameOf(host.Layers), attacks);
    }

    private static async Task<string?> TryAsync(HostProgram host, string name, CancellationToken cancellationToken)
    {
        const string Refused = "idfkit-engine: refused", Reached = "idfkit-engine: reached"; // IdfKit.Engine.Host/AttackCommand.cs
        const int BadSystemCall = 31; // SIGSYS
        var start = new ChildStart
        {
            Program = "",
            Arguments = [],
            WorkingDirectory = "/",
            Environment = ChildEnvironment.Waiting,
            KillGrace = TimeSpan.Zero,
        };
        var output = new OutputTail();
        var child = await LinuxChild.StartAsync(host.Attack(name, start), output.Append).ConfigureAwait(false);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Longest);
        ChildExit exit;
        var stopping = deadline.Token.Register(child.Stop);
        await using (stopping.ConfigureAwait(false)) exit = await child.Completion.ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();

        var said = output.ToString().Trim();
        if (exit.Signal is BadSystemCall || said.StartsWith(Refused, StringComparison.Ordinal)) return null;
        return said == Reached ? "it can" : $"it is not known: {OneLine.Of(said)}";
    }
}

/// <summary>One thing that a confined run must not do.</summary>
/// <param name="Deed">What it is: "make a TCP socket".</param>
/// <param name="Fault">How far it came; null: it was refused.</param>
public sealed record AttackCheck(string Deed, string? Fault);

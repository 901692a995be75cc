using IdfKit.Engine.Children.Linux;

namespace IdfKit.Engine.Children;

/// <summary>A short program of EnergyPlus's family, run to its end under the rules of every child.</summary>
internal static class Tool
{
    private const long LargestFileBytes = 256L << 20; // a program that writes without end must not fill the disk

    /// <summary>Its exit and the end of what it printed; null when it was stopped at its time limit.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="workingDirectory">Where it runs.</param>
    /// <param name="timeout">Its time limit.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="environment">All its variables; null: those of every child.</param>
    /// <param name="host">Starts it; null: it is started directly.</param>
    /// <param name="readable">What it may read.</param>
    /// <param name="writable">What it may write; null: the folder where it runs.</param>
    /// <exception cref="EnergyPlusException">Broken or CannotStart.</exception>
    /// <exception cref="OperationCanceledException">Canceled; its processes are gone by then.</exception>
    public static async Task<(ChildExit Exit, string Text)?> RunAsync(
        string program, IReadOnlyList<string> arguments, string workingDirectory, TimeSpan timeout, CancellationToken cancellationToken,
        IReadOnlyList<KeyValuePair<string, string>>? environment = null,
        HostProgram? host = null, IReadOnlyList<string>? readable = null, IReadOnlyList<string>? writable = null)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var start = new ChildStart
        {
            Program = program,
            Arguments = arguments,
            WorkingDirectory = workingDirectory,
            Environment = environment ?? ChildEnvironment.For(workingDirectory),
            KillGrace = TimeSpan.Zero,
            Limits = new(LargestFileBytes, CpuSeconds: null, host?.MemoryBytes),
            Tree = TreeBounds.Usual with { MemoryBytes = host?.MemoryBytes },
        };
        if (host is not null) start = host.Exec(start, readable ?? [], writable ?? [workingDirectory]);
        var text = new OutputTail();
        IChild child = OperatingSystem.IsLinux()
            ? await LinuxChild.StartAsync(start, text.Append).ConfigureAwait(false)
            : PortableChild.Start(start, text.Append);
        using var deadline = new CancellationTokenSource(timeout);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        ChildExit exit;
        var written = new WrittenWatch(writable ?? [workingDirectory], most: null, child.Stop);
        await using var watching = written.ConfigureAwait(false);
        var stopping = stop.Token.Register(child.Stop);
        await using (stopping.ConfigureAwait(false)) exit = await child.Completion.ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return deadline.IsCancellationRequested && exit.ExitCode != 0 ? null : (exit, text.ToString());
    }
}
